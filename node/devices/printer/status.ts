// How a printer says it stands: one byte for each question, asked while it prints too (DLE EOT), or in its turn among the bytes that it
// prints (GS r), which tells that everything before it was taken in.
import type { PrinterCondition } from '#schema/wire/print';

export type Question = 'printer' | 'offline-cause' | 'paper';

const questionNumbers: Record<Question, number> = { printer: 1, 'offline-cause': 2, paper: 4 };

export const askBytes = (question: Question): Uint8Array => Uint8Array.of(0x10, 0x04, questionNumbers[question]);

export const confirmBytes = Uint8Array.of(0x1d, 0x72, 0x01);

/** Bits 1 and 4 are always set in an answer to DLE EOT, 0 and 7 never. */
export const isStatusAnswer = (byte: number): boolean => (byte & 0x93) === 0x12;

/** Bits 4 and 7 are never set in an answer to GS r 1. */
export const isConfirmation = (byte: number): boolean => (byte & 0x90) === 0;

export interface Answers {
  printer: number;
  offlineCause: number;
  paper: number;
}

export interface Standing {
  condition: PrinterCondition;
  paperLow: boolean;
}

export function standingOf({ printer, offlineCause, paper }: Answers): Standing {
  const isOffline = (printer & 0x08) !== 0;
  const isOut = (paper & 0x60) !== 0 || (offlineCause & 0x20) !== 0;
  const paperLow = (paper & 0x0c) !== 0;
  if ((offlineCause & 0x04) !== 0) return { condition: 'cover-open', paperLow };
  if (isOut) return { condition: 'paper-out', paperLow: true };
  if ((offlineCause & 0x40) !== 0) return { condition: 'error', paperLow };
  return { condition: isOffline ? 'offline' : 'ready', paperLow };
}
