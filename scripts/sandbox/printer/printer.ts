// A receipt printer on the network, played: one connection at a time, as most of them; it can stop reading, and vanish in the middle.
import { createServer, type Server, type Socket } from 'node:net';
import { type Mechanism, type MechanismParts, openMechanism } from './mechanism.ts';

export interface PrinterSandboxOptions extends Omit<MechanismParts, 'answer'> {
  /** 0 takes any free one. */
  port?: number;
  host?: string;
  /** One that never answers. */
  silent?: boolean;
}

export interface PrinterSandbox extends Omit<Mechanism, 'take' | 'forget'> {
  port: number;
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
  const { host = '127.0.0.1', silent = false } = options;
  const answer = (byte: number) => void socket?.write(Uint8Array.of(byte));
  const mechanism = openMechanism({ ...options, ...(!silent && { answer }) });
  let reading = true;
  let left = Number.POSITIVE_INFINITY;
  let socket: Socket | undefined;
  let server: Server | undefined;
  let port = options.port ?? 0;

  function serve(connected: Socket): void {
    if (socket) {
      connected.destroy();
      return;
    }
    socket = connected;
    connected.on('error', () => undefined);
    connected.on('close', () => {
      if (socket === connected) socket = undefined;
    });
    connected.on('data', (bytes) => {
      mechanism.take(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) void vanish();
    });
    if (!reading) connected.pause();
  }

  const comeBack = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer(serve).once('error', reject);
      server.listen(port, host, () => {
        const address = server?.address();
        port = typeof address === 'object' && address ? address.port : port;
        resolve();
      });
    });

  const stop = () =>
    new Promise<void>((resolve) => {
      socket?.destroy();
      socket = undefined;
      if (server?.listening) server.close(() => resolve());
      else resolve();
    });

  function vanish(): Promise<void> {
    mechanism.forget();
    left = Number.POSITIVE_INFINITY;
    return stop();
  }

  await comeBack();
  return {
    ...mechanism,
    port,
    setReading(value) {
      reading = value;
      if (reading) socket?.resume();
      else socket?.pause();
    },
    vanish,
    vanishAfter(bytes) {
      left = bytes;
    },
    comeBack,
    stop,
  };
}
