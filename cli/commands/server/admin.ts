// lapak server admin LOGIN: the first administrator, written straight into the centre's database on its own machine.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { dataFolderFlag } from '../../flags.ts';
import { readSecret } from '../../ui/secret.ts';

export default class ServerAdmin extends LapakCommand<typeof ServerAdmin> {
  static override summary = 'Add the first administrator to the database of the centre.';
  static override description =
    'For a new installation: it asks for no sign-in, and refuses when somebody administers the centre already. On Postgres the server may be running; on its own database it must not.';
  static override examples = [
    'DATABASE_URL=postgres://… <%= config.bin %> server admin siti',
    'pass show lapak/siti | <%= config.bin %> server admin siti --name Siti --password -',
  ];
  static override args = { login: Args.string({ required: true, description: 'What they type to sign in.' }) };
  static override flags = {
    name: Flags.string({ summary: 'Their name.', default: 'Administrator' }),
    password: Flags.string({ summary: '- reads it from standard input; asked for otherwise.', helpValue: '-' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'add the first administrator';

  async run(): Promise<void> {
    const { name, password: flag, 'no-input': noInput } = this.flags;
    const { readCentreSettings } = await import('#sync-server/settings');
    const place = { ...this.centrePlace(), ...readCentreSettings(this.env) };
    const password = await readSecret({ flag, question: `Password for ${this.args.login}`, mayAsk: !noInput });
    const { addFirstAdmin } = await import('#sync-server/main');
    const added = await addFirstAdmin(place, { login: this.args.login, name, password });
    if (!added.ok) {
      const { code, detail: why, next } = added;
      throw new Failure({ exit: code === 'bad-input' ? exitCodes.wrongUse : exitCodes.refused, code, why, next });
    }
    const person = added.value;
    this.show(
      person,
      () => `Added ${person.name} (${person.login}) as ${person.role}. Next: lapak login --login ${person.login}\n`,
    );
  }
}
