// What is wrong with this node itself: raised where it is noticed, told to tills and in the status, gone when it is over.
import type { Clock } from '#schema/values/clock';
import { isoTime } from '#schema/values/time';
import type { Trouble } from '#schema/wire/trouble';

type Code = Trouble['code'];

/** For people; the till says the same in its own languages. */
const words: Record<Code, Pick<Trouble, 'stopsSelling' | 'detail' | 'next'>> = {
  replaced: {
    stopsSelling: true,
    detail: 'Another store box has taken the place of this one. It sells no more.',
    next: 'Use the new store box. What this one had not sent waits at the centre for a person.',
  },
  damaged: {
    stopsSelling: true,
    detail: 'The database of this store box is damaged. Nothing can be written down, so nothing may be sold.',
    next: 'Stop it, then restore a backup (lapak node restore) or recover from the centre (lapak node recover).',
  },
  'disk-full': {
    stopsSelling: false,
    detail: 'The disk of this store box is full. What was saved before is safe; new sales cannot be saved.',
    next: 'Free space on the disk, then try again.',
  },
  'disk-low': {
    stopsSelling: false,
    detail: 'The disk of this store box is nearly full.',
    next: 'Free space on the disk before sales stop.',
  },
  'clock-off': {
    stopsSelling: false,
    detail: 'The clock of this store box is more than five minutes off.',
    next: 'Set its clock. Sales keep the last right time until then.',
  },
  'backup-failed': {
    stopsSelling: false,
    detail: 'The last backup of this store box failed.',
    next: 'See why with: lapak node status',
  },
  'device-alert': {
    stopsSelling: false,
    detail: 'A device measures what it should not: a fridge is too warm or too cold, or its door stands open.',
    next: 'Look at the device; the list of devices says which.',
  },
};

export interface Troubles {
  /** Again is the same as once. */
  raise(code: Code): void;
  clear(code: Code): void;
  list(): Trouble[];
  onChange(listener: (troubles: Trouble[]) => void): void;
}

export function openTroubles(clock: Clock): Troubles {
  const current = new Map<Code, Trouble>();
  const listeners: ((troubles: Trouble[]) => void)[] = [];
  const list = () => [...current.values()];
  const tell = () => {
    for (const listener of listeners) listener(list());
  };
  return {
    list,
    onChange: (listener) => void listeners.push(listener),
    raise(code) {
      if (current.has(code)) return;
      current.set(code, { code, since: isoTime(clock.now()), ...words[code] });
      tell();
    },
    clear(code) {
      if (current.delete(code)) tell();
    },
  };
}
