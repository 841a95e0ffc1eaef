// lapak whoami: who this machine is signed in as, and where.
import { LapakCommand } from '../base-command.ts';
import { profileName, serverOf } from '../settings.ts';

export default class Whoami extends LapakCommand<typeof Whoami> {
  static override summary = 'Show who you are signed in as.';
  static override examples = ['<%= config.bin %> whoami'];

  protected readonly attempt = 'tell who you are';

  async run(): Promise<void> {
    const centre = await this.centre();
    const person = await centre.identity.me();
    const server = serverOf(this.sources);
    const profile = profileName(this.sources);
    this.show(
      { ...person, server, profile },
      () => `${person.name} (${person.login}), ${person.role}, at ${server}. Profile: ${profile}\n`,
    );
  }
}
