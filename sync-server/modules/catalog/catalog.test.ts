// The catalogue over HTTP: products with barcodes and prices, and what is refused.
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';

describe('the catalogue', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
    await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  });

  const refusalOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error) => error.problem as Record<string, unknown>,
    );
  const newProduct = (sku: string, given: object = {}) => ({ body: { id: centre.makeId(), sku, name: `Kopi ${sku}`, ...given } });

  it('[PRD-01] a product is added, shown, found, changed and archived', async () => {
    const parent = { id: centre.makeId(), name: 'Minuman' };
    await centre.as.category.create({ body: parent });
    const wish = newProduct('KOPI-1', {
      categoryId: parent.id,
      barcodes: ['8991002101234'],
      price: { amount: 1_800_000, currency: 'IDR' },
    });
    const product = await centre.as.product.create(wish);
    expect(product).toMatchObject({ sku: 'KOPI-1', barcodes: ['08991002101234'], prices: [{ amount: 1_800_000, version: 1 }] });
    expect(await centre.as.product.create(wish)).toEqual(product);
    expect(await centre.as.product.show({ params: { id: product.id } })).toEqual(product);
    for (const q of ['kopi-1', 'Kopi K', '8991002101234'])
      expect((await centre.as.product.list({ query: { q } })).items).toMatchObject([{ id: product.id }]);
    expect((await centre.as.product.list({ query: { q: '100%_' } })).items).toEqual([]);
    const changed = await centre.as.product.change({
      params: { id: product.id },
      body: { name: 'Kopi tubruk', barcodes: ['96385074'] },
    });
    expect(changed).toMatchObject({ name: 'Kopi tubruk', sku: 'KOPI-1', barcodes: ['00000096385074'], categoryId: parent.id });
    expect(await centre.as.product.archive({ params: { id: product.id } })).toMatchObject({ archived: true });
    expect((await centre.as.product.list({ query: { categoryId: parent.id } })).items).toEqual([]);
    expect((await centre.as.product.list({ query: { archived: 'true' } })).items).toMatchObject([{ id: product.id }]);
  });

  it('[PRD-01] pages through products by SKU, each once', async () => {
    for (const n of [1, 2, 3, 4, 5]) await centre.as.product.create(newProduct(`PAGE-${n}`));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await centre.as.product.list({ query: { q: 'PAGE-', limit: '2', ...(after !== undefined && { after }) } });
      seen.push(...page.items.map(({ sku }) => sku));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual([1, 2, 3, 4, 5].map((n) => `PAGE-${n}`));
    expect(await refusalOf(centre.as.product.list({ query: { after: 'nonsense' } }))).toMatchObject({
      status: 422,
      code: 'bad-cursor',
    });
  });

  it('[PRD-01] a price rises in version with each change, and not by a repetition', async () => {
    const { id } = await centre.as.product.create(newProduct('PRICE-1'));
    const set = (amount: number, currency = 'IDR') => centre.as.product.setPrice({ params: { id }, body: { amount, currency } });
    const first = await set(1_000_000);
    expect([first.version, (await set(1_000_000)).version, (await set(1_200_000)).version]).toEqual([1, 1, 2]);
    expect(await set(1_200_000)).toMatchObject({ id: first.id, amount: 1_200_000 });
    expect(await refusalOf(set(1_000_050))).toMatchObject({ status: 422, code: 'not-payable', field: 'amount' });
    expect(await refusalOf(set(100, 'XTS'))).toMatchObject({ status: 422, code: 'unknown-currency' });
    expect(await refusalOf(set(-100))).toMatchObject({ status: 422, code: 'bad-input', field: 'amount' });
    expect(await refusalOf(set(0.5))).toMatchObject({ status: 422, code: 'bad-input', field: 'amount' });
  });

  it('[PRD-03] barcodes keep their check digit and belong to one product', async () => {
    await centre.as.product.create(newProduct('CODE-1', { barcodes: ['036000291452'] }));
    const add = (sku: string, given: object) => refusalOf(centre.as.product.create(newProduct(sku, given)));
    expect(await add('CODE-2', { barcodes: ['0036000291452'] })).toMatchObject({
      status: 409,
      code: 'barcode-taken',
      field: 'barcodes[0]',
    });
    expect(await add('CODE-3', { barcodes: ['036000291453'] })).toMatchObject({ status: 422, code: 'bad-barcode' });
    // What was refused has left nothing behind.
    expect((await centre.as.product.list({ query: { q: 'CODE-' } })).items).toHaveLength(1);
  });

  it('[PRD-10] [INV-04] [USR-02] what tills and stock must know of a product stands with it, each with a standard', async () => {
    const plain = await centre.as.product.create(newProduct('FLAGS-1'));
    expect(plain).toMatchObject({ ageLimit: null, issueMethod: 'fifo', lowStockAt: null, pluCode: null });
    const flags = { ageLimit: 18, issueMethod: 'fefo' as const, lowStockAt: 5, pluCode: '123' };
    const { id } = await centre.as.product.create(newProduct('FLAGS-2', flags));
    expect(await centre.as.product.show({ params: { id } })).toMatchObject(flags);
    const change = (body: object) => refusalOf(centre.as.product.change({ params: { id: plain.id }, body }));
    expect(await change({ pluCode: '123' })).toMatchObject({ status: 409, code: 'plu-taken', field: 'pluCode' });
    expect(await refusalOf(centre.as.product.create(newProduct('FLAGS-3', { pluCode: '123' })))).toMatchObject({
      code: 'plu-taken',
    });
    for (const [field, value] of [
      ['ageLimit', 0],
      ['ageLimit', '18'],
      ['issueMethod', 'random'],
      ['lowStockAt', -1],
      ['pluCode', '0123'],
    ] as const)
      expect(await change({ [field]: value })).toMatchObject({ status: 422, field });
    expect(await centre.as.product.show({ params: { id: plain.id } })).toEqual(plain);
    await centre.as.product.change({ params: { id }, body: { ageLimit: null, pluCode: null } });
    expect(await centre.as.product.show({ params: { id } })).toMatchObject({
      ageLimit: null,
      issueMethod: 'fefo',
      pluCode: null,
    });
  });

  it('[PRD-06] a product is sold in every store but those that it was taken out of', async () => {
    const [here, there] = [await centre.addStore(), await centre.addStore()];
    const { id } = await centre.as.product.create(newProduct('AVAIL-1'));
    const set = (body: object, productId = id) =>
      centre.as.availability.set({ params: { id: productId }, body: body as { storeId: string; available: boolean } });
    const off = async (storeId: string) =>
      (await centre.as.availability.list({ query: { storeId, available: 'false' } })).items.map(({ sku }) => sku);
    expect(await off(here)).toEqual([]);
    expect(await set({ storeId: here, available: false })).toMatchObject({ storeId: here, sku: 'AVAIL-1', available: false });
    expect([await off(here), await off(there)]).toEqual([['AVAIL-1'], []]);
    const all = await centre.as.availability.list({ query: { storeId: there, limit: '500' } });
    expect(all.items.find(({ productId }) => productId === id)).toMatchObject({ available: true });
    await set({ storeId: here, available: true });
    expect(await off(here)).toEqual([]);
    expect(await refusalOf(set({ storeId: centre.makeId(), available: true }))).toMatchObject({
      status: 422,
      code: 'unknown-store',
    });
    expect(await refusalOf(set({ storeId: here, available: true }, centre.makeId()))).toMatchObject({ status: 404 });
    expect(await refusalOf(set({ storeId: here, available: 'no' }))).toMatchObject({ status: 422, field: 'available' });
  });

  it('refuses what does not hold, by field, and changes nothing', async () => {
    const wish = newProduct('RULE-1');
    await centre.as.product.create(wish);
    const add = (given: object) => refusalOf(centre.as.product.create(newProduct('RULE-2', given)));
    expect(await refusalOf(centre.as.product.create({ body: { ...wish.body, name: 'Other' } }))).toMatchObject({
      code: 'id-reused',
    });
    expect(await add({ sku: 'RULE-1' })).toMatchObject({ status: 409, code: 'sku-taken', field: 'sku' });
    expect(await add({ categoryId: centre.makeId() })).toMatchObject({ status: 422, code: 'unknown-category' });
    expect(await add({ taxClass: 'luxury' })).toMatchObject({ status: 422, code: 'unknown-tax-class' });
    expect(await add({ price: { amount: 50, currency: 'IDR' } })).toMatchObject({ code: 'not-payable', field: 'price.amount' });
    expect(await add({ colour: 'red' })).toMatchObject({ status: 422, code: 'unknown-field', field: 'colour' });
    expect(await add({ quantityScale: '0' })).toMatchObject({ status: 422, code: 'bad-input', field: 'quantityScale' });
    expect(await refusalOf(centre.as.product.show({ params: { id: centre.makeId() } }))).toMatchObject({ status: 404 });
    expect((await centre.as.product.list({ query: { q: 'RULE-2' } })).items).toEqual([]);
  });

  it('a tax rate rises in version with each change', async () => {
    const set = (rate: number) =>
      centre.as.taxRate.set({ body: { country: 'SE', taxClass: 'food', name: 'Moms', rate, inclusive: true } });
    expect([(await set(1_200)).version, (await set(1_200)).version, (await set(600)).version]).toEqual([1, 1, 2]);
    expect((await centre.as.taxRate.list()).items).toMatchObject([{ country: 'ID' }, { country: 'SE', rate: 600, version: 2 }]);
  });
});
