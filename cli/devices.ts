// What several device commands read and say: slots, links and settings as people type them, and a device by what they call it.
import * as Flags from '@oclif/core/flags';
import type { DeviceLink, DeviceSlot } from '#schema/rules/device';
import type { ListedDevice, RegisteredDevice } from '#schema/wire/device-registry';
import type { Centre } from './connect.ts';
import { wrongUse } from './failure.ts';
import { findProduct, pickOne, storeIdOf } from './find.ts';
import { pages } from './pages.ts';

export const deviceFlags = {
  slot: Flags.string({
    multiple: true,
    summary: 'A slot and what it pours; may be said several times.',
    helpValue: '<slot=product>',
  }),
  link: Flags.string({ summary: 'How its node reaches it.', helpValue: '<serial:path|mqtt|virtual|none>' }),
  set: Flags.string({
    multiple: true,
    summary: 'A setting of its kind; may be said several times.',
    helpValue: '<name=value>',
  }),
};

export async function readSlots(centre: Centre, texts: readonly string[]): Promise<DeviceSlot[]> {
  const slots: DeviceSlot[] = [];
  for (const text of texts) {
    const [, slot, product] = /^(\d{1,3})=(.+)$/.exec(text) ?? [];
    if (slot === undefined || product === undefined)
      throw wrongUse(`--slot ${text} does not say which slot pours what.`, 'Write it like --slot 0=AIR-600.', 'bad-slot');
    slots.push({ slot: Number(slot), productId: (await findProduct(centre, product)).id });
  }
  return slots;
}

export function readLink(text: string): DeviceLink | null {
  if (text === 'none') return null;
  if (text === 'mqtt' || text === 'virtual') return { kind: text };
  const path = /^serial:(.+)$/.exec(text)?.[1];
  if (path === undefined)
    throw wrongUse(
      `--link ${text} is no link.`,
      'Write it like --link serial:/dev/ttyUSB0, --link mqtt, --link virtual or --link none.',
      'bad-link',
    );
  return { kind: 'serial', path };
}

export const linkText = (link: RegisteredDevice['link']): string =>
  link === null ? '' : link.kind === 'serial' ? `serial:${link.path}` : link.kind;

/** When it was heard: its node would have told, so as long as nothing else was said, when its node was. */
export const heardAt = ({ state, lastSeenAt, nodeSeenAt }: Pick<ListedDevice, 'state' | 'lastSeenAt' | 'nodeSeenAt'>) =>
  state === 'online' ? nodeSeenAt : lastSeenAt;

type Value = string | number | boolean | null;

/** `highest=80`, `url=https://…`, `vendsAlone=true`, `lowest=none`: the server says which there are and what fits. */
export function readValues(texts: readonly string[]): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const text of texts) {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw wrongUse(`“${text}” does not say what becomes what.`, 'Write it like highest=80.', 'bad-value');
    values[name] = readValue(value);
  }
  return values;
}

const words: Record<string, Value> = { true: true, false: false, none: null };

const readValue = (text: string): Value =>
  Object.hasOwn(words, text) ? (words[text] as Value) : /^-?\d+$/.test(text) ? Number(text) : text;

/** By name, number, id or a prefix; `store` narrows it. */
export async function findDevice(centre: Centre, text: string, store?: string): Promise<RegisteredDevice> {
  const narrow = await storeIdOf(centre, store);
  return pickOne(
    pages((query) => centre.device.list({ query: { ...query, ...narrow } })),
    {
      noun: 'device',
      text,
      list: 'lapak device list',
      namesOf: ({ name, number }) => (number === null ? [name] : [name, String(number)]),
    },
  );
}
