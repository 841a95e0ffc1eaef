// What the people of a store may do alone, and how long wrong PINs lock.
import { describe, expect, it } from 'vitest';
import { standardSettings } from './settings.ts';
import { decide, guardedActions, lockOutMs } from './staff.ts';

describe('[IAM-07] the people of a store', () => {
  const settings = {
    ...standardSettings('IDR', 'id'),
    discountLimit: { percent: 1_000, amount: 5_000_000 },
    refundLimit: 10_000_000,
  };

  it.each([
    ['refund', 10_000_000, undefined, 'allowed'],
    ['refund', 10_000_100, undefined, 'needs-approval'],
    ['discount', 5_000_000, 50_000_000, 'allowed'],
    ['discount', 5_000_100, 500_000_000, 'needs-approval'],
    ['discount', 200_100, 2_000_000, 'needs-approval'],
    ['discount', 200_000, 2_000_000, 'allowed'],
    ['discount', 100, undefined, 'needs-approval'],
    ['void', 0, undefined, 'needs-approval'],
    ['no-sale', 0, undefined, 'needs-approval'],
  ] as const)('a cashier: %s of %s out of %s is %s', (action, amount, of, expected) => {
    expect(decide({ action, amount, ...(of !== undefined && { of }) }, 'cashier', settings)).toBe(expected);
  });

  it('a limit that is null limits nothing', () => {
    const free = { ...settings, discountLimit: { percent: null, amount: null } };
    expect(decide({ action: 'discount', amount: 9_000_000_000_000_000, of: 1 }, 'cashier', free)).toBe('allowed');
  });

  it('a manager needs nobody', () => {
    for (const action of guardedActions)
      expect(decide({ action, amount: Number.MAX_SAFE_INTEGER }, 'manager', settings)).toBe('allowed');
  });

  it('five wrong PINs lock for half a minute, each further one for twice as long, an hour at most', () => {
    expect([1, 4, 5, 6, 7, 30].map(lockOutMs)).toEqual([0, 0, 30_000, 60_000, 120_000, 3_600_000]);
  });
});
