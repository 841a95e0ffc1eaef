// What is inside the simulated printer: it takes bytes in, prints them in turn while nothing keeps it, and answers how it stands at any time.
import { type Command, openReader } from './commands.ts';
import { openPaper, type Piece } from './paper.ts';

export interface MechanismParts {
  widthDots: number;
  /** Sends an answer back; left out by one that never answers, as the cheapest do. */
  answer?: ((byte: number) => void) | undefined;
  onPiece?: ((piece: Piece, number: number) => void) | undefined;
  onKick?: ((pin: 2 | 5) => void) | undefined;
  onFault?: ((fault: string) => void) | undefined;
}

export interface Mechanism {
  take(bytes: Uint8Array): void;
  /** The power went: what was not printed is forgotten, and so is the half of a command. */
  forget(): void;
  pieces(): readonly Piece[];
  /** What came out and was not cut off yet. */
  rest(): Piece;
  kicks(): number;
  /** What it was sent and should not have been. */
  faults(): readonly string[];
  setPaper(paper: 'ok' | 'low' | 'out'): void;
  setCover(cover: 'open' | 'closed'): void;
  setJam(jammed: boolean): void;
}

export function openMechanism({ widthDots, answer, onPiece, onKick, onFault }: MechanismParts): Mechanism {
  const paper = openPaper(widthDots);
  const faults: string[] = [];
  const stands = { paper: 'ok' as 'ok' | 'low' | 'out', cover: 'closed' as 'open' | 'closed', jammed: false };
  let read = openReader(take);
  let waiting: Command[] = [];
  let kicks = 0;

  const isBroken = () => stands.jammed || faults.length > 0;
  const isBlocked = () => stands.paper === 'out' || stands.cover === 'open' || isBroken();
  const flag = (isSet: boolean, bits: number) => (isSet ? bits : 0);

  const answers: Record<number, () => number> = {
    1: () => 0x12 | flag(isBlocked(), 0x08),
    2: () => 0x12 | flag(stands.cover === 'open', 0x04) | flag(stands.paper === 'out', 0x20) | flag(isBroken(), 0x40),
    3: () => 0x12 | flag(stands.jammed, 0x08) | flag(faults.length > 0, 0x20),
    4: () => 0x12 | flag(stands.paper !== 'ok', 0x0c) | flag(stands.paper === 'out', 0x60),
  };

  function fault(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    faults.push(text);
    onFault?.(text);
  }

  function take(command: Command): void {
    if (command.kind === 'status') answer?.(answers[command.question]?.() ?? 0);
    else waiting.push(command);
  }

  function work(): void {
    while (!isBlocked()) {
      const command = waiting.shift();
      if (!command) return;
      if (command.kind === 'kick') {
        kicks += 1;
        onKick?.(command.pin);
      } else if (command.kind === 'confirm') answer?.(stands.paper === 'low' ? 0x03 : 0x00);
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

  const change = (more: Partial<typeof stands>) => {
    Object.assign(stands, more);
    work();
  };

  return {
    take(bytes) {
      if (faults.length > 0) return;
      try {
        read(bytes);
      } catch (error) {
        fault(error);
      }
      work();
    },
    forget() {
      waiting = [];
      read = openReader(take);
    },
    pieces: paper.pieces,
    rest: paper.rest,
    kicks: () => kicks,
    faults: () => faults,
    setPaper: (value) => change({ paper: value }),
    setCover: (value) => change({ cover: value }),
    setJam: (value) => change({ jammed: value }),
  };
}
