// Which rows are in sight and in which order: filtered, sorted, the pinned ones first. Pure.
import type { Board, BoardRow } from './board.ts';
import { compareRows } from './columns.ts';
import { filterInForce, type UiState } from './ui-state.ts';

export function visibleRows<Row extends BoardRow>(
  board: Pick<Board<never, Row>, 'columns' | 'states' | 'fields' | 'filterable'>,
  rows: readonly Row[],
  { filter, sort, pinned }: UiState,
): Row[] {
  const { matches } = filterInForce(filter, board.fields);
  const isPinned = ({ id }: Row) => pinned.includes(id);
  const compare = compareRows(board, sort);
  return rows
    .filter((row) => matches(board.filterable(row)))
    .sort((left, right) => Number(isPinned(right)) - Number(isPinned(left)) || compare(left, right));
}
