// The flags that many commands share: the global ones, those of lists, those of writes, those of the local store node.
import * as Flags from '@oclif/core/flags';
import { outputForms } from './ui/answer.ts';

const GLOBAL = 'GLOBAL';
const LIST = 'LIST';

export const globalFlags = {
  json: Flags.boolean({ summary: 'Print one JSON document; the same as --output json.', helpGroup: GLOBAL }),
  output: Flags.option({ options: outputForms, summary: 'The form of the answer.', helpGroup: GLOBAL })(),
  profile: Flags.string({ summary: 'The profile of config.toml to use.', helpGroup: GLOBAL, helpValue: '<name>' }),
  server: Flags.string({ summary: 'The address of the central server.', helpGroup: GLOBAL, helpValue: '<url>' }),
  timeout: Flags.integer({ summary: 'Seconds to wait for an answer.', min: 1, helpGroup: GLOBAL, helpValue: '<seconds>' }),
  'no-input': Flags.boolean({ summary: 'Never ask; fail where an answer would be needed.', helpGroup: GLOBAL }),
  quiet: Flags.boolean({ char: 'q', summary: 'Print the answer and errors alone.', helpGroup: GLOBAL }),
  verbose: Flags.boolean({ summary: 'Tell what is called, and show stacks of errors.', helpGroup: GLOBAL }),
  'no-color': Flags.boolean({ summary: 'No colour; NO_COLOR does the same.', helpGroup: GLOBAL }),
};

export const listFlags = {
  limit: Flags.integer({ summary: 'At most this many; 0 for all. 200 unless said.', min: 0, helpGroup: LIST }),
  columns: Flags.string({ summary: 'Only these columns, by comma.', helpGroup: LIST, helpValue: '<names>' }),
  sort: Flags.string({ summary: 'Sort by a column; -name for descending.', helpGroup: LIST, helpValue: '<name>' }),
  filter: Flags.string({ summary: 'Only what matches, like: state=open "kopi".', helpGroup: LIST, helpValue: '<terms>' }),
};

export const dryRunFlag = {
  'dry-run': Flags.boolean({ summary: 'Check everything and say what would be sent; change nothing.' }),
};

export const yesFlag = { yes: Flags.boolean({ char: 'y', summary: 'Do it without asking.' }) };

export const dataFolderFlag = {
  'data-folder': Flags.string({ summary: 'Where it keeps its data (LAPAK_DATA_DIR).', helpValue: '<folder>' }),
};

export const serverFlags = {
  port: Flags.integer({ summary: 'The port to listen on; 7100 unless said (LAPAK_PORT).', min: 0, max: 65_535 }),
  host: Flags.string({ summary: 'The address to listen on; this machine alone unless said (LAPAK_HOST).' }),
  ...dataFolderFlag,
};

export const lanFlags = {
  lan: Flags.option({
    options: ['off', 'on', 'tls'] as const,
    summary: 'Let tills on other machines in, or by TLS alone; off unless said (LAPAK_LAN).',
  })(),
  'lan-names': Flags.string({
    summary: 'Names of this machine that tills use, by comma, beside those that the system knows (LAPAK_LAN_NAMES).',
    helpValue: '<names>',
  }),
  'node-tls-port': Flags.integer({
    summary: 'The port for TLS in the LAN; 7243 unless said (LAPAK_NODE_TLS_PORT).',
    min: 0,
    max: 65_535,
  }),
};

export const brokerFlags = {
  'mqtt-port': Flags.integer({
    summary: 'The port of the broker for its devices; 1883 unless said (LAPAK_MQTT_PORT). LAPAK_MQTT_URL names another broker.',
    min: 0,
    max: 65_535,
  }),
  'mqtt-tls-port': Flags.integer({
    summary: 'Its port for TLS, where the LAN is let in; 8883 unless said (LAPAK_MQTT_TLS_PORT).',
    min: 0,
    max: 65_535,
  }),
};

export const storeFlag = Flags.string({ summary: 'The store: its code, its id or a prefix of one.', helpValue: '<store>' });
