// What a device is given to know who it is: for boards with the dispenser's core the partition of NVS as CSV, for others their access to the
// broker as JSON. Shown once, kept nowhere.
import { X509Certificate } from 'node:crypto';
import { type PouringConfig, pours } from '#schema/rules/device';
import { toBase32 } from '#schema/values/base32';
import type { RandomBytes } from '#schema/values/clock';
import type { Provisioned, RegisteredDevice } from '#schema/wire/device-registry';
import { brokerPassword, topicOf } from '#schema/wire/device-topics';

interface KeyFileParts {
  device: RegisteredDevice;
  rootKey: Uint8Array;
  keyEpoch: number;
  mqttUri: string | undefined;
  /** DER as base64. */
  mqttCa: string | undefined;
  random: RandomBytes;
}

/** 40 bits: somebody must be in its radio's reach, within the minutes of its setup. */
const SETUP_CODE_BYTES = 5;

export function keyFile(parts: KeyFileParts): Pick<Provisioned, 'form' | 'text'> {
  if (pours(parts.device.kind)) return { form: 'nvs-csv', text: nvsCsv(parts) };
  return { form: 'json', text: accessJson(parts) };
}

/** As firmware/ports/esp32 reads it. Settings that the node sends later take the place of these. */
function nvsCsv({ device, rootKey, keyEpoch, mqttUri, mqttCa, random }: KeyFileParts): string {
  const { vendsAlone, askWaitMs, armMs, motorMaxMs, dropWaitMs, lateDropMs } = device.config as PouringConfig;
  const rows: [string, string, string, string | number][] = [
    ['lapak', 'namespace', '', ''],
    ['dispenser', 'data', 'u32', device.number ?? 0],
    ['root_key', 'data', 'hex2bin', Buffer.from(rootKey).toString('hex')],
    ['key_epoch', 'data', 'u32', keyEpoch],
    ['vends_alone', 'data', 'u8', vendsAlone ? 1 : 0],
    ['ask_wait_ms', 'data', 'u16', askWaitMs],
    ['arm_ms', 'data', 'u16', armMs],
    ['motor_max_ms', 'data', 'u16', motorMaxMs],
    ['drop_wait_ms', 'data', 'u16', dropWaitMs],
    ['late_drop_ms', 'data', 'u16', lateDropMs],
    ['store', 'data', 'string', device.storeCode],
  ];
  if (device.link?.kind === 'mqtt' && mqttUri !== undefined)
    rows.push(
      ['mqtt_uri', 'data', 'string', mqttUri],
      ['mqtt_user', 'data', 'string', String(device.number)],
      ['mqtt_password', 'data', 'string', brokerPassword(rootKey)],
      ['setup_code', 'data', 'string', toBase32(random(SETUP_CODE_BYTES))],
    );
  if (mqttCa !== undefined) rows.push(['mqtt_ca', 'data', 'base64', mqttCa]);
  return [['key', 'type', 'encoding', 'value'], ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function accessJson({ device, rootKey, mqttUri, mqttCa }: KeyFileParts): string {
  const place = { family: 'dv', store: device.storeCode, name: device.id } as const;
  const access = {
    uri: mqttUri,
    ...(mqttCa !== undefined && { ca: pemOf(mqttCa) }),
    user: device.id,
    password: brokerPassword(rootKey),
    topics: {
      state: topicOf(place, 'state'),
      up: topicOf(place, 'up'),
      down: topicOf(place, 'down'),
      config: topicOf(place, 'config'),
    },
  };
  return `${JSON.stringify(access, null, 2)}\n`;
}

const pemOf = (base64: string): string => new X509Certificate(Buffer.from(base64, 'base64')).toString();
