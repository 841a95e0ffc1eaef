// What can happen to a played dispenser, as words that a person or a script types while it runs.
import { outcomeResults, refusalCodes } from '#schema/wire/dispenser';
import type { PlayedDispenser } from './dispenser.ts';

interface Happening {
  /** What follows the word, for people. */
  takes?: string;
  /** False where what follows makes no sense. */
  does(played: PlayedDispenser, rest: string): boolean;
}

const simply = (act: (played: PlayedDispenser) => void): Happening => ({
  does(played, rest) {
    if (rest !== '') return false;
    act(played);
    return true;
  },
});

const withNumber = (takes: string, most: number, act: (played: PlayedDispenser, number: number) => void): Happening => ({
  takes,
  does(played, rest) {
    if (!/^\d{1,6}$/.test(rest) || Number(rest) > most) return false;
    act(played, Number(rest));
    return true;
  },
});

const SLOT_MAX = 15;

const happenings: Record<string, Happening> = {
  scan: {
    takes: 'CODE',
    does(played, code) {
      played.machine.scan(code);
      return code !== '';
    },
  },
  jam: simply(({ machine }) => Object.assign(machine.switches, { jam: true })),
  unjam: simply(({ machine }) => Object.assign(machine.switches, { jam: false })),
  'no-drop': simply(({ machine }) => Object.assign(machine.switches, { noDrop: true })),
  drop: simply(({ machine }) => Object.assign(machine.switches, { noDrop: false, doubleDrop: false })),
  'double-drop': simply(({ machine }) => Object.assign(machine.switches, { doubleDrop: true })),
  late: withNumber('MS', 60_000, ({ machine }, ms) => Object.assign(machine.switches, { lateDropMs: ms })),
  block: simply(({ machine }) => Object.assign(machine.switches, { beamBlocked: true })),
  unblock: simply(({ machine }) => Object.assign(machine.switches, { beamBlocked: false })),
  empty: withNumber('SLOT', SLOT_MAX, ({ machine }, slot) => machine.setEmpty(slot, true)),
  fill: withNumber('SLOT', SLOT_MAX, ({ machine }, slot) => machine.service(slot)),
  noise: withNumber('PERCENT', 100, (played, percent) => played.setNoise(percent / 100)),
  unplug: simply((played) => played.setPlugged(false)),
  plug: simply((played) => played.setPlugged(true)),
  off: simply(({ machine }) => machine.cutPower()),
  'cut-after': withNumber('FLASH-STEPS', 100_000, ({ machine }, steps) => machine.cutPower(steps)),
  on: simply(({ machine }) => machine.powerOn()),
};

export const happeningWords = Object.entries(happenings).map(([word, { takes }]) => (takes ? `${word} ${takes}` : word));

/** False where nothing of the kind can happen. */
export function happen(played: PlayedDispenser, line: string): boolean {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
  return Object.hasOwn(happenings, word) && (happenings[word]?.does(played, rest) ?? false);
}

const namesOf = (codes: Readonly<Record<string, number>>) => new Map(Object.entries(codes).map(([name, code]) => [code, name]));
const refusalNames = namesOf(refusalCodes);
const resultNames = namesOf(outcomeResults);

/** What its display says: `ready`, `refused: used`, `finished: ok`. */
export function displayText({ what, code }: { what: string; code: number }): string {
  const name = what === 'refused' ? refusalNames.get(code) : what === 'finished' ? resultNames.get(code) : undefined;
  return name === undefined || name === 'none' ? what : `${what}: ${name}`;
}
