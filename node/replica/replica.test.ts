// The replica on a real SQLite file: a new copy beside the old one, cursors with their rows, and search over what is there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '#schema/values/assert';
import { startTestNode, type TestNode } from '../test-node.ts';
import type { RowChange } from './row-writer.ts';
import { replicaTables } from './tables.ts';

const table = (shape: string) =>
  present(
    replicaTables.find((replica) => replica.shape === shape),
    shape,
  );

describe('the replica', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode();
  });
  afterAll(() => node.remove());

  const names = (text: string) => {
    const { stores, search } = node.store;
    return search(present(stores.current(), 'a store'), text, 10).map(({ name }) => name);
  };
  const productRow = (sku: string, name: string): RowChange => ({
    operation: 'insert',
    row: {
      id: node.makeId(),
      sku,
      name,
      category_id: null,
      unit: 'pcs',
      quantity_scale: 0,
      tax_class: 'standard',
      dispensable: 0,
      stock_policy: 'warn',
      issue_method: 'fifo',
      position: 9,
      archived: 0,
    },
  });
  const priceOf = ({ row }: RowChange): RowChange => ({
    operation: 'insert',
    row: { id: node.makeId(), product_id: row.id, currency: 'IDR', amount: 900_000, version: 1 },
  });

  it('[PRD-05] finds by prefix, by any part, by code, by barcode, and with a slip of the finger', () => {
    expect(names('kopi')).toEqual(['Kopi susu']);
    expect(names('susu')).toEqual(['Kopi susu']);
    expect(names('KÓPI')).toEqual(['Kopi susu']);
    expect(names('te')).toEqual(['Teh manis']);
    expect(names('roti-bakar')).toEqual(['Roti bakar']);
    expect(names('8991234567892')).toEqual(['Kopi susu']);
    expect(names('kopi sussu')).toEqual(['Kopi susu']);
    expect(names('roti bakra')).toEqual(['Roti bakar']);
    expect(names('kopo susu')).toEqual(['Kopi susu']);
    expect(names('kopi duau')).toEqual([]);
  });

  it.each(['koxi', 'kpoi', 'okpi', 'kopii', 'suso', 'ssuu', 'kxpi sasu', 'susu kopo', 'Kópo'])(
    '[PRD-05] finds Kopi susu by %s: a letter wrong, too many, or two in the wrong order',
    (text) => expect(names(text)).toEqual(['Kopi susu']),
  );

  it('[PRD-05] finds nothing where there is nothing near', () => {
    expect(names('xyzzy')).toEqual([]);
    expect(names('%"*')).toEqual([]);
    expect(names('zz')).toEqual([]);
  });

  it('[SYN-04] a product without its price is not sellable yet, and is when the price arrives', () => {
    const { replica } = node.store;
    const added = productRow('KERUPUK', 'Kerupuk udang');
    replica.apply(table('products'), [added], { handle: 'h', offset: '1_0', complete: true });
    expect(names('kerupuk')).toEqual([]);
    replica.apply(table('prices'), [priceOf(added)], { handle: 'h', offset: '1_0', complete: true });
    expect(names('kerupuk')).toEqual(['Kerupuk udang']);
    replica.apply(table('products'), [{ operation: 'update', row: { id: added.row.id, name: 'Emping melinjo' } }], {
      handle: 'h',
      offset: '2_0',
      complete: true,
    });
    expect([names('udang'), names('emping')]).toEqual([[], ['Emping melinjo']]);
    replica.apply(table('products'), [{ operation: 'delete', row: { id: added.row.id } }], {
      handle: 'h',
      offset: '3_0',
      complete: true,
    });
    expect(names('emping')).toEqual([]);
    expect(replica.cursor(table('products'))).toEqual({ handle: 'h', offset: '3_0', complete: true });
  });

  it('[SYN-04] on must-refetch the old copy stays in use until the new one is complete, again and again', () => {
    const { replica } = node.store;
    const readIndexes = node.store.sqlite.prepare(
      "SELECT replace(name, 'next_', '') AS name FROM pragma_index_list('products') ORDER BY 1",
    );
    const indexes = readIndexes.all();
    expect(indexes).toHaveLength(3);
    for (const round of [1, 2, 3]) {
      const before = names('kopi');
      replica.restart(table('products'));
      const next = productRow(`KOPI-${round}`, `Kopi tubruk ${round}`);
      replica.stage(table('products'), [next]);
      expect(names('kopi')).toEqual(before);
      replica.apply(table('prices'), [priceOf(next)], { handle: 'h', offset: `${round}_0`, complete: true });
      replica.apply(table('products'), [], { handle: `h${round}`, offset: '0_0', complete: false });
      expect(replica.cursor(table('products'))).toMatchObject({ complete: false });
      expect(names('kopi')).toEqual(before);
      replica.apply(table('products'), [], { handle: `h${round}`, offset: '0_inf', complete: true });
      expect(names('kopi')).toEqual([`Kopi tubruk ${round}`]);
      expect(readIndexes.all()).toEqual(indexes);
    }
  });

  it('[SYN-04] a write that fails leaves rows and cursor as they were', () => {
    const { replica } = node.store;
    const before = { names: names('kopi'), cursor: replica.cursor(table('products')) };
    const broken: RowChange = { operation: 'insert', row: { ...productRow('X', 'Kopi rusak').row, name: null } };
    expect(() =>
      replica.apply(table('products'), [productRow('Y', 'Kopi baik'), broken], { handle: 'x', offset: '9_0', complete: true }),
    ).toThrow(/NOT NULL/);
    expect({ names: names('kopi'), cursor: replica.cursor(table('products')) }).toEqual(before);
  });

  it('[SYN-04] what is written after it waits for the disk again, whether it succeeded or failed', () => {
    const { replica, sqlite } = node.store;
    const full = 2;
    const safety = () => sqlite.pragma('synchronous', { simple: true });
    replica.apply(table('products'), [productRow('Z', 'Kopi hitam')], { handle: 'h', offset: '10_0', complete: true });
    expect(safety()).toBe(full);
    const broken: RowChange = { operation: 'insert', row: { ...productRow('Z', 'Kopi').row, name: null } };
    expect(() => replica.apply(table('products'), [broken], { handle: 'h', offset: '11_0', complete: true })).toThrow(/NOT NULL/);
    expect(safety()).toBe(full);
  });
});
