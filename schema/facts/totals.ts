// What a day came to and which facts it covers, as the fact of its close and the routes of its report say it.
import Type from 'typebox';
import { tenderMethods } from '../rules/tender.ts';
import { Amount, Count, oneOf } from './body.ts';

const Counted = Type.Object({ count: Count, amount: Amount });

/** As schema/rules/report.ts adds them up. */
export const Totals = Type.Object({
  sales: Counted,
  returns: Counted,
  net: Amount,
  discounts: Counted,
  voids: Counted,
  tips: Amount,
  rounding: Amount,
  tenders: Type.Array(
    Type.Object({
      method: oneOf(...tenderMethods),
      state: oneOf('paid', 'unverified'),
      count: Count,
      taken: Amount,
      givenBack: Amount,
    }),
  ),
  taxes: Type.Array(Type.Object({ rate: Count, net: Amount, tax: Amount })),
  payIns: Counted,
  payOuts: Counted,
  noSales: Count,
  shifts: Type.Object({ count: Count, over: Amount, short: Amount }),
});

/** Facts of one generation, the first and the last included. */
export const Span = Type.Object({ generation: Count, from: Count, to: Count });
