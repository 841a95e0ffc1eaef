// lapak printer simulate: plays a receipt printer on this machine, and keeps a picture of each piece of paper. Until Ctrl+C.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { stayUntilStopped } from '../../foreground.ts';

type Sandbox = Awaited<ReturnType<typeof import('#scripts/sandbox/printer/printer').startPrinterSandbox>>;

const dotsOfPaper = { '58': 384, '80': 576 } as const;

/** What can happen to it, typed while it runs. */
const happenings: Record<string, (printer: Sandbox) => void> = {
  out: (printer) => printer.setPaper('out'),
  low: (printer) => printer.setPaper('low'),
  paper: (printer) => printer.setPaper('ok'),
  open: (printer) => printer.setCover('open'),
  close: (printer) => printer.setCover('closed'),
  jam: (printer) => printer.setJam(true),
  unjam: (printer) => printer.setJam(false),
  stall: (printer) => printer.setReading(false),
  read: (printer) => printer.setReading(true),
  off: (printer) => void printer.vanish(),
  on: (printer) => void printer.comeBack(),
};

export default class PrinterSimulate extends LapakCommand<typeof PrinterSimulate> {
  static override summary = 'Play a receipt printer, and keep a picture of what it prints.';
  static override description = `While it runs, type what happens to it: ${Object.keys(happenings).join(', ')}.`;
  static override examples = [
    '<%= config.bin %> printer simulate --folder ./paper',
    '<%= config.bin %> printer add Counter --address 127.0.0.1:9100',
  ];
  static override flags = {
    'listen-port': Flags.integer({ summary: 'The port to listen on.', default: 9_100, min: 0, max: 65_535 }),
    paper: Flags.option({ options: ['58', '80'] as const, default: '80' as const, summary: 'How wide its paper is, in mm.' })(),
    folder: Flags.string({ summary: 'Where the pictures go.', default: 'paper', helpValue: '<folder>' }),
  };

  protected readonly attempt = 'play a printer';

  async run(): Promise<void> {
    const { startPrinterSandbox } = await import('#scripts/sandbox/printer/printer');
    const folder = resolve(this.flags.folder);
    await mkdir(folder, { recursive: true });
    const printer = await startPrinterSandbox({
      port: this.flags['listen-port'],
      widthDots: dotsOfPaper[this.flags.paper],
      onPiece: (piece, number) => {
        const file = join(folder, `receipt-${String(number).padStart(4, '0')}.png`);
        const told = () => this.note(file);
        writeFile(file, piece.png()).then(told, (error: Error) => this.note(error.message));
      },
      onKick: (pin) => this.note(`The drawer on pin ${pin} opened.`),
      onFault: (fault) => this.note(`It stopped: ${fault}. It was sent what it should not have been.`),
    });
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => this.happen(printer, line.trim()));
    await stayUntilStopped({
      begun: () =>
        this.show(
          { port: printer.port, folder },
          () => `A printer listens on 127.0.0.1:${printer.port}; its paper goes to ${folder}\n`,
        ),
      stop: async () => {
        lines.close();
        await printer.stop();
      },
      tell: (text) => this.note(text),
      clock: this.clock,
    });
  }

  private happen(printer: Sandbox, word: string): void {
    const happening = Object.hasOwn(happenings, word) ? happenings[word] : undefined;
    if (happening) happening(printer);
    else if (word !== '') this.note(`Type one of: ${Object.keys(happenings).join(', ')}.`);
  }
}
