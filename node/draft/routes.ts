// Open and held sales over HTTP: parse, call, answer. They are no facts: what was only wished for moves neither money nor goods.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { draftContract } from '#schema/wire/draft';
import { atTill, type Caller } from '../base/caller.ts';
import type { Journal } from '../journal/commit.ts';
import type { SaleQueries } from '../sale/queries.ts';
import type { EventHub } from '../tills/events.ts';
import type { Drafts } from './drafts.ts';

interface DraftContext {
  saleDrafts: Drafts;
  sales: SaleQueries;
  events: EventHub;
}

export function draftRoutes(
  journal: Journal,
  { saleDrafts, sales, events }: DraftContext,
): Handlers<typeof draftContract, Caller> {
  const tell = () => events.publish('drafts', {});
  return {
    list: () => ok({ items: saleDrafts.list() }),
    async keep({ params: { id }, body: { name = null, ...body }, caller }) {
      const { till, person } = atTill(caller);
      const draft = { ...body, id, name, tillId: till.id, staffId: person?.id ?? null };
      const before = saleDrafts.find(id)?.state ?? 'open';
      const kept = await journal.write(({ now }) =>
        sales.intent(id) === undefined && !sales.voided(id)
          ? saleDrafts.keep(draft, now)
          : refuse('already-sold', 'That sale was paid or thrown away already.', { field: 'id', next: 'Begin a new sale.' }),
      );
      // What a till has open changes with every item; the others need not hear of it.
      if (kept.ok && (before !== 'open' || draft.state !== 'open')) tell();
      return kept;
    },
    async take({ params: { id }, body: { revision, pageId }, caller }) {
      const { till } = atTill(caller);
      const taken = await journal.write(({ now }) => saleDrafts.take(id, revision, { tillId: till.id, pageId }, now));
      if (taken.ok) tell();
      return taken;
    },
  };
}
