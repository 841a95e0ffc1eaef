// The kinds of machine that a store may have: which of them pour, how each may be reached, and what can be set of it, with what holds until
// somebody says otherwise. The centre keeps the settings, the shape of devices brings them down; the schema that names a wrong one by its
// field is in wire/device-registry.ts.
import { ok, type Result, refuse } from '../values/result.ts';

export const deviceKinds = ['fridge', 'tv', 'rfid', 'vm', 'vm20', 'dispenser', 'printer', 'scanner'] as const;

export type DeviceKind = (typeof deviceKinds)[number];

/** Where the device is, as its node reaches it. */
export type DeviceLink = { kind: 'serial'; path: string } | { kind: 'mqtt' } | { kind: 'virtual' };

export interface DeviceSlot {
  slot: number;
  productId: string;
}

/** What a machine that pours is told: the settings of the dispenser's core, but for the slots, which the registry knows. */
export interface PouringConfig {
  /** Whether it pours without its node's word when nobody answers. */
  vendsAlone: boolean;
  askWaitMs: number;
  armMs: number;
  motorMaxMs: number;
  dropWaitMs: number;
  lateDropMs: number;
}

/** Temperatures are in tenths of a degree Celsius. */
export interface FridgeConfig {
  lowest: number | null;
  highest: number | null;
  /** How long it may be outside of these before somebody is told. */
  toleratedMinutes: number;
  doorOpenMinutes: number | null;
  reportSeconds: number;
}

export interface ScreenConfig {
  url: string | null;
  brightness: number;
  volume: number;
}

export interface ReaderConfig {
  /** The place whose goods it reads, as a count of tags names it. */
  place: string | null;
  readSeconds: number;
}

export interface DeviceConfigs {
  fridge: FridgeConfig;
  tv: ScreenConfig;
  rfid: ReaderConfig;
  vm: PouringConfig;
  vm20: PouringConfig;
  dispenser: PouringConfig;
  printer: Record<never, never>;
  scanner: Record<never, never>;
}

export type DeviceConfig = DeviceConfigs[DeviceKind];

interface KindRule<Kind extends DeviceKind> {
  links: readonly DeviceLink['kind'][];
  /** How many slots it has at most; a machine without any pours nothing. */
  slots: number;
  config: DeviceConfigs[Kind];
}

/** For a spiral that turns once in two seconds. */
const pouring: PouringConfig = {
  vendsAlone: false,
  askWaitMs: 1_500,
  armMs: 50,
  motorMaxMs: 5_000,
  dropWaitMs: 800,
  lateDropMs: 5_000,
};
const pouringLinks = ['serial', 'mqtt', 'virtual'] as const;

export const kindRules: { readonly [Kind in DeviceKind]: KindRule<Kind> } = {
  fridge: {
    links: ['mqtt'],
    slots: 0,
    config: { lowest: 0, highest: 80, toleratedMinutes: 10, doorOpenMinutes: 3, reportSeconds: 60 },
  },
  tv: { links: ['mqtt'], slots: 0, config: { url: null, brightness: 80, volume: 0 } },
  rfid: { links: ['mqtt'], slots: 0, config: { place: null, readSeconds: 60 } },
  vm: { links: pouringLinks, slots: 64, config: pouring },
  vm20: { links: pouringLinks, slots: 20, config: pouring },
  dispenser: { links: pouringLinks, slots: 64, config: pouring },
  // Printers are found and set up at their node; the registry only knows that the store has them.
  printer: { links: [], slots: 0, config: {} },
  scanner: { links: ['mqtt'], slots: 0, config: {} },
};

export const pours = (kind: DeviceKind): boolean => kindRules[kind].slots > 0;

/** What a kind of device cannot have, by the field that says so. */
export function checkDevice({
  kind,
  slots,
  link,
}: {
  kind: DeviceKind;
  slots: readonly DeviceSlot[];
  link: DeviceLink | null;
}): Result<null, 'bad-slots' | 'repeated-slot' | 'bad-link'> {
  const rule = kindRules[kind];
  if (rule.slots === 0 && slots.length > 0)
    return refuse('bad-slots', `A device of the kind ${kind} pours nothing, so it has no slots.`, { field: 'slots' });
  if (rule.slots > 0 && (slots.length === 0 || slots.length > rule.slots))
    return refuse('bad-slots', `A device of the kind ${kind} has 1 to ${rule.slots} slots.`, { field: 'slots' });
  const repeated = slots.findIndex(({ slot }, index) => slots.findIndex((other) => other.slot === slot) < index);
  if (repeated >= 0)
    return refuse('repeated-slot', `Slot ${slots[repeated]?.slot} is named twice.`, { field: `slots[${repeated}].slot` });
  if (link && !rule.links.includes(link.kind))
    return refuse('bad-link', `A device of the kind ${kind} is not reached by ${link.kind}.`, {
      field: 'link.kind',
      next: rule.links.length === 0 ? 'Leave its link out.' : `Use one of ${rule.links.join(', ')}.`,
    });
  return ok(null);
}
