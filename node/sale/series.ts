// The receipt series that tills have used: the next number of each is one more, for sales and returns alike.
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface Series {
  last(series: string): number;
  used(receipt: { series: string; number: number }): void;
}

export function openSeries(sqlite: Sqlite): Series {
  const read = rowOf<{ last: number }>(sqlite, 'SELECT last FROM receipt_series WHERE series = ?');
  const advance = writer(
    sqlite,
    'INSERT INTO receipt_series (series, last) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = max(last, excluded.last)',
  );
  return {
    last: (series) => read(series)?.last ?? 0,
    used: ({ series, number }) => void advance(series, number),
  };
}
