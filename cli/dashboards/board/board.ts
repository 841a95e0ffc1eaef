// What a dashboard is made of, whatever it shows: rows with a state and columns with a place. Layout, keys, feed and screen are the same for all.
import type { Filterable } from '../../ui/filter.ts';
import type { Charset } from './charset.ts';
import type { Line } from './line.ts';
import type { Picture } from './picture.ts';

export interface BoardRow {
  /** By which it stays selected and pinned. */
  id: string;
  name: string;
  /** Another word for it, by which it may be called too. */
  code: string;
  state: string;
  /** Since it was last heard; null when it never was. */
  ageMs: number | null;
  /** Too old to be taken as the present. */
  dim: boolean;
}

export interface BoardColumn<Row extends BoardRow> {
  name: string;
  title: string;
  align: 'left' | 'right';
  min: number;
  max: number;
  /** The higher, the sooner it goes; 0 never goes. */
  drop: number;
  /** The terminal from which it is worth its room. */
  from?: number;
  text(row: Row, charset: Charset, width: number): string;
  /** What it is sorted by. */
  order(row: Row): number | string;
}

export interface Board<Item, Row extends BoardRow> {
  tab: { number: number; title: string };
  /** One of its rows, and several. */
  noun: { one: string; many: string };
  /** What may be said to go to one of them: `:store NAME`. */
  command: string;
  columns: readonly BoardColumn<Row>[];
  /** Worst first: how rows stand when they are sorted by state. */
  states: readonly string[];
  fields: readonly string[];
  rows(picture: Picture<Item>, now: number): Row[];
  filterable(row: Row): Filterable;
  detail(row: Row, charset: Charset, width: number): Line[];
  /** Under the list. */
  totals(rows: readonly Row[], width: number): string;
  /** On the message line while there is nothing else to say. */
  news(all: readonly Row[], charset: Charset): string;
  /** The second of two lines where the terminal is narrow. */
  narrow(row: Row): string;
  /** What its states mean, and filters as they may be written, for the help. */
  help(charset: Charset): { states: readonly string[]; filters: readonly string[] };
  /** One line for pipes and screen readers, and what makes it worth saying again. */
  plain(row: Row): string;
  newsOf(row: Row): string;
  /** For programs. */
  document(row: Row): object;
}
