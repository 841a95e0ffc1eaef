// A line of the screen as pieces of text with their style: what the layout makes, the view draws and tests read.
import { cut, padEnd, widthOf } from '../../ui/width.ts';

export interface Style {
  color?: 'yellow' | 'red' | 'cyan' | 'magenta';
  dim?: boolean;
  inverse?: boolean;
}

export interface Piece extends Style {
  text: string;
}

export type Line = readonly Piece[];

export const textOf = (line: Line): string => line.map(({ text }) => text).join('');

export const plainLine = (text: string, style: Style = {}): Line => [{ text, ...style }];

/** Exactly as wide as the screen: what is too long is cut with ~, the rest is blank. */
export function toScreenWidth(line: Line, width: number): Line {
  const pieces: Piece[] = [];
  let left = width;
  for (const [index, piece] of line.entries()) {
    const follows = line.slice(index + 1).some(({ text }) => text !== '');
    const text = follows && widthOf(piece.text) === left ? cut(`${piece.text} `, left) : cut(piece.text, left);
    pieces.push({ ...piece, text });
    left -= widthOf(text);
    if (left <= 0) break;
  }
  return left > 0 ? [...pieces, { text: padEnd('', left) }] : pieces;
}

/** One text at the left end and one at the right. */
export function bothEnds(left: string, right: string, width: number): string {
  const room = width - widthOf(right) - 1;
  return room < 1 ? cut(right, width) : `${padEnd(cut(left, room), room)} ${right}`;
}
