// PINs of the people at the tills: typed unseen, read from standard input, or made by chance and told once.
import * as Flags from '@oclif/core/flags';
import type { RandomBytes } from '#schema/values/clock';
import { wrongUse } from './failure.ts';
import { readSecret } from './ui/secret.ts';

export const pinFlags = {
  pin: Flags.string({
    summary: '- reads it from standard input; asked for otherwise.',
    helpValue: '-',
    exclusive: ['random-pin'],
  }),
  'random-pin': Flags.boolean({ summary: 'Make one, and show it this once.' }),
};

interface PinWish {
  flags: { pin?: string | undefined; 'random-pin'?: boolean | undefined; 'no-input'?: boolean | undefined };
  name: string;
  random: RandomBytes;
}

/** `told` is what the answer shows: a PIN that nobody has chosen. */
export async function choosePin({ flags, name, random }: PinWish): Promise<{ pin: string; told: { pin?: string } }> {
  if (flags['random-pin']) {
    const pin = randomPin(random);
    return { pin, told: { pin } };
  }
  const pin = await readSecret({ flag: flags.pin, question: `PIN for ${name}`, mayAsk: !flags['no-input'], what: 'PIN' });
  if (/^\d{6}$/.test(pin)) return { pin, told: {} };
  throw wrongUse('A PIN is six digits.', 'Choose another one, or let --random-pin make it.', 'bad-pin');
}

const PINS = 1_000_000;
/** The largest multiple of all PINs in 32 bits: above it some PINs would come more often than others. */
const FAIR = Math.floor(2 ** 32 / PINS) * PINS;

export function randomPin(random: RandomBytes): string {
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = random(4);
    const number = ((a * 256 + b) * 256 + c) * 256 + d;
    if (number < FAIR) return String(number % PINS).padStart(6, '0');
  }
}
