// Stock is a ledger of movements; the level is their sum. Issuing a voucher reserves, a pour consumes, expiry and refund release.

export const movementKinds = [
  'sell',
  'dispense',
  'receive',
  'return',
  'transfer-in',
  'transfer-out',
  'count',
  'waste',
  'adjust',
] as const;

export type MovementKind = (typeof movementKinds)[number];

/** Which way a movement of this kind may go: in, out, or as its own sign says. */
export const directions: Record<MovementKind, 'in' | 'out' | 'either'> = {
  sell: 'out',
  dispense: 'out',
  receive: 'in',
  return: 'in',
  'transfer-in': 'in',
  'transfer-out': 'out',
  count: 'either',
  waste: 'out',
  adjust: 'either',
};

export const isMovementOf = (kind: MovementKind, quantity: number): boolean =>
  quantity !== 0 && (directions[kind] === 'either' || directions[kind] === (quantity > 0 ? 'in' : 'out'));

export const wasteReasons = ['expired', 'damaged', 'spilled', 'stolen', 'sampled', 'other'] as const;

export type WasteReason = (typeof wasteReasons)[number];

/** customer: for somebody who comes to the store. allotment: for the centre to sell. */
export const reservationPurposes = ['customer', 'allotment'] as const;

/** warn: may go negative and says so. forbid: the last unit is sold once. */
export type StockPolicy = 'warn' | 'forbid';

export interface StockLevel {
  onHand: number;
  reserved: number;
}

export const available = (level: StockLevel): number => level.onHand - level.reserved;
