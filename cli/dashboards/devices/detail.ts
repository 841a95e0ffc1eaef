// One device in full: the pane beside the list on a wide terminal, the whole body on a narrow one.
import type { DeviceGlance } from '#schema/wire/device-status';
import { ageText, timeCell } from '../../ui/time.ts';
import { cut, padEnd } from '../../ui/width.ts';
import type { Charset } from '../board/charset.ts';
import { type Line, plainLine } from '../board/line.ts';
import { type DeviceRow, weekOf } from './row.ts';

const NAME_WIDTH = 11;

type Side = readonly [name: string, text: string];

export const goodText = ({ good }: Pick<DeviceRow, 'good'>): string => (good === null ? '-' : `${good.toFixed(1)}%`);

export function detail(row: DeviceRow, charset: Charset, width: number): Line[] {
  const { device, state, note, ageMs } = row;
  const sides: Side[] = [
    ['Store', device.storeName],
    ['Type', device.number === null ? device.kind : `${device.kind}, number ${device.number}`],
    ['Seen', ageMs === null ? 'never' : `${ageText(ageMs)} ago`],
    ['Since', device.since === null ? '-' : timeCell(device.since)],
    ...pouringSides(row),
    ['Firmware', device.firmware ?? '-'],
    ['Settings', settingsText(device)],
    ['Alerts', device.alerts.length === 0 ? 'none' : device.alerts.join(', ')],
    ['Note', note || '-'],
    ['More', `lapak device show ${device.number ?? device.id.slice(0, 8)}`],
  ];
  const title = `${device.name}  ${charset.symbols[state] ?? '?'} ${state}`;
  const lines = sides.map(([name, text]) => `${padEnd(name, NAME_WIDTH)} ${text}`);
  return [title, ...lines].map((text) => plainLine(cut(charset.text(text), width)));
}

/** What only a device that pours has to say. */
function pouringSides(row: DeviceRow): Side[] {
  const { pours, paused, pouring } = row.device;
  if (!pours) return [];
  const { today, lastGoodAt } = pours;
  const sides: Side[] = [];
  if (row.state === 'BUSY') sides.push(['Pours for', pouring?.receipt ?? 'no receipt']);
  if (paused) sides.push(['Paused', `${timeCell(paused.since)}${paused.by === null ? '' : ` by ${paused.by}`}`]);
  sides.push(['Today', `${today.ok} ok   ${today.failed} failed   ${today.uncertain} uncertain`]);
  sides.push(['Good', row.good === null ? 'nothing poured in 7 days' : `${goodText(row)} of ${weekOf(pours)} in 7 days`]);
  sides.push(['Last good', lastGoodAt === null ? 'never' : timeCell(lastGoodAt)]);
  return sides;
}

const settingsText = ({ configVersion, wantedConfigVersion }: DeviceGlance): string =>
  configVersion === null || configVersion === wantedConfigVersion
    ? `version ${wantedConfigVersion}`
    : `version ${configVersion}, wanted ${wantedConfigVersion}`;
