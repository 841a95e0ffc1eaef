// A new firmware on its way to a device, as its node follows it. What is on disk at each step lets it go on after any loss.
//
//   waiting ── begin ──→ receiving ── whole ──→ checking ── accept ──→ ready ── restart ──→ restarting ── try ──→ on-trial ── confirm ──→ confirmed
//      ↑                     │                     │                                            │                    │
//      └─────── lose ────────┴─────────────────────┘  it forgot: from the beginning             └──── roll-back ─────┴──→ rolled-back
//   anything that is not on trial may be refused; what starts by itself (a power cut after `accept`) is on trial all the same
//   its time is over: before `accept` it is given up, and the device runs what it ran; after it nobody knows which one it runs
import { machine } from '../values/machine.ts';
import type { CommandOutcome } from './device-command.ts';

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
  'given-up',
  'unknown',
] as const;

export type UpdateState = (typeof updateStates)[number];

type UpdateEvent =
  | 'begin'
  | 'whole'
  | 'lose'
  | 'accept'
  | 'restart'
  | 'try'
  | 'confirm'
  | 'roll-back'
  | 'refuse'
  | 'give-up'
  | 'doubt';

export const updateMachine = machine<UpdateState, UpdateEvent>('waiting', {
  waiting: { begin: 'receiving', refuse: 'refused', confirm: 'confirmed', 'give-up': 'given-up' },
  receiving: { whole: 'checking', lose: 'waiting', refuse: 'refused', 'give-up': 'given-up' },
  checking: { accept: 'ready', lose: 'waiting', refuse: 'refused', try: 'on-trial', 'give-up': 'given-up' },
  ready: { restart: 'restarting', try: 'on-trial', 'roll-back': 'rolled-back', refuse: 'refused', doubt: 'unknown' },
  restarting: { try: 'on-trial', 'roll-back': 'rolled-back', refuse: 'refused', doubt: 'unknown' },
  'on-trial': { confirm: 'confirmed', 'roll-back': 'rolled-back', doubt: 'unknown' },
  confirmed: {},
  'rolled-back': {},
  refused: {},
  'given-up': {},
  unknown: {},
});

/** A trial ends by itself in five minutes, if the device lives. */
const TRIAL_GRACE_MS = 10 * 60_000;

export interface TimeOver {
  state: UpdateState;
  outcome: CommandOutcome;
  detail: string;
}

/** How an update ends once its time is over; undefined where it may go on. */
export function timeOver({ state, expiresAt }: { state: UpdateState; expiresAt: number }, now: number): TimeOver | undefined {
  const isAccepted = updateMachine.can(state, 'doubt');
  if (updateMachine.isFinal(state) || now < expiresAt + (isAccepted ? TRIAL_GRACE_MS : 0)) return undefined;
  if (isAccepted) return { state: 'unknown', outcome: 'unknown', detail: 'no-answer' };
  return { state: 'given-up', outcome: 'failed', detail: 'timed-out' };
}

/** `1.4.0`, as a number of 32 bits on the wire: two bytes, one, one. */
export const firmwareText = (firmware: number): string => `${firmware >>> 16}.${(firmware >>> 8) & 255}.${firmware & 255}`;

export function readFirmware(text: string): number | undefined {
  const [, major, minor, patch] = /^(\d{1,5})\.(\d{1,3})\.(\d{1,3})$/.exec(text) ?? [];
  const parts = [Number(major), Number(minor), Number(patch)] as const;
  if (major === undefined || parts[0] > 65_535 || parts[1] > 255 || parts[2] > 255) return undefined;
  return parts[0] * 65_536 + parts[1] * 256 + parts[2];
}
