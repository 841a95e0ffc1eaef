// Deliveries that somebody began to write down: kept as the till left them, gone on with at any till, done with when received.
import { isoTime } from '#schema/values/time';
import type { DeliveryDraft, SavedDraft } from '#schema/wire/goods';
import { rowsOf, type Sqlite, writer } from '../base/sqlite.ts';

interface DraftRow {
  id: string;
  content: string;
  savedAt: number;
  tillId: string;
  staffId: string | null;
}

export interface DeliveryDrafts {
  save(draft: { id: string; content: DeliveryDraft; savedAt: number; tillId: string; staffId: string | null }): SavedDraft;
  list(): SavedDraft[];
  /** Answers whether there was one. */
  discard(id: string): boolean;
}

const viewOf = ({ id, content, savedAt, tillId, staffId }: DraftRow): SavedDraft => ({
  id,
  savedAt: isoTime(savedAt),
  tillId,
  staffId,
  content: JSON.parse(content) as DeliveryDraft,
});

export function openDeliveryDrafts(sqlite: Sqlite): DeliveryDrafts {
  const upsert = writer(
    sqlite,
    `INSERT INTO stock_drafts (id, content, saved_at, till_id, staff) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at, till_id = excluded.till_id,
       staff = excluded.staff`,
  );
  const remove = writer(sqlite, 'DELETE FROM stock_drafts WHERE id = ?');
  const readAll = rowsOf<DraftRow>(
    sqlite,
    'SELECT id, content, saved_at AS savedAt, till_id AS tillId, staff AS staffId FROM stock_drafts ORDER BY saved_at DESC, id',
  );
  return {
    save({ content, ...draft }) {
      const row = { ...draft, content: JSON.stringify(content) };
      upsert(row.id, row.content, row.savedAt, row.tillId, row.staffId);
      return viewOf(row);
    },
    list: () => readAll().map(viewOf),
    discard: (id) => remove(id) > 0,
  };
}
