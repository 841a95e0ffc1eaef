// The devices of all stores as a dashboard: the broken ones first, what each is, where it is and what there is to say of it.
import type { DeviceGlance } from '#schema/wire/device-status';
import { ageText, ageWords } from '../../ui/time.ts';
import { cut, oneLine } from '../../ui/width.ts';
import type { Board, BoardColumn } from '../board/board.ts';
import type { Charset } from '../board/charset.ts';
import { rowsSeen } from '../board/picture.ts';
import { detail, goodText } from './detail.ts';
import { type DeviceRow, deviceRowOf, deviceStates } from './row.ts';

const seenText = ({ ageMs }: DeviceRow): string => (ageMs === null ? '-' : ageText(ageMs));

type Column = BoardColumn<DeviceRow>;

const left = { align: 'left' } as const;

const columns: readonly Column[] = [
  {
    name: 'device',
    title: 'DEVICE',
    ...left,
    min: 14,
    max: 22,
    drop: 0,
    text: ({ name }, charset) => charset.text(name),
    order: ({ name }) => name,
  },
  {
    name: 'type',
    title: 'TYPE',
    ...left,
    min: 10,
    max: 10,
    drop: 2,
    text: ({ device }) => device.kind,
    order: ({ device }) => device.kind,
  },
  {
    name: 'store',
    title: 'STORE',
    ...left,
    min: 17,
    max: 24,
    drop: 3,
    text: ({ device }, charset) => charset.text(device.storeName),
    order: ({ device }) => device.storeName,
  },
  {
    name: 'seen',
    title: 'SEEN',
    align: 'right',
    min: 5,
    max: 5,
    drop: 1,
    text: seenText,
    order: ({ ageMs }) => -(ageMs ?? Number.MAX_SAFE_INTEGER),
  },
  {
    name: 'good',
    title: 'GOOD',
    align: 'right',
    min: 6,
    max: 6,
    drop: 5,
    text: goodText,
    order: ({ good }) => good ?? Number.MAX_SAFE_INTEGER,
  },
  {
    name: 'version',
    title: 'VERSION',
    ...left,
    min: 8,
    max: 8,
    drop: 6,
    from: 100,
    text: ({ device }) => device.firmware ?? '-',
    order: ({ device }) => device.firmware ?? '',
  },
  {
    name: 'note',
    title: 'NOTE',
    ...left,
    min: 12,
    max: 60,
    drop: 4,
    text: ({ note }, charset) => charset.text(note || '-'),
    order: ({ note }) => note,
  },
];

function totals(rows: readonly DeviceRow[], width: number): string {
  const counts = deviceStates.flatMap((state) => {
    const count = rows.filter((row) => row.state === state).length;
    return count > 0 ? [`${count} ${state === 'OK' ? 'OK' : state.toLowerCase()}`] : [];
  });
  return cut(`${rows.length} ${rows.length === 1 ? 'device' : 'devices'}: ${counts.join('  ') || '-'}`, width);
}

function news(all: readonly DeviceRow[], { symbols }: Charset): string {
  const [newest, ...others] = all.filter(({ state }) => state === 'DOWN').sort((one, two) => (one.ageMs ?? 0) - (two.ageMs ?? 0));
  if (newest) {
    const said =
      newest.device.state === 'fault' ? (newest.device.reason ?? 'faulty') : `silent for ${ageWords(newest.ageMs ?? 0)}`;
    const more = others.length > 0 ? `, and ${others.length} more` : '';
    return `${symbols.DOWN} ${newest.name} at ${newest.device.storeName}: ${said}${more}`;
  }
  const alert = all.find(({ device }) => device.alerts.length > 0);
  return alert ? `! ${alert.name} at ${alert.device.storeName}: ${alert.device.alerts.join(', ')}` : '';
}

export const deviceBoard: Board<DeviceGlance, DeviceRow> = {
  tab: { number: 3, title: 'DEVICES' },
  noun: { one: 'device', many: 'devices' },
  command: 'device',
  columns,
  states: deviceStates,
  fields: ['state', 'device', 'number', 'type', 'store', 'code', 'seen', 'good', 'version', 'reason', 'alerts', 'settings'],
  rows: (picture, now) => rowsSeen(picture, now, deviceRowOf),
  filterable: ({ device, state, ageMs, name, good }) => ({
    state,
    device: name,
    number: device.number,
    type: device.kind,
    store: device.storeName,
    code: device.storeCode,
    seen: ageMs,
    good,
    version: device.firmware,
    reason: device.reason,
    alerts: device.alerts.join(' '),
    settings: device.configVersion,
  }),
  detail,
  totals,
  news,
  narrow: (row) => `${row.device.kind}  seen ${seenText(row)}  ${row.note || '-'}`,
  help: ({ symbols }) => ({
    states: [
      `${symbols.DOWN} DOWN faulty, or silent for 10 min   ${symbols.LATE} LATE silent, or outside its bounds`,
      `${symbols.UNKN} UNKN its store is silent, or we have no link   ${symbols.AWAY} AWAY its store may be`,
      `${symbols.BUSY} BUSY pouring   ${symbols.OK} OK   ${symbols.OFF} OFF not set up, or paused`,
    ],
    filters: ['state=down,late   type=fridge   seen>2m   good<98   !store~senja   alerts~warm'],
  }),
  plain: (row) => {
    const { name, device, state, ageMs, note, good } = row;
    return [
      `device ${oneLine(name)}`,
      `type ${device.kind}`,
      `store ${oneLine(device.storeName)}`,
      `state ${state.toLowerCase()}`,
      ...(note ? [`note ${oneLine(note)}`] : []),
      ...(good === null ? [] : [`good ${goodText(row)}`]),
      `seen ${ageMs === null ? '-' : ageWords(ageMs)}`,
    ].join(', ');
  },
  newsOf: ({ device, state, note }) => `${state} ${note} ${device.firmware}`,
  document: ({ device, state, ageMs, good }) => ({ ...device, told: device.state, state: state.toLowerCase(), ageMs, good }),
};
