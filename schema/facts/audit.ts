// Verifies a store's journal as a third party would, from its texts and the positions that the centre signed. Pure: no network, no database.
import { type ChainPosition, chainHash, GENESIS, isSignedBy, type WitnessedPosition, witnessText } from './chain.ts';

/** A fact as both sides keep it: its place, its hash and its text. */
export interface StoredFact extends ChainPosition {
  text: string;
}

export type SignedPosition = WitnessedPosition & { signature: string };

export interface Problem {
  generation: number;
  seq: number;
  what: string;
}

export interface AuditReport {
  facts: number;
  generation: number;
  seq: number;
  witnessedSeq: number;
  /** Facts after the last signed position: nobody but their store has vouched for them. */
  unwitnessed: { from: number; to: number } | null;
  problems: Problem[];
}

export interface Audit {
  add(row: StoredFact): void;
  /** The witnesses come last: they may name any position. */
  end(witnesses: readonly SignedPosition[], publicKey: string): AuditReport;
}

const place = ({ generation, seq }: { generation: number; seq: number }): string => `${generation}.${seq}`;

export function startAudit(): Audit {
  const problems: Problem[] = [];
  // Hashes stand here and texts do not: a million facts fit in memory.
  const hashes = new Map<string, string>();
  let last: ChainPosition | undefined;
  return {
    add(row) {
      for (const what of wrongsOf(row, last, hashes)) problems.push({ generation: row.generation, seq: row.seq, what });
      hashes.set(place(row), row.hash);
      last = row;
    },
    end(witnesses, publicKey) {
      const { generation = 1, seq = 0 } = last ?? {};
      const wrong = witnesses.flatMap((witness) => wrongsOfWitness(witness, publicKey, hashes));
      const sound = witnesses.filter((witness) => wrongsOfWitness(witness, publicKey, hashes).length === 0);
      const witnessedSeq = Math.max(
        0,
        ...sound.filter((witness) => witness.generation === generation).map((witness) => witness.seq),
      );
      const unwitnessed = seq > witnessedSeq ? { from: witnessedSeq + 1, to: seq } : null;
      return { facts: hashes.size, generation, seq, witnessedSeq, unwitnessed, problems: [...problems, ...wrong] };
    },
  };
}

function* wrongsOf(row: StoredFact, last: ChainPosition | undefined, hashes: ReadonlyMap<string, string>): Generator<string> {
  const opens = last === undefined || row.generation !== last.generation;
  if (opens && last && row.generation < last.generation) yield `comes after generation ${last.generation}`;
  if (!opens && row.seq !== last.seq + 1) yield missingText(last.seq + 1, row.seq - 1);
  if (last === undefined && row.seq !== 1) yield missingText(1, row.seq - 1);
  // A new generation goes on from a position that the centre had acknowledged, so from any fact before it.
  const before = opens && last ? [...hashes.values()] : [last?.hash ?? GENESIS];
  if (!before.some((prev) => chainHash(prev, row.text) === row.hash))
    yield 'its text does not fit its hash or the fact before it';
  const said = positionIn(row.text);
  if (said === undefined) yield 'its text cannot be read';
  else if (place(said) !== place(row)) yield `its text says that it is ${place(said)}`;
}

const missingText = (from: number, to: number): string =>
  to < from ? 'it comes a second time' : `fact${from === to ? ` ${from} is` : `s ${from} to ${to} are`} missing before it`;

function positionIn(text: string): { generation: number; seq: number } | undefined {
  try {
    return JSON.parse(text) as { generation: number; seq: number };
  } catch {
    return undefined;
  }
}

function wrongsOfWitness(
  { signature, ...position }: SignedPosition,
  publicKey: string,
  hashes: ReadonlyMap<string, string>,
): Problem[] {
  const problem = (what: string): Problem[] => [{ generation: position.generation, seq: position.seq, what }];
  if (!isSignedBy(witnessText(position), signature, publicKey)) return problem('the position is not signed by the centre');
  // Before the first fact there is nothing to compare.
  if (position.seq === 0) return [];
  const hash = hashes.get(place(position));
  if (hash === undefined) return problem('the centre signed a fact here that is no longer in the journal');
  return hash === position.hash ? [] : problem('the centre signed another fact here');
}
