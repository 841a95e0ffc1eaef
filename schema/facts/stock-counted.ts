// stock.counted: a stocktake was finished. Each line moves stock by its difference; what was not counted is not in it.
import Type from 'typebox';
import { Amount, Body, Count, Id, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const stockCounted = fact({
  kind: 'stock.counted',
  version: 1,
  body: Body({
    countId: Id,
    name: Type.String(),
    /** Whether those who counted were not shown what the books said until they had counted. */
    blind: Type.Boolean(),
    startedAt: Count,
    lines: Type.Array(
      Type.Object({
        lineId: Id,
        productId: Id,
        counted: Count,
        /** What had been counted when the differences were first looked at; null where it was counted only afterwards. */
        firstCounted: orNull(Count),
        /** What the books said when it was counted: what was sold since is not missing. */
        expected: Amount,
        difference: Amount,
      }),
    ),
    approvedBy: orNull(Id),
  }),
  subjects: (body) => [body.countId],
});

export type StockCounted = BodyOf<typeof stockCounted>;
