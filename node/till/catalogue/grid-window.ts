// Which tiles exist: those in sight and about one screen around them, never more than 80, however many products there are.
export const TILE_WIDTH = 145;
export const TILE_HEIGHT = 96;
export const TILE_GAP = 12;
export const ROW_HEIGHT = TILE_HEIGHT + TILE_GAP;
const MOST_TILES = 80;

export interface GridView {
  width: number;
  height: number;
  scrollTop: number;
  count: number;
}

export interface GridWindow {
  columns: number;
  rows: number;
  /** The first tile and the one after the last. */
  from: number;
  to: number;
  firstRow: number;
  contentHeight: number;
}

export function gridWindow({ width, height, scrollTop, count }: GridView): GridWindow {
  // A row cut at the top and one at the bottom.
  const inSight = Math.ceil(height / ROW_HEIGHT) + 1;
  const fitting = Math.max(2, Math.floor((width + TILE_GAP) / (TILE_WIDTH + TILE_GAP)));
  const columns = Math.max(1, Math.min(fitting, Math.floor(MOST_TILES / inSight)));
  const rows = Math.ceil(count / columns);
  const spare = Math.floor(MOST_TILES / columns) - inSight;
  const around = Math.max(0, Math.min(inSight, Math.floor(spare / 2)));
  const contentHeight = Math.max(0, rows * ROW_HEIGHT - TILE_GAP);
  // A list that has just become shorter is told an old scroll position once.
  const top = Math.floor(Math.max(0, Math.min(scrollTop, contentHeight - height)) / ROW_HEIGHT);
  const firstRow = Math.max(0, top - around);
  const lastRow = Math.min(rows, top + inSight + around);
  return {
    columns,
    rows,
    firstRow,
    from: firstRow * columns,
    to: Math.min(count, lastRow * columns),
    contentHeight,
  };
}

/** Where an arrow leads from a tile; undefined where there is no tile that way. */
export function neighbour(index: number, key: string, columns: number, count: number): number | undefined {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === 'Home') return count > 0 ? 0 : undefined;
  if (key === 'End') return count > 0 ? count - 1 : undefined;
  const to = index + (steps[key] ?? Number.NaN);
  return to >= 0 && to < count ? to : undefined;
}
