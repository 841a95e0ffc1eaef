// Proof of who somebody is, while it is typed: a name, then six digits. The same for signing in and for a manager's approval. Pure.
import type { Notice } from '../base/notice.ts';

export const PIN_DIGITS = 6;

export interface ProofEntry {
  /** Whose PIN it is. */
  chosen: string | null;
  pin: string;
  busy: boolean;
  problem: Notice | null;
}

export const noProof: ProofEntry = { chosen: null, pin: '', busy: false, problem: null };

export const chooseProof = (chosen: string): ProofEntry => ({ ...noProof, chosen });

/** A digit or Backspace; without a name nobody's PIN is typed. */
export function typeProof(entry: ProofEntry, key: string): ProofEntry {
  if (entry.busy || entry.chosen === null) return entry;
  if (key === 'Backspace') return { ...entry, pin: entry.pin.slice(0, -1) };
  return /^\d$/.test(key) && entry.pin.length < PIN_DIGITS ? { ...entry, pin: entry.pin + key, problem: null } : entry;
}

export const isTyped = ({ chosen, pin, busy }: ProofEntry): boolean => chosen !== null && pin.length === PIN_DIGITS && !busy;
