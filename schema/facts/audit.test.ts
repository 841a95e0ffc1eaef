// The audit finds what somebody changed afterwards: each kind of tampering, and the tail that nobody has witnessed.
import { describe, expect, it } from 'vitest';
import { startAudit } from './audit.ts';
import { chainHash, factText, GENESIS, keyPairFromSeed, signText, witnessText } from './chain.ts';

const centre = keyPairFromSeed(new Uint8Array(32).fill(7));
const storeId = '01930000-0000-7000-8001-000000000001';

interface Row {
  generation: number;
  seq: number;
  hash: string;
  text: string;
}

function journal(
  count: number,
  from: { generation: number; seq: number; prev: string } = { generation: 1, seq: 1, prev: GENESIS },
): Row[] {
  const rows: Row[] = [];
  let prev = from.prev;
  for (let index = 0; index < count; index++) {
    const { generation } = from;
    const seq = from.seq + index;
    const text = factText({
      generation,
      seq,
      id: `fact-${seq}`,
      kind: 'stock.moved',
      version: 1,
      occurredAt: seq,
      staff: null,
      body: {},
    });
    prev = chainHash(prev, text);
    rows.push({ generation, seq, text, hash: prev });
  }
  return rows;
}

function witness({ generation, seq, hash }: Row, keys = centre) {
  const position = { storeId, generation, seq, hash, signedAt: 1 };
  return { ...position, signature: signText(witnessText(position), keys) };
}

function audit(rows: Row[], witnesses = [witness(rows.at(-1) as Row)]) {
  const check = startAudit();
  for (const row of rows) check.add(row);
  return check.end(witnesses, centre.publicKey);
}

const whatOf = (report: ReturnType<typeof audit>) => report.problems.map(({ seq, what }) => `${seq} ${what}`);

describe('audit of a journal [SYN-08]', () => {
  it('is content with a whole one', () => {
    expect(audit(journal(5))).toEqual({ facts: 5, generation: 1, seq: 5, witnessedSeq: 5, unwitnessed: null, problems: [] });
  });

  it('is content with an empty one', () => {
    expect(audit([], [])).toMatchObject({ facts: 0, unwitnessed: null, problems: [] });
  });

  it('names the tail that nobody has witnessed', () => {
    const rows = journal(5);
    expect(audit(rows, [witness(rows[2] as Row)])).toMatchObject({
      witnessedSeq: 3,
      unwitnessed: { from: 4, to: 5 },
      problems: [],
    });
  });

  it('finds a changed text', () => {
    const rows = journal(3);
    rows[1] = { ...(rows[1] as Row), text: (rows[1] as Row).text.replace('fact-2', 'fact-9') };
    expect(whatOf(audit(rows))).toEqual(['2 its text does not fit its hash or the fact before it']);
  });

  it('finds a fact that was taken out', () => {
    const rows = journal(4).filter(({ seq }) => seq !== 2);
    expect(whatOf(audit(rows))[0]).toBe('3 fact 2 is missing before it');
  });

  it('finds a tail that was cut off after it was witnessed', () => {
    const rows = journal(4);
    expect(whatOf(audit(rows.slice(0, 2), [witness(rows[3] as Row)]))).toEqual([
      '4 the centre signed a fact here that is no longer in the journal',
    ]);
  });

  it('finds a history written anew from one fact on', () => {
    const [first, ...rest] = journal(3) as [Row, ...Row[]];
    const forged = journal(2, { generation: 1, seq: 2, prev: chainHash(GENESIS, 'something else') });
    const linked = journal(2, { generation: 1, seq: 2, prev: first.hash }).map((row) => ({ ...row }));
    expect(audit([first, ...linked]).problems).toEqual([]);
    expect(whatOf(audit([first, ...forged], [witness(rest[1] as Row)]))).toEqual([
      '2 its text does not fit its hash or the fact before it',
      '3 the centre signed another fact here',
    ]);
  });

  it('believes no signature of another key', () => {
    const rows = journal(2);
    const other = keyPairFromSeed(new Uint8Array(32).fill(9));
    expect(audit(rows, [witness(rows[1] as Row, other)])).toMatchObject({
      witnessedSeq: 0,
      unwitnessed: { from: 1, to: 2 },
      problems: [{ seq: 2, what: 'the position is not signed by the centre' }],
    });
  });

  it('follows a new generation that goes on from an earlier fact', () => {
    const rows = journal(4);
    const next = journal(2, { generation: 2, seq: 3, prev: (rows[1] as Row).hash });
    expect(audit([...rows, ...next], [witness(rows[1] as Row), witness(next[1] as Row)])).toMatchObject({
      generation: 2,
      seq: 4,
      unwitnessed: null,
      problems: [],
    });
  });
});
