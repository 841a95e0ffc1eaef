// The sample goods: what a warung sells, at prices that exist, in whole rupiah as customers pay them (tax included).

export interface SampleProduct {
  sku: string;
  name: string;
  rupiah: number;
  /** How many the store begins with. */
  stock: number;
  dispensable?: true;
}

const item = (sku: string, name: string, rupiah: number, stock = 24): SampleProduct => ({ sku, name, rupiah, stock });

export const sampleStore = {
  code: 'warung-sari',
  name: 'Warung Sari',
  address: 'Jl. Suryakencana 12, Bogor',
  receiptFooter: 'Terima kasih, sampai jumpa lagi',
} as const;

/** Roles for names: nobody is invented. Whoever seeds brings their PINs. */
export const samplePeople = [
  { name: 'Kasir', role: 'cashier' },
  { name: 'Kepala Toko', role: 'manager' },
] as const;

export const sampleDispenser = { name: 'Air 1', slot: 0, sku: 'AIR-600' } as const;

export const sampleCategories: readonly { name: string; products: readonly SampleProduct[] }[] = [
  {
    name: 'Kopi',
    products: [
      item('KOPI-TUBRUK', 'Kopi tubruk', 8_000, 60),
      item('KOPI-SUSU', 'Kopi susu gula aren', 18_000, 60),
      item('KOPI-ES', 'Es kopi susu', 20_000, 60),
      item('AMERICANO', 'Americano', 16_000, 60),
      item('CAPPUCCINO', 'Cappuccino', 22_000, 60),
      item('KOPI-GAYO-200', 'Biji kopi Gayo 200 g', 68_000, 12),
      item('KOPI-TORAJA-200', 'Biji kopi Toraja 200 g', 72_500, 12),
      item('KOPI-SACHET', 'Kopi sachet 10 × 20 g', 14_500, 40),
    ],
  },
  {
    name: 'Teh dan minuman',
    products: [
      item('TEH-TAWAR', 'Teh tawar hangat', 3_000, 60),
      item('TEH-MANIS', 'Es teh manis', 5_000, 60),
      item('TEH-TARIK', 'Teh tarik', 12_000, 60),
      item('WEDANG-JAHE', 'Wedang jahe', 10_000, 40),
      item('ES-JERUK', 'Es jeruk peras', 9_000, 40),
      item('TEH-CELUP', 'Teh celup 25 kantong', 8_900, 30),
      { sku: 'AIR-600', name: 'Air 600 ml', rupiah: 3_000, stock: 200, dispensable: true },
    ],
  },
  {
    name: 'Roti dan kue',
    products: [
      item('ROTI-BAKAR', 'Roti bakar cokelat keju', 17_000, 30),
      item('ROTI-TAWAR', 'Roti tawar', 16_500, 15),
      item('PISANG-GORENG', 'Pisang goreng', 10_000, 30),
      item('ONDE-ONDE', 'Onde-onde', 3_500, 40),
      item('KLEPON', 'Klepon isi 5', 8_000, 25),
      item('LEMPER', 'Lemper ayam', 5_500, 30),
    ],
  },
  {
    name: 'Sembako',
    products: [
      item('BERAS-5', 'Beras pulen 5 kg', 74_500, 20),
      item('GULA-1', 'Gula pasir 1 kg', 17_500, 30),
      item('MINYAK-1', 'Minyak goreng 1 liter', 18_900, 30),
      item('TELUR-10', 'Telur ayam isi 10', 28_000, 25),
      item('TEPUNG-1', 'Tepung terigu 1 kg', 12_500, 25),
      item('GARAM-250', 'Garam halus 250 g', 3_200, 40),
      item('SUSU-1', 'Susu UHT 1 liter', 19_800, 24),
    ],
  },
  {
    name: 'Mi dan bumbu',
    products: [
      item('MI-GORENG', 'Mi goreng instan', 3_100, 120),
      item('MI-KUAH', 'Mi kuah soto instan', 3_000, 120),
      item('KECAP-275', 'Kecap manis 275 ml', 11_900, 24),
      item('SAMBAL-135', 'Sambal botol 135 ml', 9_400, 24),
      item('KALDU', 'Kaldu ayam bubuk 100 g', 5_300, 36),
      item('TERASI', 'Terasi 60 g', 6_700, 24),
    ],
  },
  {
    name: 'Camilan',
    products: [
      item('KERIPIK-SINGKONG', 'Keripik singkong balado', 12_000, 30),
      item('KERUPUK-UDANG', 'Kerupuk udang', 15_000, 30),
      item('KACANG-BAWANG', 'Kacang bawang 200 g', 13_500, 30),
      item('BISKUIT', 'Biskuit kelapa', 9_800, 30),
      item('COKELAT-50', 'Cokelat batang 50 g', 11_200, 30),
    ],
  },
];
