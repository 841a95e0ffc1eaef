// The settings of a store at the centre: what is changed, what is refused and by which name.
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { standardSettings } from '#schema/rules/settings';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';

describe('[STO-02] the settings of a store', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
  });

  const change = (id: string, body: object) => centre.as.store.changeSettings({ params: { id }, body });
  const refusalOf = (id: string, body: object) =>
    change(id, body).then(
      () => ({ code: 'done' }),
      (error) => error.problem as Record<string, unknown>,
    );

  it('begin with the standard of its currency and language', async () => {
    const id = await centre.addStore({ language: 'sv', currency: 'SEK', country: 'SE', settings: { tips: true } });
    const settings = await centre.as.store.settings({ params: { id } });
    expect(settings).toEqual({ ...standardSettings('SEK', 'sv'), tips: true });
    expect(settings).toMatchObject({ cashStep: 100, languages: ['sv', 'id', 'en'], refundLimit: 50_000, requireShift: false });
  });

  it('change by what is given alone', async () => {
    const id = await centre.addStore();
    const changed = await change(id, { returnDays: 30, discountLimit: { percent: null, amount: 2_000_000 } });
    expect(changed).toEqual({
      ...standardSettings('IDR', 'id'),
      returnDays: 30,
      discountLimit: { percent: null, amount: 2_000_000 },
    });
    expect((await centre.as.store.show({ params: { id } })).settings).toEqual(changed);
    expect((await change(id, { returnDays: null })).discountLimit.amount).toBe(2_000_000);
  });

  it.each([
    [{ tip: true }, 'tip', 'unknown-field'],
    [{ tips: 'yes' }, 'tips', 'bad-input'],
    [{ cutOverHour: 13 }, 'cutOverHour', 'bad-input'],
    [{ discountLimit: { percent: 1_000 } }, 'discountLimit.amount', 'bad-input'],
    [{ discountLimit: { percent: 1_000, amount: null, more: 1 } }, 'discountLimit.more', 'unknown-field'],
    [{ languages: ['id', 'de'] }, 'languages[1]', 'bad-input'],
    [{ languages: [] }, 'languages', 'bad-input'],
    [{ offlineQris: 'unverified' }, 'offlineQris', 'bad-setting'],
    [{ qrisStatic: '00020101021126570011ID.DANA.WWW' }, 'qrisStatic', 'bad-setting'],
    [
      { labelPatterns: [{ prefix: '2', carries: 'price', itemDigits: 8, priceCheck: true, decimals: 0 }] },
      'labelPatterns',
      'bad-setting',
    ],
    [
      {
        labelPatterns: [
          { prefix: '2', carries: 'price', itemDigits: 5, priceCheck: false, decimals: 0 },
          { prefix: '21', carries: 'weight', itemDigits: 5, priceCheck: false, decimals: 3 },
        ],
      },
      'labelPatterns',
      'bad-setting',
    ],
    [{}, 'body', 'bad-input'],
  ])('refuse %j by the field %s, and change nothing', async (body, field, code) => {
    const id = await centre.addStore();
    expect(await refusalOf(id, body)).toMatchObject({ status: 422, field, code });
    expect(await centre.as.store.settings({ params: { id } })).toEqual(standardSettings('IDR', 'id'));
  });

  it('are of a store that there is', async () => {
    expect(await refusalOf(centre.makeId(), { tips: true })).toMatchObject({ status: 404, code: 'unknown-store' });
    const refused = await centre.addStore({ settings: { offlineQris: 'unverified' } }).catch((error) => error.problem);
    expect(refused).toMatchObject({ status: 422, code: 'bad-setting', field: 'offlineQris' });
  });

  it('that an older centre did not know have their standard', async () => {
    const id = await centre.addStore();
    await centre.database.db.execute(sql`UPDATE stores SET settings = '{"tips":true,"languages":["en"]}' WHERE id = ${id}`);
    expect(await centre.as.store.settings({ params: { id } })).toEqual({
      ...standardSettings('IDR', 'en'),
      tips: true,
      languages: ['en'],
    });
  });
});
