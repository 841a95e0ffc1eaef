// Colour on a terminal that has it and a person who wants it; plain text for everyone else. Colour never says what the words do not.

export type Paint = (text: string) => string;

export interface Palette {
  red: Paint;
  yellow: Paint;
  dim: Paint;
}

const wrap =
  (open: number, close: number): Paint =>
  (text) =>
    `\u001b[${open}m${text}\u001b[${close}m`;
const plain: Paint = (text) => text;

export interface ColorWish {
  isTTY: boolean;
  noColor: boolean;
  env: NodeJS.ProcessEnv;
}

export const wantsColor = ({ isTTY, noColor, env }: ColorWish): boolean =>
  isTTY && !noColor && !env.NO_COLOR && env.TERM !== 'dumb';

export const palette = (colored: boolean): Palette =>
  colored ? { red: wrap(31, 39), yellow: wrap(33, 39), dim: wrap(2, 22) } : { red: plain, yellow: plain, dim: plain };
