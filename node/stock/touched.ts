// The products whose stock some facts may have changed: what tills are told of, and what may have got low.
import type { Fact } from '#schema/facts/fact';
import { movementsOf } from '#schema/facts/movements';

/** Facts about vouchers name their product; they reserve, consume and give back. */
const named = ({ body }: Fact): string[] => {
  const { productId } = body as { productId?: string };
  return productId === undefined ? [] : [productId];
};

export const productsTouched = (facts: readonly Fact[]): string[] => [
  ...new Set(facts.flatMap((fact) => [...movementsOf(fact).map(({ productId }) => productId), ...named(fact)])),
];
