// Held sales as the page knows them, and the open one as the node does.
import type { Draft, DraftSummary } from '#schema/wire/draft';

/** The open sale as the node knows it. */
export interface OpenDraft {
  /** The id that the sale will have. */
  id: string;
  /** How often the node may have heard of it. */
  revision: number;
  /** The page that last told it; after a reload that is another than this one. */
  page: string;
  name: string | null;
}

/** One that the node has not answered for yet. */
export type UnsentDraft = Omit<Draft, 'tillId' | 'tillName'>;

export interface HeldSales {
  /** As the node knows them. */
  sales: readonly DraftSummary[];
  unsent: readonly UnsentDraft[];
  /** As it is typed for the open one. */
  name: string;
  /** One is being fetched. */
  busy: boolean;
}

/** Where the open sale came from or went, so that Undo leads back. */
export interface Moved {
  to: 'held' | 'open';
  id: string;
  /** What was open before, and was held for it. */
  instead: string | null;
}

export interface ListedSale extends Omit<DraftSummary, 'tillId' | 'tillName'> {
  /** Null where the node does not know it yet. */
  tillName: string | null;
}
