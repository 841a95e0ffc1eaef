// Puts the sample goods into a centre through its public API. Every id is fixed, so that a seed that broke off is finished by doing it again.
import type { Centre } from '#cli/connect';
import { present } from '#schema/values/assert';
import { sampleBarcode } from './barcode.ts';
import { sampleCategories, sampleDispenser, samplePeople, sampleStore } from './goods.ts';

const CURRENCY = 'IDR';
const MINOR_UNITS = 100;

const kinds = { store: 1, category: 2, product: 3, dispenser: 4, stock: 5, staff: 6 } as const;

/** A UUIDv7 of a moment long past: the same thing has the same id in every seed. */
const fixedId = (kind: keyof typeof kinds, index: number): string =>
  `01930000-0000-7000-800${kinds[kind]}-${index.toString(16).padStart(12, '0')}`;

export interface Seeded {
  storeId: string;
  products: number;
}

/** `pins` are those of the sample people, in their order. */
export async function seed(centre: Centre, pins: readonly string[], tell: (text: string) => void = () => {}): Promise<Seeded> {
  tell('tax rates');
  await centre.taxRate.set({
    body: { country: 'ID', taxClass: 'standard', name: 'PPN 11 %', rate: 1_100, inclusive: true },
  });
  const storeId = await seedStore(centre);
  for (const [index, person] of samplePeople.entries()) {
    const pin = present(pins[index], `a PIN for ${person.name}`);
    await centre.staff.create({ body: { id: fixedId('staff', index + 1), storeId, ...person, pin } });
  }
  tell('products');
  const products = await seedCatalogue(centre);
  tell('stock');
  await seedDispenser(centre, storeId, products);
  for (const { id, stock, index } of products.values()) await seedStock(centre, { storeId, productId: id, stock, index });
  return { storeId, products: products.size };
}

async function seedStore(centre: Centre): Promise<string> {
  const id = fixedId('store', 1);
  const { code, name, address, receiptFooter } = sampleStore;
  await centre.store.create({
    body: {
      id,
      code,
      name,
      address,
      country: 'ID',
      currency: CURRENCY,
      timeZone: 'Asia/Jakarta',
      language: 'id',
      environment: 'demo',
      settings: { receiptFooter },
    },
  });
  return id;
}

interface SeededProduct {
  id: string;
  index: number;
  stock: number;
}

async function seedCatalogue(centre: Centre): Promise<Map<string, SeededProduct>> {
  const seeded = new Map<string, SeededProduct>();
  for (const [position, { name, products }] of sampleCategories.entries()) {
    const categoryId = fixedId('category', position + 1);
    await centre.category.create({ body: { id: categoryId, name, position } });
    for (const product of products) {
      const index = seeded.size + 1;
      const id = fixedId('product', index);
      await centre.product.create({
        body: {
          id,
          sku: product.sku,
          name: product.name,
          categoryId,
          taxClass: 'standard',
          position: index,
          barcodes: [sampleBarcode(index)],
          price: { amount: product.rupiah * MINOR_UNITS, currency: CURRENCY },
          ...(product.dispensable && { dispensable: true, stockPolicy: 'forbid' as const }),
        },
      });
      seeded.set(product.sku, { id, index, stock: product.stock });
    }
  }
  return seeded;
}

async function seedDispenser(centre: Centre, storeId: string, products: ReadonlyMap<string, SeededProduct>): Promise<void> {
  const { name, slot, sku } = sampleDispenser;
  const productId = products.get(sku)?.id;
  if (productId === undefined) throw new Error(`the sample dispenser pours ${sku}, which is no sample product`);
  await centre.device.create({
    body: {
      id: fixedId('dispenser', 1),
      storeId,
      kind: 'dispenser',
      name,
      slots: [{ slot, productId }],
      link: { kind: 'virtual' },
    },
  });
}

interface FirstStock {
  storeId: string;
  productId: string;
  stock: number;
  index: number;
}

/** Asked of the store, as everything that happens there: its node records it when it first hears of it. */
async function seedStock(centre: Centre, { storeId, productId, stock, index }: FirstStock): Promise<void> {
  const id = fixedId('stock', index);
  await centre.inventory.direct({
    body: { id, storeId, productId, movement: 'receive', quantity: stock, reason: 'Stok awal contoh' },
  });
}
