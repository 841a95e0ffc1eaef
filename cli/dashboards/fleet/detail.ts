// One store in full: the pane beside the list on a wide terminal, the whole body on a narrow one.
import { ageText } from '../../ui/time.ts';
import { cut, padEnd } from '../../ui/width.ts';
import type { Charset } from '../board/charset.ts';
import { type Line, plainLine } from '../board/line.ts';
import { countText, salesText } from './columns.ts';
import type { Row } from './row.ts';
import { sparkline } from './sparkline.ts';

const NAME_WIDTH = 11;

export function detailLines(row: Row, charset: Charset, width: number): Line[] {
  const { store, ageMs, oldestMs } = row;
  const title = `${store.name}  ${charset.symbols[row.state] ?? '?'} ${row.state}`;
  const sides: [string, string][] = [
    ['Code', store.code],
    ['Heard', ageMs === null ? 'never' : `${ageText(ageMs)} ago`],
    ['Day', store.businessDate],
    ['Sales', row.answers ? `${store.salesCount}   ${salesText(row)}` : '?'],
    ['By hour', row.answers ? sparkline(store.hours, 24, charset.marks) : ''],
    ['Queue', queueText(row, oldestMs)],
    ['Devices', store.devices ? `${store.devices.online} of ${store.devices.total} answer` : '-'],
    ['Exceptions', store.exceptions === 0 ? 'none' : `${store.exceptions}   lapak exception list --store ${store.code}`],
    ['Not applied', store.unapplied === 0 ? 'nothing' : `${countText(store.unapplied)} facts`],
    ['Node', store.version ?? '-'],
  ];
  const lines = sides.map(([name, text]) => `${padEnd(name, NAME_WIDTH)} ${text}`);
  return [title, ...lines].map((text) => plainLine(cut(charset.text(text), width)));
}

function queueText({ store, answers }: Row, oldestMs: number | null): string {
  if (store.waiting === null || !answers) return '?';
  return `${countText(store.waiting)}${oldestMs === null ? '' : `   oldest ${ageText(oldestMs)}`}`;
}
