// lapak dispenser virtual: plays a dispenser on a serial line or at a broker, with the core that runs in a real one. Until Ctrl+C.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { type DispenserKey, readDispenserKey } from '../../dispenser-key.ts';
import { wrongUse } from '../../failure.ts';
import { stayUntilStopped } from '../../foreground.ts';

type Start = typeof import('#scripts/sandbox/dispenser/start').startDispenser;
type Played = Awaited<ReturnType<Start>>;
type Place = Parameters<Start>[0]['place'];

export default class DispenserVirtual extends LapakCommand<typeof DispenserVirtual> {
  static override summary = 'Play a dispenser on a serial line or at a broker.';
  static override description =
    `It runs the core of a real one, over a file that stands for its flash. While it runs, type what happens to it:
scan CODE, jam, unjam, no-drop, double-drop, drop, late MS, block, unblock, empty SLOT, fill SLOT, noise PERCENT, unplug, plug, off,
cut-after FLASH-STEPS, on; state says how it stands.

Its key comes from the file that \`lapak device provision\` wrote, or from LAPAK_DISPENSER_KEY (64 hexadecimal digits) with --number.`;
  static override examples = [
    '<%= config.bin %> dispenser virtual --key-file dispenser-1234.csv --serial /dev/ttyUSB0',
    '<%= config.bin %> dispenser virtual --key-file dispenser-1234.csv --mqtt mqtt://127.0.0.1:1883 --at-start jam',
    'socat pty,raw,echo=0,link=/tmp/node-end pty,raw,echo=0,link=/tmp/dispenser-end',
  ];
  static override flags = {
    'key-file': Flags.string({ summary: 'What `lapak device provision` wrote for it.', helpValue: '<file>' }),
    number: Flags.integer({ summary: 'Its number, where the key is in LAPAK_DISPENSER_KEY.', min: 1, max: 0xffff_ffff }),
    store: Flags.string({ summary: 'Its store’s code at the broker, where no key file says it.', helpValue: '<code>' }),
    serial: Flags.string({ summary: 'The serial line, or one end of a pty.', helpValue: '<path>', exclusive: ['mqtt'] }),
    baud: Flags.integer({ summary: 'How fast the line is.', default: 115_200, min: 1_200, max: 4_000_000 }),
    mqtt: Flags.string({ summary: 'The broker, where the key file names none or another.', helpValue: '<url>' }),
    ca: Flags.string({
      summary: 'The authority that signed the broker’s certificate, as PEM, where the key file has none.',
      helpValue: '<file>',
    }),
    flash: Flags.string({
      summary: 'The file that stands for its flash; dispenser-NUMBER.flash unless said.',
      helpValue: '<file>',
    }),
    'motor-ms': Flags.integer({ summary: 'How long a turn takes.', default: 900, min: 10, max: 30_000 }),
    'at-start': Flags.string({ summary: 'What happens to it at once, as typed; may be said several times.', multiple: true }),
  };

  protected readonly attempt = 'play a dispenser';

  async run(): Promise<void> {
    const { 'key-file': file, number, store } = this.flags;
    const key = await readDispenserKey({ file, env: this.env, number, store });
    const place = await this.place(key);
    const { startDispenser } = await import('#scripts/sandbox/dispenser/start');
    const { displayText } = await import('#scripts/sandbox/dispenser/happenings');
    const flashFile = resolve(this.flags.flash ?? `dispenser-${key.number}.flash`);
    const played = await startDispenser({
      ...key,
      place,
      flashFile,
      motorMs: this.flags['motor-ms'],
      onLink: (up) => this.note(up ? 'Its node is there.' : 'Its node is gone.'),
      onShow: (display) => this.note(displayText(display)),
    });
    for (const happening of this.flags['at-start'] ?? []) await this.happen(played, happening);
    const where = place.kind === 'serial' ? place.path : place.url;
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => this.happen(played, line.trim()).catch((error: Error) => this.note(error.message)));
    await stayUntilStopped({
      begun: () =>
        this.show(
          { number: key.number, at: where, flash: flashFile },
          () => `Dispenser ${key.number} is at ${where}; its flash is ${flashFile}\n`,
        ),
      stop: async () => {
        lines.close();
        await played.stop();
      },
      tell: (text) => this.note(text),
      clock: this.clock,
    });
  }

  private async place(key: DispenserKey): Promise<Place> {
    const { serial, baud, mqtt, ca } = this.flags;
    if (serial !== undefined) return { kind: 'serial', path: resolve(serial), baudRate: baud };
    const url = mqtt ?? key.mqttUri;
    const next = 'Give a line or a broker: --serial /dev/ttyUSB0, or --mqtt mqtt://127.0.0.1:1883';
    if (url === undefined) throw wrongUse('Nobody said where its node is.', next, 'no-place');
    if (!/^mqtts?:\/\//.test(url) || !URL.canParse(url))
      throw wrongUse(`“${url}” is no address of a broker.`, next, 'bad-address');
    if (new URL(url).password !== '' || new URL(url).username !== '')
      throw wrongUse(
        'The broker’s address holds a user.',
        'Leave it out: the name and the password follow from the key.',
        'bad-address',
      );
    const store = this.flags.store ?? key.store;
    if (store === undefined)
      throw wrongUse('A broker knows a dispenser by its store.', 'Give its code: --store warung-sari', 'no-store');
    const authority = ca === undefined ? key.ca : await this.authority(ca);
    return { kind: 'mqtt', url, store, ...(authority !== undefined && { ca: authority }) };
  }

  private authority(file: string): Promise<string> {
    return readFile(file, 'utf8').catch(() => {
      throw wrongUse(
        `There is no file ${file} to read.`,
        'Name the PEM of the authority; a node shows it on its page /trust.',
        'no-ca',
      );
    });
  }

  private async happen(played: Played, line: string): Promise<void> {
    const { displayText, happen, happeningWords } = await import('#scripts/sandbox/dispenser/happenings');
    if (line === 'state') {
      const { machine } = played;
      const state = {
        on: machine.isOn(),
        linked: played.isLinked(),
        display: displayText(machine.display()),
        turns: machine.motorTurns(),
      };
      this.print(`${JSON.stringify(state)}\n`);
    } else if (line !== '' && !happen(played, line)) this.note(`Type one of: state, ${happeningWords.join(', ')}.`);
  }
}
