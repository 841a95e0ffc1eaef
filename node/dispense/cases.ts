// Vouchers that wait for a person: they are in doubt and hold their unit, whatever became of its money; or their unit was paid and neither
// poured nor given back and has no good voucher, or was poured beyond what was paid. Those whose time ended first come first.
import { caseSteps, type VoucherCase } from '#schema/rules/voucher';
import type { VoucherCaseView } from '#schema/wire/voucher';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import { type ListedRow, listedColumns, type VoucherQueries } from './queries.ts';

type CaseRow = ListedRow & { what: VoucherCase };

export interface VoucherCases {
  of(voucherId: string): VoucherCase | undefined;
  /** After this one. */
  list(after: { expiresAt: number; id: string } | undefined, limit: number): CaseRow[];
  view(row: CaseRow): VoucherCaseView;
}

const sibling = (state: string) =>
  `EXISTS (SELECT 1 FROM vouchers o INDEXED BY vouchers_by_sale WHERE o.sale_id = v.sale_id AND o.line_id = v.line_id AND o.unit = v.unit AND o.id <> v.id AND o.state = '${state}')`;

// The first three lines are the words of the index vouchers_for_people. Indexes are named, for left alone the planner walks through everything
// that was ever poured.
const isCase = `(v.state = 'uncertain'
  OR (v.state IN ('expired', 'voided', 'failed') AND v.superseded = 0 AND v.refunded = 0)
  OR (v.state = 'dispensed' AND v.written_off = 0 AND (v.refunded = 1 OR v.superseded = 1)))
  AND CASE v.state WHEN 'uncertain' THEN 1 WHEN 'dispensed' THEN v.refunded = 1 OR ${sibling('dispensed')} ELSE NOT ${sibling('dispensed')} END`;

const what = `CASE WHEN v.state <> 'dispensed' THEN v.state WHEN v.refunded = 1 THEN 'poured-refunded' ELSE 'poured-twice' END AS what`;

export function openCases(sqlite: Sqlite, vouchers: Pick<VoucherQueries, 'listed'>): VoucherCases {
  const readOne = rowOf<{ what: VoucherCase }>(sqlite, `SELECT ${what} FROM vouchers v WHERE v.id = ? AND ${isCase}`);
  const readPage = rowsOf<CaseRow>(
    sqlite,
    `SELECT ${what}, ${listedColumns} FROM vouchers v INDEXED BY vouchers_for_people LEFT JOIN products p ON p.id = v.product_id
     WHERE ${isCase} AND (v.expires_at, v.id) > (?, ?) ORDER BY v.expires_at, v.id LIMIT ?`,
  );
  return {
    of: (voucherId) => readOne(voucherId)?.what,
    list: (after, limit) => readPage(after?.expiresAt ?? 0, after?.id ?? '', limit),
    view: ({ what: found, ...row }) => ({ ...vouchers.listed(row), what: found, may: [...caseSteps[found]] }),
  };
}
