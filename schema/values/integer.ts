// Exact integer arithmetic: every product and quotient of money, rates and quantities goes through here, and rounds one way.
import { assert } from './assert.ts';

export function safe(value: number, name: string): number {
  assert(Number.isSafeInteger(value), `${name} is not a safe integer: ${value}`);
  return value;
}

/** value × numerator ÷ denominator, halves away from zero, so that a refund mirrors its sale to the unit. */
export function scale(value: number, numerator: number, denominator: number): number {
  safe(value, 'value');
  safe(numerator, 'numerator');
  assert(Number.isSafeInteger(denominator) && denominator > 0, `denominator must be a positive integer: ${denominator}`);
  const product = value * numerator;
  return Number.isSafeInteger(product * 2)
    ? divideSmall(product, denominator)
    : divideLarge(BigInt(value) * BigInt(numerator), BigInt(denominator));
}

function divideSmall(product: number, denominator: number): number {
  const size = Math.abs(product);
  const rest = size % denominator;
  const quotient = (size - rest) / denominator + (rest * 2 >= denominator ? 1 : 0);
  return quotient === 0 ? 0 : Math.sign(product) * quotient;
}

function divideLarge(product: bigint, denominator: bigint): number {
  const size = product < 0n ? -product : product;
  const rest = size % denominator;
  const quotient = size / denominator + (rest * 2n >= denominator ? 1n : 0n);
  return safe(Number(product < 0n ? -quotient : quotient), 'quotient');
}

/** The nearest multiple of step, halves away from zero. */
export const toStep = (value: number, step: number): number => scale(value, 1, step) * step;
