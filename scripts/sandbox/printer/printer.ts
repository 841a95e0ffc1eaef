// A receipt printer that plays the real one over TCP: it prints what it is sent, answers how it stands, and can run out of paper, jam,
// be opened, stop reading and vanish. One connection at a time, as most of them.
import { createServer, type Server, type Socket } from 'node:net';
import { type Command, openReader } from './commands.ts';
import { openPaper, type Piece } from './paper.ts';

export interface PrinterSandboxOptions {
  /** 0 takes any free one. */
  port?: number;
  host?: string;
  widthDots: number;
  /** One that never answers, as the cheapest do. */
  silent?: boolean;
  onPiece?: (piece: Piece, number: number) => void;
  onKick?: (pin: 2 | 5) => void;
  onFault?: (fault: string) => void;
}

export interface PrinterSandbox {
  port: number;
  pieces(): readonly Piece[];
  rest(): Piece;
  kicks(): number;
  /** What it was sent and could not be. */
  faults(): readonly string[];
  /** Bytes that it has taken in, questions of status not counted. */
  received(): number;
  setPaper(paper: 'ok' | 'low' | 'out'): void;
  setCover(cover: 'open' | 'closed'): void;
  setJam(jammed: boolean): void;
  /** Bytes stay in the network until it reads again. */
  setReading(reading: boolean): void;
  /** The power goes; whatever was not printed yet is forgotten. */
  vanish(): Promise<void>;
  /** The power goes by itself once it has taken in this many more bytes. */
  vanishAfter(bytes: number): void;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPrinterSandbox(options: PrinterSandboxOptions): Promise<PrinterSandbox> {
  const { host = '127.0.0.1', onPiece, onKick, onFault } = options;
  const paper = openPaper(options.widthDots);
  const faults: string[] = [];
  const stands = { paper: 'ok' as 'ok' | 'low' | 'out', cover: 'closed' as 'open' | 'closed', jammed: false, reading: true };
  let waiting: Command[] = [];
  let kicks = 0;
  let received = 0;
  let vanishAt = Number.POSITIVE_INFINITY;
  let socket: Socket | undefined;
  let server: Server | undefined;
  let port = options.port ?? 0;

  const isBlocked = () => stands.paper === 'out' || stands.cover === 'open' || stands.jammed || faults.length > 0;

  const answer = (byte: number) => {
    if (!options.silent) socket?.write(Uint8Array.of(byte));
  };

  function fault(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    faults.push(text);
    onFault?.(text);
  }

  function work(): void {
    while (!isBlocked()) {
      const command = waiting.shift();
      if (!command) return;
      if (command.kind === 'kick') {
        kicks += 1;
        onKick?.(command.pin);
      } else if (command.kind === 'confirm') answer(stands.paper === 'low' ? 0x03 : 0x00);
      else print(command);
    }
  }

  function print(command: Command): void {
    try {
      paper.print(command);
    } catch (error) {
      fault(error);
    }
    const pieces = paper.pieces();
    const piece = pieces.at(-1);
    if (command.kind === 'cut' && piece) onPiece?.(piece, pieces.length);
  }

  const flag = (isSet: boolean, bits: number) => (isSet ? bits : 0);

  const answers: Record<number, () => number> = {
    1: () => 0x12 | flag(isBlocked(), 0x08),
    2: () => 0x12 | flag(stands.cover === 'open', 0x04) | flag(stands.paper === 'out', 0x20) | flag(isBroken(), 0x40),
    3: () => 0x12 | flag(stands.jammed, 0x08) | flag(faults.length > 0, 0x20),
    4: () => 0x12 | flag(stands.paper !== 'ok', 0x0c) | flag(stands.paper === 'out', 0x60),
  };

  const isBroken = () => stands.jammed || faults.length > 0;

  function take(command: Command): void {
    if (command.kind === 'status') answer(answers[command.question]?.() ?? 0);
    else waiting.push(command);
  }

  function serve(connected: Socket): void {
    if (socket) return void connected.destroy();
    socket = connected;
    const read = openReader(take);
    connected.on('error', () => undefined);
    connected.on('close', () => {
      if (socket === connected) socket = undefined;
    });
    connected.on('data', (bytes) => {
      const taken = bytes.subarray(0, Math.max(0, vanishAt - received));
      received += isQuestion(bytes) ? 0 : taken.length;
      try {
        if (faults.length === 0) read(taken);
      } catch (error) {
        fault(error);
      }
      work();
      if (received >= vanishAt) void vanish();
    });
    if (!stands.reading) connected.pause();
  }

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer(serve).once('error', reject);
      server.listen(port, host, () => {
        const address = server?.address();
        port = typeof address === 'object' && address ? address.port : port;
        resolve();
      });
    });

  const close = () =>
    new Promise<void>((resolve) => {
      socket?.destroy();
      socket = undefined;
      if (server?.listening) server.close(() => resolve());
      else resolve();
    });

  async function vanish(): Promise<void> {
    waiting = [];
    vanishAt = Number.POSITIVE_INFINITY;
    await close();
  }

  const change = (apply: () => void) => {
    apply();
    work();
  };

  await listen();
  return {
    port,
    pieces: paper.pieces,
    rest: paper.rest,
    kicks: () => kicks,
    faults: () => faults,
    received: () => received,
    setPaper: (value) => change(() => Object.assign(stands, { paper: value })),
    setCover: (value) => change(() => Object.assign(stands, { cover: value })),
    setJam: (value) => change(() => Object.assign(stands, { jammed: value })),
    setReading(reading) {
      stands.reading = reading;
      if (reading) socket?.resume();
      else socket?.pause();
    },
    vanish,
    vanishAfter(bytes) {
      vanishAt = received + bytes;
    },
    comeBack: listen,
    stop: close,
  };
}

const isQuestion = (bytes: Uint8Array): boolean => bytes.length % 3 === 0 && bytes[0] === 0x10 && bytes[1] === 0x04;
