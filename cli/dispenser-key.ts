// Who a played dispenser is: from what `lapak device provision` wrote for a board, or from the environment. Never from the command line,
// which everybody on the machine can read.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DeviceSettings } from '#schema/wire/dispenser';
import { wrongUse } from './failure.ts';
import type { Env } from './folders.ts';

export interface DispenserKey {
  number: number;
  rootKey: Uint8Array;
  keyEpoch: number;
  store: string | undefined;
  mqttUri: string | undefined;
  /** Of the authority that signed the broker's certificate, as PEM. */
  ca: string | undefined;
  settings: Partial<DeviceSettings>;
}

const KEY_ENV = 'LAPAK_DISPENSER_KEY';

interface Sources {
  file: string | undefined;
  env: Env;
  number: number | undefined;
  store: string | undefined;
}

export async function readDispenserKey({ file, env, number, store }: Sources): Promise<DispenserKey> {
  if (file !== undefined) return fromCsv(await textOf(file), file);
  const key = env[KEY_ENV];
  const next = 'Name the file that `lapak device provision` wrote: --key-file dispenser.csv';
  if (key === undefined) throw wrongUse('A dispenser needs its key.', next, 'no-key');
  if (number === undefined)
    throw wrongUse(`${KEY_ENV} is a key without a number.`, 'Give the dispenser’s number: --number 1234', 'no-number');
  return { number, rootKey: rootKeyOf(key, KEY_ENV), keyEpoch: 0, store, mqttUri: undefined, ca: undefined, settings: {} };
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw wrongUse(`There is no file ${file} to read.`, 'Name the file that `lapak device provision` wrote.', 'no-key');
  });

function rootKeyOf(text: string, from: string): Uint8Array {
  if (/^[0-9a-f]{64}$/i.test(text.trim())) return Buffer.from(text.trim(), 'hex');
  throw wrongUse(`${from} holds no root key.`, 'A root key is 64 hexadecimal digits.', 'bad-key');
}

/** As firmware/ports/esp32 reads it: `key,type,encoding,value`, under a line of titles. */
function fromCsv(text: string, file: string): DispenserKey {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.split(','))
    .filter(([, type]) => type === 'data');
  const values = new Map(rows.map(([name = '', , , ...value]) => [name, value.join(',')]));
  const whole = (name: string, most: number): number | undefined => {
    const value = values.get(name);
    if (value === undefined) return undefined;
    if (/^\d{1,10}$/.test(value) && Number(value) <= most) return Number(value);
    throw wrongUse(
      `${file}: ${name} “${value}” is not a number from 0 to ${most}.`,
      'Have it written anew: lapak device provision',
    );
  };
  const number = whole('dispenser', 0xffff_ffff);
  const rootKey = values.get('root_key');
  if (!number || rootKey === undefined)
    throw wrongUse(`${file} does not say which dispenser it is for.`, 'Have it written: lapak device provision', 'bad-key');
  const vendsAlone = whole('vends_alone', 1);
  const times = {
    askWaitMs: whole('ask_wait_ms', 0xffff),
    armMs: whole('arm_ms', 0xffff),
    motorMaxMs: whole('motor_max_ms', 0xffff),
    dropWaitMs: whole('drop_wait_ms', 0xffff),
    lateDropMs: whole('late_drop_ms', 0xffff),
  };
  return {
    number,
    rootKey: rootKeyOf(rootKey, `${file}: root_key`),
    keyEpoch: whole('key_epoch', 0xffff_ffff) ?? 0,
    store: values.get('store'),
    mqttUri: values.get('mqtt_uri'),
    ca: pemOf(values.get('mqtt_ca'), file),
    settings: {
      ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined)),
      ...(vendsAlone !== undefined && { vendsAlone: vendsAlone === 1 ? 'yes' : 'no' }),
    },
  };
}

function pemOf(base64: string | undefined, file: string): string | undefined {
  if (base64 === undefined) return undefined;
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString();
  } catch {
    throw wrongUse(`${file}: mqtt_ca is no certificate.`, 'Have it written anew: lapak device provision', 'bad-key');
  }
}
