// lapak login: signs in at a centre and keeps the token in a profile.
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../base-command.ts';
import { wrongUse } from '../failure.ts';
import { saveProfile } from '../profile.ts';
import { profileName, serverOf } from '../settings.ts';
import { readLine } from '../ui/line.ts';
import { readSecret } from '../ui/secret.ts';
import { timeCell } from '../ui/time.ts';

export default class Login extends LapakCommand<typeof Login> {
  static override summary = 'Sign in, and remember it in a profile.';
  static override examples = [
    '<%= config.bin %> login --server https://lapak.example --login admin',
    'cat password | <%= config.bin %> login --profile work --server https://lapak.example --login admin --password -',
  ];
  static override flags = {
    login: Flags.string({ summary: 'Who you are; asked for otherwise.' }),
    password: Flags.string({ summary: '- reads it from standard input; asked for otherwise.', helpValue: '-' }),
  };

  protected readonly attempt = 'sign in';

  async run(): Promise<void> {
    const mayAsk = !this.flags['no-input'] && Boolean(process.stdin.isTTY);
    if (!this.flags.login && !mayAsk) throw wrongUse('Nobody said who signs in.', 'Say it with --login.', 'no-input');
    const login = this.flags.login ?? (await readLine('Login'));
    const password = await readSecret({ flag: this.flags.password, question: 'Password', mayAsk });
    const name = profileName(this.sources);
    const server = serverOf(this.sources);
    const { connectCentre } = await import('../connect.ts');
    const centre = connectCentre({ ...this.waiting(), baseUrl: server, token: undefined });
    const { token, expiresAt, person } = await centre.identity.login({ body: { login, password } });
    await saveProfile(this.env, name, { ...this.sources.config.profiles[name], server, token });
    this.show(
      { profile: name, server, expiresAt, person },
      () => `Signed in at ${server} as ${person.name} (${person.role}), until ${timeCell(expiresAt)}. Profile: ${name}\n`,
    );
  }
}
