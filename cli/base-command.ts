// What every command shares: flags read once, settings resolved, one way to answer, one way to fail. Commands say only what is theirs.
import { join, resolve } from 'node:path';
import type { Interfaces } from '@oclif/core';
import { Command } from '@oclif/core/command';
import type { Clock } from '#schema/values/clock';
import type { Centre, LocalNode } from './connect.ts';
import { exitCodes } from './exit-codes.ts';
import { notFound } from './failure.ts';
import { globalFlags } from './flags.ts';
import { dataFolder, type Env, isNodeFolder, nodeFolder } from './folders.ts';
import { readConfig } from './profile.ts';
import { checkProfile, numberOf, outputOf, portOf, resolveSetting, type Sources, serverOf } from './settings.ts';
import { listAnswer, recordAnswer } from './ui/answer.ts';
import { systemClock } from './ui/clock.ts';
import { type Palette, palette, wantsColor } from './ui/color.ts';
import { confirm } from './ui/confirm.ts';
import { errorDocument, errorText, explain } from './ui/errors.ts';
import { takeList } from './ui/list.ts';
import { type Progress, startProgress } from './ui/progress.ts';
import type { Column } from './ui/table.ts';

type FlagsOf<T extends typeof Command> = Interfaces.InferredFlags<typeof globalFlags & T['flags']>;
type ArgsOf<T extends typeof Command> = Interfaces.InferredArgs<T['args']>;

export abstract class LapakCommand<T extends typeof Command> extends Command {
  static override baseFlags = globalFlags;

  /** What it does, after “Could not”: `list the stores`. */
  protected abstract readonly attempt: string;

  protected flags!: FlagsOf<T>;
  protected args!: ArgsOf<T>;
  protected words: string[] = [];
  protected sources!: Sources;
  protected readonly clock: Clock = systemClock;

  protected get env(): Env {
    return process.env;
  }

  override async init(): Promise<void> {
    await super.init();
    const { args, argv, flags } = await this.parse({
      args: this.ctor.args,
      flags: { ...globalFlags, ...this.ctor.flags },
      strict: this.ctor.strict,
    });
    this.flags = flags as FlagsOf<T>;
    this.args = args as ArgsOf<T>;
    this.words = argv as string[];
    this.sources = { flags: flags as Record<string, unknown>, env: this.env, config: await readConfig(this.env) };
  }

  /** The central server, as the profile, the environment or the flags name it. */
  protected async centre(): Promise<Centre> {
    checkProfile(this.sources);
    // The contracts are the largest thing that a command loads: only those that call a server pay for them.
    const { connectCentre } = await import('./connect.ts');
    const baseUrl = serverOf(this.sources);
    return connectCentre({ ...this.calling(), baseUrl, token: resolveSetting('token', this.sources).value });
  }

  /** The store node on this machine. */
  protected async localNode(): Promise<LocalNode> {
    const { connectNode } = await import('./connect.ts');
    return connectNode(this.nodeFolder(), this.calling());
  }

  /** Where a program that is started here keeps its data: never the place of another one that a profile happens to name. */
  protected programFolder(program: 'centre' | 'node'): string {
    const named = this.sources.flags['data-folder'] as string | undefined;
    const around = this.env.LAPAK_DATA_DIR;
    return resolve(named ?? (around ? join(around, program) : dataFolder(this.env, program)));
  }

  /** Where a centre that is started here listens and keeps its data; the rest of its settings is its own to read. */
  protected centrePlace(): { dataFolder: string; host: string | undefined; port: number } {
    const dataFolder = this.programFolder('centre');
    return { dataFolder, host: resolveSetting('host', this.sources).value, port: portOf('port', this.sources) };
  }

  /** Where the store node of this machine keeps its data. */
  protected nodeFolder(): string {
    const { value, origin } = resolveSetting('dataFolder', this.sources);
    return nodeFolder(origin === 'default' ? undefined : value, this.env);
  }

  /** The same, where a node must have been before. */
  protected existingNodeFolder(): string {
    const folder = this.nodeFolder();
    if (isNodeFolder(folder)) return folder;
    throw notFound(
      `There is no store node in ${folder}.`,
      'Start one with `lapak up`, or name its folder with --data-folder.',
      'no-node',
    );
  }

  /** How long to stay for something that happens elsewhere. */
  protected waiting(): { clock: Clock; timeoutMs: number } {
    return { clock: this.clock, timeoutMs: numberOf('timeout', this.sources, 1) * 1_000 };
  }

  private calling() {
    const { verbose, 'dry-run': dryRun } = this.sources.flags;
    return {
      ...this.waiting(),
      dryRun: Boolean(dryRun),
      tell: verbose ? (text: string) => this.note(text) : undefined,
    };
  }

  /** No page longer than what was asked for, unless a filter has to look further. */
  protected pageSize(): string {
    const limit = numberOf('limit', this.sources);
    return String(limit === 0 || this.sources.flags.filter !== undefined ? 500 : Math.min(limit + 1, 500));
  }

  /** Answers with a list, by the list flags. */
  protected async showList<Row>(rows: AsyncIterable<Row> | Iterable<Row>, columns: readonly Column<Row>[], empty: string) {
    const wish = this.sources.flags as { columns?: string; sort?: string; filter?: string };
    const limit = numberOf('limit', this.sources);
    const listed = await takeList(rows, columns, { ...wish, limit });
    const chosen = wish.columns !== undefined;
    this.print(listAnswer({ form: outputOf(this.sources), listed, chosen, empty, dim: this.paint(process.stdout).dim }));
    if (listed.more) this.note(`There is more than ${limit}: --limit 0 shows all.`);
  }

  /** Answers with one thing: as it is for programs, as `text` for people. */
  protected show(result: object, text: () => string): void {
    this.print(recordAnswer({ form: outputOf(this.sources), result, text }));
  }

  protected print(text: string): void {
    process.stdout.write(text);
  }

  /** A hint beside the answer, on standard error. */
  protected note(text: string): void {
    if (!this.sources?.flags.quiet) process.stderr.write(`${text}\n`);
  }

  protected progress(label: string, unit: string, total?: number): Progress {
    const quiet = Boolean(this.sources.flags.quiet);
    return startProgress({ label, unit, total, clock: this.clock, stream: process.stderr, quiet });
  }

  /** Asks before something that cannot be undone. `question` names what will change, and how many. */
  protected async ask(question: string): Promise<void> {
    const { yes, 'no-input': noInput, 'dry-run': dryRun } = this.sources.flags;
    if (yes || dryRun) return;
    await confirm(question, { mayAsk: !noInput && Boolean(process.stdin.isTTY) });
  }

  protected paint(stream: { isTTY?: boolean }): Palette {
    const noColor = Boolean(this.flags?.['no-color']);
    return palette(wantsColor({ isTTY: Boolean(stream.isTTY), noColor, env: process.env }));
  }

  protected override async catch(error: Error): Promise<void> {
    const { DryRun, dryRunText } = await import('./dry-run.ts');
    if (error instanceof DryRun) return this.show(error.result, () => dryRunText(error.result));
    const command = `${this.config.bin} ${(this.id ?? '').replaceAll(':', ' ')}`;
    const server = this.sources && resolveSetting('server', this.sources).value;
    const explained = await explain(error, { attempt: this.attempt, command, server });
    if (this.argv.includes('--verbose'))
      process.stderr.write(`${(explained.cause as Error | undefined)?.stack ?? error.stack}\n`);
    if (this.wantsJson()) this.print(`${JSON.stringify(errorDocument(explained), null, 2)}\n`);
    else process.stderr.write(errorText(explained, this.paint(process.stderr).red));
    process.exitCode = explained.exit;
  }

  /** Some of it failed: the answer has said what. */
  protected endPartlyDone(): void {
    process.exitCode = exitCodes.partlyDone;
  }

  protected endWithProblems(): void {
    process.exitCode = exitCodes.problemsFound;
  }

  // Before the flags are parsed only the words themselves can tell.
  private wantsJson(): boolean {
    if (this.sources) return this.sources.flags.json === true || resolveSetting('output', this.sources).value === 'json';
    return this.argv.includes('--json') || this.env.LAPAK_OUTPUT === 'json' || this.argv.join(' ').includes('--output json');
  }
}
