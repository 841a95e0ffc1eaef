// Open, held and binned sales of the tills, as the node keeps them. A draft belongs to one till until another takes it, and a revision
// that is not newer than the kept one changes nothing: so of two pages that hold the same sale one hears of it.
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { RefusalOf } from '#schema/wire/contract';
import type { Draft, DraftSummary, draftContract } from '#schema/wire/draft';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';

/** Held and binned sales that a store keeps: beyond them somebody has forgotten what holding is for. */
const MOST_DRAFTS = 500;
/** Binned ones can be restored for this long, which is longer than any shift; an open one that was emptied is remembered as long. */
const FORGOTTEN_MS = 24 * 3_600_000;

export type KeptDraft = Omit<Draft, 'changedAt' | 'tillName'>;

/** One till may have several pages open. */
interface Page {
  tillId: string;
  pageId: string;
}

type KeepRefusal = RefusalOf<typeof draftContract.keep>;
type TakeRefusal = RefusalOf<typeof draftContract.take>;

export interface Drafts {
  /** Of the whole store: a till that died is continued at another. */
  list(): DraftSummary[];
  /** As it was last told. */
  find(id: string): Pick<Draft, 'state'> | undefined;
  keep(draft: KeptDraft, now: number): Result<Draft, Exclude<KeepRefusal, 'already-sold'>>;
  take(id: string, revision: number, page: Page, now: number): Result<Draft, TakeRefusal>;
  /** Its sale was closed or voided. */
  done(id: string): void;
}

type DraftRow = Omit<Draft, 'changedAt'> & { changedAt: number };

const summaryColumns = `id, revision, state, name, till_id AS tillId, coalesce((SELECT t.name FROM tills t WHERE t.id = till_id), '') AS tillName,
  page_id AS pageId, staff_id AS staffId, items, total, changed_at AS changedAt`;

const columns = `${summaryColumns}, content`;

const viewOf = <Row extends { changedAt: number }>(row: Row) => ({ ...row, changedAt: isoTime(row.changedAt) });

export function openDrafts(sqlite: Sqlite): Drafts {
  const read = rowOf<DraftRow>(sqlite, `SELECT ${columns} FROM drafts WHERE id = ?`);
  const readAll = rowsOf<Omit<DraftRow, 'content'>>(
    sqlite,
    `SELECT ${summaryColumns} FROM drafts WHERE state <> 'open' OR items > 0 ORDER BY changed_at DESC, id LIMIT ${MOST_DRAFTS}`,
  );
  const countKept = rowOf<{ kept: number }>(sqlite, `SELECT count(*) AS kept FROM drafts WHERE state <> 'open'`);
  const write = writer(
    sqlite,
    `INSERT INTO drafts (id, revision, state, name, till_id, page_id, staff_id, items, total, changed_at, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state, name = excluded.name,
       till_id = excluded.till_id, page_id = excluded.page_id, staff_id = excluded.staff_id, items = excluded.items, total = excluded.total,
       changed_at = excluded.changed_at, content = excluded.content`,
  );
  const remove = writer(sqlite, 'DELETE FROM drafts WHERE id = ?');
  const forget = writer(sqlite, `DELETE FROM drafts WHERE (state = 'binned' OR items = 0) AND changed_at < ?`);

  function save(draft: KeptDraft, now: number): Draft {
    const { id, revision, state, name, tillId, pageId, staffId, items, total, content } = draft;
    write(id, revision, state, name, tillId, pageId, staffId, items, total, now, content);
    return viewOf(present(read(id), 'the draft that was just written'));
  }

  return {
    list: () => readAll().map(viewOf),
    find: (id) => read(id),
    keep(draft, now) {
      forget(now - FORGOTTEN_MS);
      const known = read(draft.id);
      if (known && isRepeated(known, draft)) return ok(viewOf(known));
      if (known && (draft.revision <= known.revision || known.tillId !== draft.tillId)) return stale(known);
      const isNew = (known?.state ?? 'open') === 'open' && draft.state !== 'open';
      if (isNew && (countKept()?.kept ?? 0) >= MOST_DRAFTS)
        return refuse('too-many-drafts', `This store holds ${MOST_DRAFTS} sales already.`, { next: 'Resume or void old ones.' });
      return ok(save(draft, now));
    },
    take(id, revision, { tillId, pageId }, now) {
      const known = read(id);
      if (!known)
        return refuse('unknown-draft', 'That sale is not held any more.', { field: 'id', next: 'Look at the list again.' });
      // Asked again after a lost answer: it is here already.
      if (known.pageId === pageId && known.state === 'open' && known.revision === revision + 1) return ok(viewOf(known));
      if (known.revision !== revision) return stale(known);
      return ok(save({ ...known, state: 'open', tillId, pageId, revision: revision + 1 }, now));
    },
    done: (id) => void remove(id),
  };
}

const isRepeated = (known: DraftRow, draft: KeptDraft): boolean =>
  known.revision === draft.revision &&
  known.pageId === draft.pageId &&
  known.state === draft.state &&
  known.content === draft.content;

const stale = (known: DraftRow) =>
  refuse('stale-draft', 'This sale was changed or taken elsewhere.', {
    field: 'revision',
    next: 'Go on from the newer one.',
    facts: { draft: viewOf(known) },
  });
