// lapak logout: ends the session, so that its token stops working at once, and forgets the token.
import { ProblemError } from '#schema/client';
import { LapakCommand } from '../base-command.ts';
import { saveProfile } from '../profile.ts';
import { profileName, serverOf } from '../settings.ts';

export default class Logout extends LapakCommand<typeof Logout> {
  static override summary = 'Sign out, and forget the token.';
  static override examples = ['<%= config.bin %> logout', '<%= config.bin %> logout --profile work'];

  protected readonly attempt = 'sign out';

  async run(): Promise<void> {
    const profile = profileName(this.sources);
    const centre = await this.centre();
    await centre.identity.logout().catch((error: unknown) => {
      // A token that has stopped working already is what was asked for.
      if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error;
    });
    const { token: _forgotten, ...kept } = this.sources.config.profiles[profile] ?? {};
    if (_forgotten !== undefined) await saveProfile(this.env, profile, kept);
    this.show({ profile, server: serverOf(this.sources) }, () => `Signed out of ${serverOf(this.sources)}.\n`);
  }
}
