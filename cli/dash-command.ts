// What every dashboard command shares: drawn in a terminal, one line a row in a pipe or for a screen reader, documents for programs.
import type { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from './base-command.ts';
import type { Board, BoardRow } from './dashboards/board/board.ts';
import type { Answer } from './dashboards/board/feed.ts';
import { outputOf } from './settings.ts';
import { systemClock } from './ui/clock.ts';

export const dashFlags = {
  plain: Flags.boolean({ summary: 'One line a row, no drawing.' }),
  watch: Flags.boolean({ summary: 'With --plain or --json: stay, and print what changes.' }),
  ascii: Flags.boolean({ summary: 'Draw with ASCII alone.' }),
};

export abstract class DashCommand<T extends typeof Command> extends LapakCommand<T> {
  protected async runDash<Item, Row extends BoardRow>(board: Board<Item, Row>, ask: () => Promise<Answer<Item>>): Promise<void> {
    const [{ charsetOf, hasUnicode }, { printBoard, watchBoard }] = await Promise.all([
      import('./dashboards/board/charset.ts'),
      import('./dashboards/board/plain.ts'),
    ]);
    const { plain, watch, ascii } = this.sources.flags;
    const charset = charsetOf(!ascii && hasUnicode(this.env));
    const json = outputOf(this.sources) === 'json';
    if (plain || watch || json || !this.canDraw()) {
      const options = { board, ask, clock: systemClock, charset, json, print: (text: string) => this.print(text) };
      if (watch) return watchBoard(options);
      if ((await printBoard(options)).down) this.endWithProblems();
      return;
    }
    this.prepareDrawing();
    const { runBoard } = await import('./dashboards/board/start.tsx');
    await runBoard({ board, ask, clock: systemClock, charset, scope: 'all' });
  }

  private canDraw(): boolean {
    const { TERM, INK_SCREEN_READER } = this.env;
    return Boolean(process.stdout.isTTY && process.stdin.isTTY) && TERM !== 'dumb' && INK_SCREEN_READER !== 'true';
  }

  /** Read by the drawing library while it is loaded: it knows no NO_COLOR, and under CI it draws nothing. */
  private prepareDrawing(): void {
    if (this.sources.flags['no-color'] || this.env.NO_COLOR) process.env.FORCE_COLOR = '0';
    delete process.env.CI;
    delete process.env.CONTINUOUS_INTEGRATION;
  }
}
