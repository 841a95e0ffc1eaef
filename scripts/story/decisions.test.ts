// DECIDE, for what a store's floor lives by: people, settings and availability reach its tills, and what is withdrawn is gone there.
import { describe, expect, it } from 'vitest';
import { client } from '#schema/client';
import { storeCustomerContract } from '#schema/wire/customer';
import { STAFF_HEADER, storeStaffContract } from '#schema/wire/staff';
import { startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };

describe('what the centre decides for the floor', () => {
  it('[IAM-07] a person who is added signs in; one who left is out, also at a till where they were signed in', async () => {
    const chain = await startChain();
    const node = await chain.startNode();
    const other = await chain.centre.addStore();
    const create = (name: string, pin: string, storeId: string) =>
      chain.centre.as.staff.create({ body: { id: chain.centre.makeId(), storeId, name, role: 'cashier', pin } });
    const here = await create('Kasir Sini', '135790', chain.storeId);
    const there = await create('Kasir Sana', '246801', other);
    const staff = (token?: string) =>
      client(storeStaffContract, {
        baseUrl: node.url,
        fetch,
        headers: () => ({ authorization: `Bearer ${node.token}`, ...(token !== undefined && { [STAFF_HEADER]: token }) }),
      });
    const names = async () => (await staff().list({})).items.map(({ name }) => name);
    await expect.poll(names, soon).toEqual(['Kasir Sini']);
    const problemOf = (call: Promise<unknown>) =>
      call.then(
        () => 'done',
        (error) => error.problem.code as string,
      );
    expect(await problemOf(staff().signIn({ body: { staffId: there.id, pin: '246801' } }))).toBe('wrong-pin');
    const { token } = await staff().signIn({ body: { staffId: here.id, pin: '135790' } });
    const listSales = () =>
      fetch(`${node.url}/api/v1/sales`, { headers: { authorization: `Bearer ${node.token}`, [STAFF_HEADER]: token } });
    expect((await listSales()).status).toBe(200);
    const { badge } = await chain.centre.as.staff.issueBadge({ params: { id: here.id } });
    await expect.poll(() => problemOf(staff().signIn({ body: { badge } })), soon).toBe('done');
    // Somebody else stays, or the store would be one without staff.
    await create('Kasir Lain', '357913', chain.storeId);
    await expect.poll(names, soon).toEqual(['Kasir Lain', 'Kasir Sini']);
    await chain.centre.as.staff.change({ params: { id: here.id }, body: { active: false } });
    await expect.poll(names, soon).toEqual(['Kasir Lain']);
    expect(await problemOf(staff().signIn({ body: { staffId: here.id, pin: '135790' } }))).toBe('wrong-pin');
    expect(await problemOf(staff().signIn({ body: { badge } }))).toBe('wrong-badge');
    expect((await listSales()).status).toBe(401);
  }, 60_000);

  it('[STO-02] a setting is at the node when it was changed, and tills are told to read it', async () => {
    const chain = await startChain();
    const node = await chain.startNode();
    const footer = async () => (await node.till.session({}).catch(() => undefined))?.store.settings.receiptFooter;
    await expect.poll(footer, soon).toBe(null);
    const events = await fetch(`${node.url}/api/v1/events?token=${node.token}`);
    const reader = (events.body as ReadableStream<Uint8Array>).getReader();
    await chain.centre.as.store.changeSettings({
      params: { id: chain.storeId },
      body: { receiptFooter: 'Sampai jumpa', languages: ['sv', 'id'] },
    });
    // Tills are told to read when people come down as well: whoever reads each time has the settings at last.
    const toldToRead = async () => {
      let heard = '';
      while (!heard.includes('event: session')) heard += new TextDecoder().decode((await reader.read()).value);
      return (await node.till.session({})).store.settings;
    };
    let settings = await toldToRead();
    while (settings.receiptFooter === null) settings = await toldToRead();
    await reader.cancel();
    expect(settings).toMatchObject({ receiptFooter: 'Sampai jumpa', languages: ['sv', 'id'] });
  });

  it('[PRD-06] a product that is taken out of a store is gone from its till, and back when it is offered again', async () => {
    const chain = await startChain();
    const node = await chain.startNode();
    await expect.poll(() => node.price('KOPI-SUSU'), soon).toBe(1_800_000);
    const offer = (available: boolean) =>
      chain.centre.as.availability.set({
        params: { id: chain.productId('KOPI-SUSU') },
        body: { storeId: chain.storeId, available },
      });
    await offer(false);
    await expect.poll(() => node.price('KOPI-SUSU'), soon).toBeUndefined();
    const found = async (q: string) => (await node.till.search({ query: { q } })).items.map(({ sku }) => sku);
    expect(await found('kopi-susu')).toEqual([]);
    expect((await node.till.products({ query: {} })).items.map(({ sku }) => sku)).not.toContain('KOPI-SUSU');
    expect(node.price('TEH-MANIS')).toBe(600_000);
    await offer(true);
    await expect.poll(() => node.price('KOPI-SUSU'), soon).toBe(1_800_000);
    expect(await found('kopi-susu')).toEqual(['KOPI-SUSU']);
  });

  it('[USR-04] who is added while the centre is away is known there when it is back, and comes down as one person', async () => {
    const chain = await startChain();
    let down = false;
    const node = await chain.startNode({
      fetch: (input, init) => (down ? Promise.reject(new TypeError('no network')) : fetch(input, init)),
    });
    await expect.poll(() => node.price('KOPI-SUSU'), soon).toBe(1_800_000);
    const { id: known } = await chain.centre.as.customer.create({
      body: { id: chain.centre.makeId(), storeId: await chain.centre.addStore(), name: 'Pelanggan', phone: '+6281234567890' },
    });
    down = true;
    const customer = client(storeCustomerContract, {
      baseUrl: node.url,
      fetch,
      headers: () => ({ authorization: `Bearer ${node.token}` }),
    });
    const id = chain.centre.makeId();
    await customer.add({ body: { id, name: 'Pelanggan Baru', phone: '0812 3456 7890' } });
    down = false;
    const person = () => chain.centre.as.customer.show({ params: { id } }).catch(() => undefined);
    await expect.poll(async () => (await person())?.id, { timeout: 40_000, interval: 50 }).toBe(known);
    await expect.poll(() => customer.show({ params: { id } }), soon).toMatchObject({ personId: known, name: 'Pelanggan' });
    const details = node.store.sqlite.prepare<[], { name: string | null }>('SELECT name FROM customer_details');
    await expect.poll(() => details.all(), soon).toEqual([{ name: null }]);
    await chain.centre.as.customer.erase({ params: { id } });
    await expect
      .poll(() => customer.show({ params: { id } }).catch((error) => error.problem.code), soon)
      .toBe('unknown-customer');
    await expect.poll(() => details.all(), soon).toEqual([]);
  }, 90_000);
});
