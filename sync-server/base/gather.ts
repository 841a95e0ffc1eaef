// Reads by id that are asked for in one turn of the event loop are one query. Nothing is remembered: every turn reads anew.

type ReadMany<Row> = (ids: readonly string[]) => Promise<ReadonlyMap<string, Row>>;

interface Round<Row> {
  ids: Set<string>;
  rows: Promise<ReadonlyMap<string, Row>>;
}

export function gather<Row>(readMany: ReadMany<Row>): (id: string) => Promise<Row | undefined> {
  let round: Round<Row> | undefined;

  function begin(): Round<Row> {
    const ids = new Set<string>();
    const isFull = new Promise<void>((resolve) => setImmediate(resolve));
    const rows = isFull.then(() => {
      round = undefined;
      return readMany([...ids]);
    });
    return { ids, rows };
  }

  return async (id) => {
    round ??= begin();
    const { ids, rows } = round;
    ids.add(id);
    return (await rows).get(id);
  };
}
