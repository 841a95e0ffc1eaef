// Who a played dispenser is, from a file or the environment, and what is wrong with one that says nothing sound.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bytesOf, makeAuthority } from '#node/lan/certificate';
import { readDispenserKey } from './dispenser-key.ts';
import { testFolder } from './test-cli.ts';

const key = '5a'.repeat(32);
const wish = { file: undefined, env: {}, number: undefined, store: undefined };

function csv(rows: string[]): string {
  const file = join(testFolder(), 'dispenser.csv');
  writeFileSync(file, ['key,type,encoding,value', 'lapak,namespace,,', ...rows, ''].join('\n'));
  return file;
}

const { certificate } = makeAuthority('Warung Sari', [], { now: Date.UTC(2026, 0, 5), random: (size) => new Uint8Array(size) });

it('[DSP-11] what was provisioned for a board says who a played dispenser is', async () => {
  const file = csv([
    'dispenser,data,u32,1234',
    `root_key,data,hex2bin,${key}`,
    'key_epoch,data,u32,3',
    'vends_alone,data,u8,0',
    'motor_max_ms,data,u16,4000',
    'store,data,string,warung-sari',
    'mqtt_uri,data,string,mqtts://192.168.1.10:8883',
    `mqtt_ca,data,base64,${bytesOf(certificate).toString('base64')}`,
  ]);
  expect(await readDispenserKey({ ...wish, file })).toEqual({
    number: 1234,
    rootKey: Buffer.from(key, 'hex'),
    keyEpoch: 3,
    store: 'warung-sari',
    mqttUri: 'mqtts://192.168.1.10:8883',
    ca: certificate,
    settings: { vendsAlone: 'no', motorMaxMs: 4000 },
  });
  const env = { LAPAK_DISPENSER_KEY: key };
  expect(await readDispenserKey({ ...wish, env, number: 7, store: 'toko' })).toMatchObject({ number: 7, store: 'toko' });
});

it.each<[string, Partial<typeof wish> | (() => object), string]>([
  ['nothing', {}, 'needs its key'],
  ['a key without a number', { env: { LAPAK_DISPENSER_KEY: key } }, 'without a number'],
  ['half a key', () => ({ env: { LAPAK_DISPENSER_KEY: 'abc' }, number: 7 }), 'LAPAK_DISPENSER_KEY holds no root key'],
  ['a file that is not there', () => ({ file: '/nowhere/key.csv' }), 'There is no file /nowhere/key.csv'],
  ['a file of something else', () => ({ file: csv([]) }), 'does not say which dispenser'],
  [
    'a wrong number',
    () => ({ file: csv(['dispenser,data,u32,x', `root_key,data,hex2bin,${key}`]) }),
    'dispenser “x” is not a number',
  ],
  [
    'a wrong time',
    () => ({ file: csv(['dispenser,data,u32,7', `root_key,data,hex2bin,${key}`, 'arm_ms,data,u16,70000']) }),
    'arm_ms “70000”',
  ],
  [
    'a wrong certificate',
    () => ({ file: csv(['dispenser,data,u32,7', `root_key,data,hex2bin,${key}`, 'mqtt_ca,data,base64,MIIB']) }),
    'mqtt_ca is no certificate',
  ],
  ['a wrong key', () => ({ file: csv(['dispenser,data,u32,7', 'root_key,data,hex2bin,00ff']) }), 'root_key holds no root key'],
])('[DSP-11] %s is wrong use, and no key is said back', async (_, given, why) => {
  const asked = readDispenserKey({ ...wish, ...(typeof given === 'function' ? given() : given) });
  await expect(asked).rejects.toThrow(why);
  await expect(asked).rejects.not.toThrow('5a5a');
});
