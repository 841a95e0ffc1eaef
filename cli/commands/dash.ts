// lapak dash: the fleet on one screen, refreshed in place; as plain lines for pipes and screen readers.
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../base-command.ts';
import { outputOf } from '../settings.ts';
import { systemClock } from '../ui/clock.ts';

export default class Dash extends LapakCommand<typeof Dash> {
  static override summary = 'Watch the stores on one screen.';
  static override description =
    'In a pipe, with --plain or for a screen reader it prints one line a store and ends: with 10 when one is down, with 6 when the server cannot be reached.';
  static override examples = [
    '<%= config.bin %> dash',
    '<%= config.bin %> dash --plain',
    '<%= config.bin %> dash --plain --watch',
  ];
  static override flags = {
    plain: Flags.boolean({ summary: 'One line a store, no drawing.' }),
    watch: Flags.boolean({ summary: 'With --plain or --json: stay, and print what changes.' }),
    ascii: Flags.boolean({ summary: 'Draw with ASCII alone.' }),
  };

  protected readonly attempt = 'show the fleet';

  async run(): Promise<void> {
    const centre = await this.centre();
    const ask = () => centre.fleet.show();
    const [{ charsetOf, hasUnicode }, { printFleet, watchFleet }] = await Promise.all([
      import('../dashboards/fleet/charset.ts'),
      import('../dashboards/fleet/plain.ts'),
    ]);
    const { plain, watch, ascii } = this.flags;
    const charset = charsetOf(!ascii && hasUnicode(this.env));
    const json = outputOf(this.sources) === 'json';
    if (plain || watch || json || !this.canDraw()) {
      const options = { ask, clock: systemClock, charset, json, print: (text: string) => this.print(text) };
      if (watch) return watchFleet(options);
      if ((await printFleet(options)).down) this.endWithProblems();
      return;
    }
    this.prepareDrawing();
    const { runFleet } = await import('../dashboards/fleet/start.tsx');
    await runFleet({ ask, clock: systemClock, charset, scope: 'all' });
  }

  private canDraw(): boolean {
    const { TERM, INK_SCREEN_READER } = this.env;
    return Boolean(process.stdout.isTTY && process.stdin.isTTY) && TERM !== 'dumb' && INK_SCREEN_READER !== 'true';
  }

  /** Read by the drawing library while it is loaded: it knows no NO_COLOR, and under CI it draws nothing. */
  private prepareDrawing(): void {
    if (this.flags['no-color'] || this.env.NO_COLOR) process.env.FORCE_COLOR = '0';
    delete process.env.CI;
    delete process.env.CONTINUOUS_INTEGRATION;
  }
}
