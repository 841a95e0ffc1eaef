// What the commands of pickups share: how one is said, and how it is found.
import type { Pickup } from '#schema/wire/pickup';
import type { Centre } from './connect.ts';
import { pickOne } from './find.ts';
import { pages } from './pages.ts';

const count = (pickup: Pickup, state: string) => pickup.units.filter((unit) => unit.state === state).length;

export const pouredText = (pickup: Pickup): string => `${count(pickup, 'dispensed')} of ${pickup.units.length}`;

/** By what its seller calls it, its id or a prefix. */
export const findPickup = (centre: Centre, text: string): Promise<Pickup> =>
  pickOne(
    pages((query) => centre.pickup.list({ query })),
    { noun: 'pickup', text, list: 'lapak pickup list', namesOf: (pickup) => [pickup.reference] },
  );
