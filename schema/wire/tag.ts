// Tagged goods at a store: what a reader sees at a shelf or in a fridge, and what that says about stock.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Amount, Count, Id, Input, oneOf, orNull } from './parts.ts';

const Place = Type.String({ minLength: 1, maxLength: 60 });

export const ReadTags = Input({
  id: Id,
  place: Place,
  /** compare: tills sell what is there, so only differences are told. move: taking goods from there buys them, so stock follows. */
  effect: oneOf('compare', 'move'),
  /** Every tag in view, as the reader gives it; seen several times counts once. */
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 5_000 }),
});

export type ReadTags = Static<typeof ReadTags>;

export const TagReading = Type.Object({
  id: Id,
  place: Type.String(),
  effect: oneOf('compare', 'move'),
  differences: Type.Array(
    Type.Object({
      productId: Id,
      name: orNull(Type.String()),
      /** Tags that came to this place and left it since the read before. */
      came: Count,
      gone: Count,
      /** What this read moved in the books. */
      moved: Amount,
      /** Its tags at this place now, and at all places that readers look at. */
      here: Count,
      everywhere: Count,
      /** What the books say now, and how far all places are from it. */
      onHand: Amount,
      difference: Amount,
    }),
  ),
  /** Items of no product that this store knows, by GTIN. */
  unknown: Type.Array(Type.Object({ gtin: Type.String(), tags: Count })),
  /** What is no tag of goods, and why. */
  unreadable: Type.Array(Type.Object({ tag: Type.String(), why: Type.String() })),
});

export type TagReading = Static<typeof TagReading>;

export const tagContract = contract({
  read: {
    method: 'POST',
    path: '/api/v1/stock/tag-reads',
    access: 'staff',
    summary: 'What a reader sees at a place: answered with what came, what is gone, and how far that is from the books.',
    body: ReadTags,
    output: TagReading,
    status: 201,
    refusals: { 'id-reused': 422, 'not-ready': 409 },
  },
});
