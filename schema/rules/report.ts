// What a shift or a day came to: the same sums from the same deeds, whoever adds them up. Deeds may be single or added up already, so that
// a node, the centre and a test can each bring what they have.
import { canonical, type Json } from '../values/canonical.ts';
import { safe } from '../values/integer.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { daysFrom } from '../values/time.ts';
import { type DrawerMovement, drawerMovements } from './drawer.ts';
import { generationLetters } from './generation.ts';
import { type TenderMethod, type TenderState, tenderMethods } from './tender.ts';

export interface Counted {
  count: number;
  /** Minor units. */
  amount: number;
}

export interface TenderTotal {
  method: TenderMethod;
  /** What nobody confirmed stands by itself. */
  state: TenderState;
  count: number;
  taken: number;
  givenBack: number;
}

export interface TaxTotal {
  rate: number;
  net: number;
  tax: number;
}

export interface ShiftTotal {
  /** Closed ones. */
  count: number;
  /** What their drawers held too much, and too little. */
  over: number;
  short: number;
}

export interface Totals {
  /** With tax, without tips and rounding. */
  sales: Counted;
  returns: Counted;
  /** Sales less returns. */
  net: number;
  /** Sales with a discount, and what discounts took. */
  discounts: Counted;
  voids: Counted;
  tips: number;
  rounding: number;
  tenders: TenderTotal[];
  taxes: TaxTotal[];
  payIns: Counted;
  payOuts: Counted;
  noSales: number;
  shifts: ShiftTotal;
}

/** What was done, one by one or in groups that are added up. */
export interface Deeds {
  sales: { count: number; total: number; discounts: number; discounted: number; tip: number; rounding: number }[];
  returns: { count: number; total: number; rounding: number }[];
  voids: Counted[];
  taken: (Counted & { method: TenderMethod; state: TenderState })[];
  givenBack: (Counted & { method: TenderMethod })[];
  soldTaxes: TaxTotal[];
  returnedTaxes: TaxTotal[];
  /** The amount is negative where cash went out. */
  movements: (Counted & { kind: DrawerMovement })[];
  closedShifts: ShiftTotal[];
}

export const noDeeds = (): Deeds => ({
  sales: [],
  returns: [],
  voids: [],
  taken: [],
  givenBack: [],
  soldTaxes: [],
  returnedTaxes: [],
  movements: [],
  closedShifts: [],
});

export function addDeeds(one: Deeds, other: Deeds): Deeds {
  const names = Object.keys(one) as (keyof Deeds)[];
  return Object.fromEntries(names.map((name) => [name, [...one[name], ...other[name]]])) as unknown as Deeds;
}

const sumOf = <Row>(rows: readonly Row[], amountOf: (row: Row) => number): number =>
  safe(
    rows.reduce((sum, row) => sum + amountOf(row), 0),
    'sum',
  );

const countedOf = (rows: readonly Counted[], sign: 1 | -1 = 1): Counted => ({
  count: sumOf(rows, ({ count }) => count),
  amount: sumOf(rows, ({ amount }) => sign * amount),
});

export function totalsOf(deeds: Deeds): Totals {
  const { sales, returns, movements, closedShifts } = deeds;
  const sold = { count: sumOf(sales, ({ count }) => count), amount: sumOf(sales, ({ total }) => total) };
  const back = { count: sumOf(returns, ({ count }) => count), amount: sumOf(returns, ({ total }) => total) };
  const moved = (kind: DrawerMovement) => movements.filter((movement) => movement.kind === kind);
  const [payIn, payOut, noSale] = drawerMovements;
  return {
    sales: sold,
    returns: back,
    net: sold.amount - back.amount,
    discounts: { count: sumOf(sales, ({ discounts }) => discounts), amount: sumOf(sales, ({ discounted }) => discounted) },
    voids: countedOf(deeds.voids),
    tips: sumOf(sales, ({ tip }) => tip),
    rounding: sumOf(sales, ({ rounding }) => rounding) - sumOf(returns, ({ rounding }) => rounding),
    tenders: tenderTotals(deeds),
    taxes: taxTotals(deeds),
    payIns: countedOf(moved(payIn)),
    payOuts: countedOf(moved(payOut), -1),
    noSales: countedOf(moved(noSale)).count,
    shifts: {
      count: sumOf(closedShifts, ({ count }) => count),
      over: sumOf(closedShifts, ({ over }) => over),
      short: sumOf(closedShifts, ({ short }) => short),
    },
  };
}

/** In the order of the methods, what is paid before what nobody confirmed. */
function tenderTotals({ taken, givenBack }: Deeds): TenderTotal[] {
  const states: readonly TenderState[] = ['paid', 'unverified'];
  const all = tenderMethods.flatMap((method) => states.map((state) => ({ method, state })));
  return all.flatMap(({ method, state }) => {
    const took = countedOf(taken.filter((each) => each.method === method && each.state === state));
    // Money that went back went back for sure.
    const gave = countedOf(state === 'paid' ? givenBack.filter((each) => each.method === method) : []);
    const count = took.count + gave.count;
    return count === 0 ? [] : [{ method, state, count, taken: took.amount, givenBack: gave.amount }];
  });
}

/** The lowest rate first. */
function taxTotals({ soldTaxes, returnedTaxes }: Deeds): TaxTotal[] {
  const rates = [...new Set([...soldTaxes, ...returnedTaxes].map(({ rate }) => rate))].sort((one, other) => one - other);
  return rates.map((rate) => {
    const sold = soldTaxes.filter((each) => each.rate === rate);
    const back = returnedTaxes.filter((each) => each.rate === rate);
    return {
      rate,
      net: sumOf(sold, ({ net }) => net) - sumOf(back, ({ net }) => net),
      tax: sumOf(sold, ({ tax }) => tax) - sumOf(back, ({ tax }) => tax),
    };
  });
}

/** Whether nothing was done that a day would be closed for. */
export const isNothing = ({ sales, returns, voids, payIns, payOuts, noSales, shifts }: Totals): boolean =>
  sales.count + returns.count + voids.count + payIns.count + payOuts.count + noSales + shifts.count === 0;

/** The parts of a report that say something else than these totals; none where they agree. */
export function differingParts(said: Totals, found: Totals): (keyof Totals)[] {
  const names = Object.keys(found) as (keyof Totals)[];
  const textOf = (totals: Totals, name: keyof Totals) => canonical(totals[name] as unknown as Json);
  return names.filter((name) => textOf(said, name) !== textOf(found, name));
}

/** `ZA-000012`: the generation's book, as on receipts, and the number in it. */
export const reportLabel = (generation: number, number: number): string =>
  `Z${generationLetters(generation)}-${String(number).padStart(6, '0')}`;

/** As much as is read at once. */
const DAYS_AT_MOST = 366;

export interface Days {
  from: string;
  to: string;
}

/** The business days that a report is asked for: the present one unless said, one alone where only one is named. */
export function daysAsked(asked: Partial<Days>, today: string): Result<Days, 'bad-range'> {
  const from = asked.from ?? asked.to ?? today;
  const to = asked.to ?? from;
  if (from > to)
    return refuse('bad-range', 'The range ends before it begins.', {
      field: 'to',
      next: 'Give a last day that is not before the first.',
    });
  return daysFrom(from, DAYS_AT_MOST) > to
    ? ok({ from, to })
    : refuse('bad-range', `A report covers at most ${DAYS_AT_MOST} days.`, {
        field: 'from',
        next: 'Ask for fewer days at once.',
      });
}
