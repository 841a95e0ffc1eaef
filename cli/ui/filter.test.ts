// The filter language, term by term: what it finds, and where it says that it is wrong.
import { describe, expect, it } from 'vitest';
import { type Filterable, parseFilter } from './filter.ts';

const rows: Filterable[] = [
  { store: 'Warung Sari', state: 'OK', queue: 14, seen: 4_000, town: 'Bogor' },
  { store: 'Café Norr', state: 'LATE', queue: 0, seen: 180_000, town: 'Umeå' },
  { store: 'Air Isi Ulang', state: 'DOWN', queue: 61, seen: 660_000, town: null },
];
const fields = ['store', 'state', 'queue', 'seen', 'town'];

function found(text: string): string[] {
  const parsed = parseFilter(text, fields);
  if (!parsed.ok) throw new Error(parsed.message);
  return rows.filter(parsed.matches).map(({ store }) => String(store)[0] ?? '');
}

describe('a filter', () => {
  it.each([
    ['', 'WCA'],
    ['state=late,down', 'CA'],
    ['state=LATE', 'C'],
    ['!state=late', 'WA'],
    ['state!=late,down', 'W'],
    ['queue>10', 'WA'],
    ['queue>=14 queue<61', 'W'],
    ['seen>2m', 'CA'],
    ['seen<=3m', 'WC'],
    ['seen>1h', ''],
    ['store~isi', 'A'],
    ['"isi ulang"', 'A'],
    ['!"isi ulang"', 'WC'],
    ['cafe', 'C'],
    ['UMEA', 'C'],
    ['umeå', 'C'],
    ['town=bogor,umea', 'WC'],
    ['town!=bogor', 'CA'],
    ['town>a', 'WC'],
    ['store="café norr"', 'C'],
    ['queue=abc', ''],
    ['sari queue>20', ''],
  ])('%j finds %j', (text, letters) => {
    expect(found(text)).toEqual([...letters]);
  });

  it.each([
    ['speed>3', 0, 'there is no field speed'],
    ['state=', 6, 'a value is missing'],
    ['state=ok,', 9, 'a value is missing'],
    ['sari "isi', 5, 'this quote is not closed'],
    ['sari !', 6, 'after ! comes'],
  ])('%j is wrong at %i', (text, position, message) => {
    expect(parseFilter(text, fields)).toEqual({ ok: false, position, message: expect.stringContaining(message) });
  });
});
