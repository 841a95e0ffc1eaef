// A new firmware on its way to a device, as its node follows it. What is on disk at each step lets it go on after any loss.
//
//   waiting ── begin ──→ receiving ── whole ──→ checking ── accept ──→ ready ── restart ──→ restarting ── try ──→ on-trial ── confirm ──→ confirmed
//      ↑                     │                     │                                            │                    │
//      └─────── lose ────────┴─────────────────────┘  it forgot: from the beginning             └──── roll-back ─────┴──→ rolled-back
//   anything that is not on trial may be refused; what starts by itself (a power cut after `accept`) is on trial all the same
import { machine } from '../values/machine.ts';

export const updateStates = [
  'waiting',
  'receiving',
  'checking',
  'ready',
  'restarting',
  'on-trial',
  'confirmed',
  'rolled-back',
  'refused',
] as const;

export type UpdateState = (typeof updateStates)[number];

type UpdateEvent = 'begin' | 'whole' | 'lose' | 'accept' | 'restart' | 'try' | 'confirm' | 'roll-back' | 'refuse';

export const updateMachine = machine<UpdateState, UpdateEvent>('waiting', {
  waiting: { begin: 'receiving', refuse: 'refused', confirm: 'confirmed' },
  receiving: { whole: 'checking', lose: 'waiting', refuse: 'refused' },
  checking: { accept: 'ready', lose: 'waiting', refuse: 'refused', try: 'on-trial' },
  ready: { restart: 'restarting', try: 'on-trial', 'roll-back': 'rolled-back', refuse: 'refused' },
  restarting: { try: 'on-trial', 'roll-back': 'rolled-back', refuse: 'refused' },
  'on-trial': { confirm: 'confirmed', 'roll-back': 'rolled-back' },
  confirmed: {},
  'rolled-back': {},
  refused: {},
});

/** `1.4.0`, as a number of 32 bits on the wire: two bytes, one, one. */
export const firmwareText = (firmware: number): string => `${firmware >>> 16}.${(firmware >>> 8) & 255}.${firmware & 255}`;

export function readFirmware(text: string): number | undefined {
  const [, major, minor, patch] = /^(\d{1,5})\.(\d{1,3})\.(\d{1,3})$/.exec(text) ?? [];
  const parts = [Number(major), Number(minor), Number(patch)] as const;
  if (major === undefined || parts[0] > 65_535 || parts[1] > 255 || parts[2] > 255) return undefined;
  return parts[0] * 65_536 + parts[1] * 256 + parts[2];
}
