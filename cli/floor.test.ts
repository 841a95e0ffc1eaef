// What an administrator types for the floor of a store: its people, its settings, its goods, its customers; the binary against a real centre.
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '#sync-server/test-centre';
import { type RunOptions, runIn, testFolder } from './test-cli.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addStore({ code: 'warung-sari', name: 'Warung Sari' });
  await centre.addStore({ code: 'kedai-dua', name: 'Kedai Dua' });
  await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
});

const lapak = (args: readonly string[], more: RunOptions = {}) =>
  runIn(testFolder(), args, { ...more, env: { LAPAK_SERVER: centre.url, LAPAK_TOKEN: centre.admin.token } });

const result = async (args: readonly string[], more: RunOptions = {}) => {
  const { stdout } = await lapak([...args, '--json'], more);
  return (JSON.parse(stdout) as { result: unknown }).result as Record<string, unknown>;
};

describe('the people of the tills', () => {
  it('[IAM-07] come with a PIN from standard input, or one that is shown this once; no answer has it afterwards', async () => {
    const typed = await lapak(['staff', 'add', 'warung-sari', 'Kasir Pagi', '--pin', '-'], { input: '481516\n' });
    expect(typed).toMatchObject({ code: 0, stdout: 'Added Kasir Pagi as cashier in Warung Sari.\n' });
    const made = await result(['staff', 'add', 'kedai-dua', 'Kepala Toko', '--role', 'manager', '--random-pin']);
    expect(made).toMatchObject({ name: 'Kepala Toko', role: 'manager', pin: expect.stringMatching(/^\d{6}$/) });
    expect(JSON.stringify(await result(['staff', 'list']))).not.toMatch(new RegExp(`481516|${String(made.pin)}|argon2`));
    expect((await lapak(['staff'])).stdout).toMatch(/NAME +ROLE +STORE[\s\S]*Kasir Pagi +cashier +warung-sari/);
    const dry = await lapak(['staff', 'add', 'warung-sari', 'X', '--pin', '-', '--dry-run', '--json'], { input: '235711' });
    expect(dry.stdout).toContain('(hidden)');
    expect(dry.stdout).not.toContain('235711');
  });

  it('[IAM-07] are told apart by their store where two have one name, and leave', async () => {
    for (const store of ['warung-sari', 'kedai-dua']) await lapak(['staff', 'add', store, 'Kasir Malam', '--random-pin']);
    const both = await lapak(['staff', 'remove', 'kasir malam', '--yes']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--store')]);
    expect((await lapak(['staff', 'remove', 'kasir malam', '--store', 'kedai-dua', '--yes'])).code).toBe(0);
    expect((await lapak(['staff', 'list', '--store', 'kedai-dua', '--columns', 'name'])).stdout).not.toContain('Kasir Malam');
    expect((await lapak(['staff', 'change', 'kasir malam', '--store', 'kedai-dua', '--active'])).code).toBe(0);
    expect((await lapak(['staff', 'list', '--store', 'kedai-dua', '--columns', 'name'])).stdout).toContain('Kasir Malam');
    expect((await lapak(['staff', 'badge', 'kepala'])).stdout).toMatch(/^LB[0-9A-Z]{24}\n/);
    expect((await lapak(['staff', 'badge', 'kepala', '--withdraw'])).stdout).toContain('no badge');
    expect((await lapak(['staff', 'pin', 'kepala', '--random-pin'])).stdout).toMatch(/new PIN: \d{6}/);
  });

  it.each([
    ['a PIN in sight', ['staff', 'pin', 'Kepala Toko', '--pin', '123456'], '', 2, '--pin -'],
    ['a PIN that is none', ['staff', 'pin', 'Kepala Toko', '--pin', '-'], '12345', 2, 'six digits'],
    ['nobody to type it', ['staff', 'pin', 'Kepala Toko'], '', 2, '--pin -'],
    ['somebody who is not there', ['staff', 'remove', 'Nobody', '--yes'], '', 4, 'lapak staff list'],
    ['nothing to change', ['staff', 'change', 'Kepala Toko'], '', 2, '--role'],
  ])('[IAM-07] %s says what to do', async (_, args, input, code, text) => {
    const ran = await lapak(args, { input });
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(text);
    expect(ran.stderr).not.toMatch(/123456|12345\b/);
  });
});

describe('the settings of a store', () => {
  const change = (...sets: string[]) => lapak(['store', 'settings', 'warung-sari', ...sets.flatMap((set) => ['--set', set])]);

  it('[STO-02] are written and read as people write them', async () => {
    const { code, stdout } = await change(
      'tips=yes',
      'refundLimit=200.000',
      'discountLimit.percent=12,5',
      'returnDays=none',
      'languages=id,en',
    );
    expect(code).toBe(0);
    for (const line of [
      /tips +yes/,
      /refundLimit +200\.000/,
      /discountLimit\.percent +12\.5 %/,
      /returnDays +none/,
      /languages +id,en/,
    ])
      expect(stdout).toMatch(line);
    expect(await result(['store', 'settings', 'warung-sari'])).toMatchObject({
      tips: true,
      refundLimit: 20_000_000,
      discountLimit: { percent: 1_250, amount: 10_000_000 },
      returnDays: null,
      languages: ['id', 'en'],
    });
  });

  it.each([
    ['tip=yes', 2, 'Did you mean tips?'],
    ['tips=maybe', 2, 'yes or no'],
    ['refundLimit=19.5', 2, 'refundLimit'],
    ['languages=de', 2, 'id, en, sv'],
    ['tips', 2, '--set tips=yes'],
    ['cutOverHour=99', 2, 'cutOverHour'],
    ['offlineQris=unverified', 2, 'qrisStatic'],
  ])('[STO-02] %s is refused by its name', async (set, code, text) => {
    const ran = await change(set);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(text);
  });
});

describe('the goods of the floor', () => {
  it('[PRD-06] [PRD-10] [USR-02] carry their rules, and are taken out of a store and back', async () => {
    const add = ['product', 'add', 'APEL', '--name', 'Apel', '--unit', 'kg', '--quantity-scale', '3', '--price', '40000'];
    expect(await result([...add, '--plu', '12345', '--low-stock-at', '2.5', '--issue-method', 'fefo'])).toMatchObject({
      pluCode: '12345',
      lowStockAt: 2_500,
      issueMethod: 'fefo',
      ageLimit: null,
    });
    expect(await result(['product', 'change', 'APEL', '--age-limit', '18', '--plu', 'none'])).toMatchObject({
      ageLimit: 18,
      pluCode: null,
    });
    expect((await lapak(['product', 'show', 'APEL'])).stdout).toMatch(/Age limit +18 years/);
    expect((await lapak(['product', 'change', 'APEL', '--age-limit', 'old'])).stderr).toContain('--age-limit 18');
    expect((await lapak(['product', 'withhold', 'APEL', '--store', 'warung-sari'])).stdout).toContain('not sold in Warung Sari');
    const off = ['product', 'availability', '--store', 'warung-sari', '--off', '--columns', 'sku'];
    expect((await lapak(off)).stdout).toBe('SKU\nAPEL\n');
    expect((await lapak(['product', 'offer', 'APEL', '--store', 'warung-sari'])).code).toBe(0);
    expect((await lapak(off)).stdout).toBe('It sells everything.\n');
  });
});

describe('customers', () => {
  it('[USR-04] [USR-02] [USR-05] are added, found again as one, proven of age and forgotten', async () => {
    expect((await lapak(['customer', 'add', 'warung-sari', 'Pelanggan', '--phone', '0812-3456-7890'])).stdout).toContain('Added');
    expect((await lapak(['customer', 'add', 'kedai-dua', 'P.', '--phone', '+6281234567890'])).stdout).toContain(
      'Known already: Pelanggan',
    );
    expect((await lapak(['customer', 'list', '--columns', 'name,stores'])).stdout).toMatch(/Pelanggan +2\n$/);
    expect((await lapak(['customer', 'change', 'pelanggan', '--email', 'P@Example.com'])).stdout).toContain('p@example.com');
    expect((await lapak(['customer', 'verify-age', 'pelanggan', '1999-05-17'])).stdout).toContain('1999-05-17, proven');
    const wrong = await lapak(['customer', 'add', 'warung-sari', 'X', '--phone', '12']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('phone')]);
    const { id } = (await result(['customer', 'show', '+62812'])) as { id: string };
    expect((await lapak(['customer', 'erase', 'pelanggan'])).code).toBe(2);
    expect((await lapak(['customer', 'erase', 'pelanggan', '--yes'])).stdout).toContain('Forgotten here');
    expect((await lapak(['customer', 'list'])).stdout).toContain('No customers');
    expect((await lapak(['customer', 'show', id])).stdout).toContain('erased');
  });
});
