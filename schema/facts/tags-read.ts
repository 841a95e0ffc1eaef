// tags.read: a reader told which tagged goods are at a place. It says what changed there since the read before, and what that moved.
import Type from 'typebox';
import { Amount, Body, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const tagsRead = fact({
  kind: 'tags.read',
  version: 1,
  body: Body({
    readId: Id,
    /** A shelf, a fridge: where the reader looks. */
    place: Type.String(),
    /** compare: the tills sell what is there. move: who takes goods from there has bought them, so stock follows the tags. */
    effect: oneOf('compare', 'move'),
    /** Tags that are at this place now and were not; the product is null where no barcode of it is known. */
    came: Type.Array(Type.Object({ tag: Type.String(), productId: orNull(Id) })),
    /** Tags that were at this place and are not. */
    gone: Type.Array(Type.String()),
    moves: Type.Array(Type.Object({ productId: Id, quantity: Amount })),
    /** The centre's directive that asked for it, if one did. */
    directiveId: orNull(Id),
    intent: Hash,
  }),
  subjects: (body) => [`place:${body.place}`],
});

export type TagsRead = BodyOf<typeof tagsRead>;
