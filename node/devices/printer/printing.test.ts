// Printing as a till meets it: over HTTP, at a simulated printer over TCP. A sale never waits for paper, and paper never lies about being first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { client } from '#schema/client';
import { type PrintJob, printContract, type WishPrint } from '#schema/wire/print';
import { receiptContract } from '#schema/wire/receipt';
import { type PrinterSandbox, startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { profileOf } from '../../receipt/test-sale.ts';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';

function callsOf(node: TestNode) {
  const as = (token: string) => ({ baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });
  const machineToken = readFileSync(join(node.dataFolder, 'machine.token'), 'utf8').trim();
  return {
    till: client(printContract, as(node.token)),
    machine: client(printContract, as(machineToken)),
    receipt: client(receiptContract, as(node.token)),
    machineReceipt: client(receiptContract, as(machineToken)),
  };
}

const logoPng = PNG.sync.write(new PNG({ width: 200, height: 80 })).toString('base64');

describe('printing', () => {
  let node: TestNode;
  let calls: ReturnType<typeof callsOf>;
  let sandbox: PrinterSandbox;
  let printerId: string;

  beforeAll(async () => {
    node = await startTestNode({ demo: true });
    calls = callsOf(node);
    printerId = node.makeId();
  });
  beforeEach(async () => {
    sandbox = await startPrinterSandbox({ widthDots: 576 });
    await add();
    return () => sandbox.stop();
  });
  afterAll(() => node.remove());

  const link = () => ({ kind: 'network' as const, host: '127.0.0.1', port: sandbox.port });

  async function add(more: Parameters<typeof profileOf>[0] = {}): Promise<void> {
    await calls.machine.addPrinter({ body: { id: printerId, name: 'Counter', link: link(), profile: profileOf(more) } });
    await expect.poll(async () => (await calls.till.printers({})).items[0]?.condition).toBe('ready');
  }

  const sell = (items: Record<string, number> = { 'TEH-MANIS': 1 }) => node.sale.close({ body: saleOf(node, items) });

  const print = (wish: Omit<WishPrint, 'id'> & { id?: string }) => calls.till.print({ body: { id: node.makeId(), ...wish } });

  async function ended({ id }: { id: string }): Promise<PrintJob> {
    const job = () => calls.till.job({ params: { id } });
    await expect.poll(async () => (await job()).endedAt, { timeout: 15_000 }).not.toBeNull();
    return job();
  }

  it('[IOT-08] prints a receipt once, and says on every other paper of the sale that it is a copy', async () => {
    const sale = await sell();
    const first = await ended(await print({ kind: 'receipt', subjectId: sale.id }));
    const second = await ended(await print({ kind: 'receipt', subjectId: sale.id, language: 'sv' }));
    expect([first, second].map(({ state, copy }) => [state, copy])).toEqual([
      ['printed', false],
      ['printed', true],
    ]);
    const [original, copy] = sandbox.pieces().map(({ lines }) => lines);
    expect(original?.join('\n')).toContain(sale.receipt);
    expect([original?.includes('COPY'), copy?.includes('KOPIA')]).toEqual([false, true]);
    expect(sandbox.pieces().map(({ codes }) => codes)).toEqual([[sale.receipt], [sale.receipt]]);
    expect(sandbox.faults()).toEqual([]);
  });

  it('[IOT-08] the same job id twice is one paper; with another wish it is refused', async () => {
    const sale = await sell();
    const wish = { id: node.makeId(), kind: 'receipt' as const, subjectId: sale.id };
    const [one, two] = await Promise.all([print(wish), print(wish)]);
    expect(one.id).toBe(two.id);
    await ended(one);
    expect((await print(wish)).state).toBe('printed');
    expect(sandbox.pieces()).toHaveLength(1);
    await expect(print({ ...wish, kind: 'test' })).rejects.toMatchObject({
      problem: { status: 422, code: 'id-reused', field: 'id' },
    });
  });

  it('[IOT-08] jobs come out whole and in the order in which they were asked for', async () => {
    const sales = await Promise.all([sell(), sell(), sell(), sell()]);
    const jobs: PrintJob[] = [];
    for (const { id } of sales) jobs.push(await print({ kind: 'receipt', subjectId: id }));
    for (const job of jobs) await ended(job);
    expect(sandbox.pieces().map(({ codes }) => codes[0])).toEqual(sales.map(({ receipt }) => receipt));
  });

  it('[IOT-08] a sale does not wait for an empty printer; its receipt comes once there is paper, under the same id', async () => {
    sandbox.setPaper('out');
    await expect.poll(async () => (await calls.till.printers({})).items[0]?.condition, { timeout: 10_000 }).toBe('paper-out');
    const sale = await sell();
    const job = await print({ kind: 'receipt', subjectId: sale.id });
    expect(job).toMatchObject({ state: 'queued', next: ['cancel'] });
    expect((await sell()).receipt).not.toBe(sale.receipt);
    sandbox.setPaper('ok');
    expect(await ended(job)).toMatchObject({ id: job.id, state: 'printed', copy: false });
    expect(sandbox.pieces()).toHaveLength(1);
  });

  it('[IOT-08] a printer that vanishes in the middle leaves a job that nobody sends again but a person, as a copy', async () => {
    const sale = await sell();
    sandbox.vanishAfter(120);
    const job = await ended(await print({ kind: 'receipt', subjectId: sale.id }));
    expect(job).toMatchObject({ state: 'unknown', problem: 'lost', next: ['retry'] });
    await sandbox.comeBack();
    await expect.poll(async () => (await calls.till.printers({})).items[0]?.condition, { timeout: 15_000 }).toBe('ready');
    expect(sandbox.pieces()).toHaveLength(0);
    await calls.till.retry({ params: { id: job.id } });
    expect(await ended(job)).toMatchObject({ id: job.id, state: 'printed', copy: true });
    expect(sandbox.pieces().map(({ lines }) => lines.includes('COPY'))).toEqual([true]);
  });

  it('[IOT-08] the drawer opens once for a sale in cash, after it is on disk, and not again by asking for a retry', async () => {
    await add({ drawerPin: 2 });
    await sell();
    await expect.poll(() => sandbox.kicks()).toBe(1);
    const [kick] = (await calls.till.jobs({ query: { limit: '1' } })).items;
    // It has kicked before it says that it has.
    expect(await ended({ id: kick?.id ?? '' })).toMatchObject({ kind: 'drawer', state: 'printed', next: [] });
    await expect(calls.till.retry({ params: { id: kick?.id ?? '' } })).rejects.toMatchObject({
      problem: { status: 409, code: 'illegal-step' },
    });
    expect(sandbox.kicks()).toBe(1);
  });

  it('[ORD-14] [IOT-08] prints the receipt of a return, and opens the drawer for the cash that goes back', async () => {
    await add({ drawerPin: 5 });
    const sale = await sell();
    await expect.poll(() => sandbox.kicks()).toBe(1);
    const [line] = sale.lines;
    const taken = await node.return.take({
      body: {
        id: node.makeId(),
        receipt: sale.receipt,
        lines: [{ lineId: line?.lineId ?? '', quantity: 1, restock: true }],
        total: 600_000,
        refunds: [{ refundId: node.makeId(), method: 'cash', amount: 600_000 }],
        reason: 'Changed mind',
      },
    });
    await expect.poll(() => sandbox.kicks()).toBe(2);
    expect(await ended(await print({ kind: 'return', subjectId: taken.id }))).toMatchObject({ state: 'printed', copy: false });
    const lines = sandbox.pieces().at(-1)?.lines.join('\n');
    for (const part of ['RETURN', taken.receipt, `Of receipt ${sale.receipt}`, 'Teh manis', 'Reason: Changed mind'])
      expect(lines).toContain(part);
    const { blocks } = await calls.receipt.showReturn({ params: { id: taken.id } });
    expect(blocks).toContainEqual({ kind: 'row', left: 'GIVEN BACK', right: 'Rp\u00a06.000', bold: true, size: 'tall' });
  });

  it('[PAY-03] [IOT-08] the drawer opens for the float and for each movement of cash that was recorded, no-sale too', async () => {
    await add({ drawerPin: 2 });
    await node.shift.open({ body: { id: node.makeId(), denominations: [{ worth: 5_000_000, count: 2 }] } });
    await expect.poll(() => sandbox.kicks()).toBe(1);
    await node.shift.move({ body: { id: node.makeId(), kind: 'no-sale', amount: 0, reason: 'Tukar uang' } });
    await expect.poll(() => sandbox.kicks()).toBe(2);
  });

  it('[DSP-01] [IOT-08] prints a slip for each open voucher of a sale', async () => {
    const sale = await sell({ 'AIR-600': 2 });
    await ended(await print({ kind: 'vouchers', subjectId: sale.id }));
    expect(sandbox.pieces().flatMap(({ codes }) => codes)).toEqual(sale.vouchers.map(({ code }) => code));
    await ended(await print({ kind: 'voucher', subjectId: sale.vouchers[1]?.id ?? '' }));
    expect(sandbox.pieces().at(-1)?.codes).toEqual([sale.vouchers[1]?.code]);
    const plain = await sell();
    await expect(print({ kind: 'vouchers', subjectId: plain.id })).rejects.toMatchObject({ problem: { code: 'voucher-closed' } });
  });

  it('[IOT-08] a test page shows width, letters and code; a logo stands at the head', async () => {
    expect(await calls.machineReceipt.setLogo({ body: { png: logoPng } })).toEqual({ width: 200, height: 80 });
    await ended(await print({ kind: 'test' }));
    expect(sandbox.pieces()[0]?.lines.join('\n')).toMatch(/Test page[\s\S]*1234567890[\s\S]*åäö/);
    expect(sandbox.faults()).toEqual([]);
    await calls.machineReceipt.removeLogo({});
    await expect(calls.machineReceipt.setLogo({ body: { png: 'bm90IGEgcG5n' } })).rejects.toMatchObject({
      problem: { status: 422, code: 'bad-logo', field: 'png' },
    });
  });

  it('[IOT-08] tells open tills how printers and jobs stand', async () => {
    const stop = new AbortController();
    const answer = await fetch(`${node.url}/api/v1/events?token=${node.token}`, { signal: stop.signal });
    const sale = await sell();
    const job = await ended(await print({ kind: 'receipt', subjectId: sale.id }));
    sandbox.setCover('open');
    let heard = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      heard += decoder.decode(chunk, { stream: true });
      if (heard.includes('"condition":"cover-open"')) break;
    }
    stop.abort();
    for (const state of ['queued', 'sending', 'printed'])
      expect(heard).toMatch(new RegExp(`event: print-job\\ndata: .*${job.id}.*"state":"${state}"`));
    expect(heard).toContain('event: printer\n');
  });

  it('[IOT-08] shows the receipt of a sale as blocks and as a PDF, in the language that is asked for', async () => {
    const sale = await sell();
    const { blocks, language } = await calls.receipt.show({ params: { id: sale.id }, query: { language: 'id' } });
    expect(language).toBe('id');
    expect(blocks).toContainEqual({ kind: 'row', left: 'TOTAL', right: 'Rp\u00a06.000', bold: true, size: 'tall' });
    const pdf = await fetch(`${node.url}/api/v1/sales/${sale.id}/receipt.pdf`, {
      headers: { authorization: `Bearer ${node.token}` },
    });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await expect(calls.receipt.show({ params: { id: node.makeId() } })).rejects.toMatchObject({
      problem: { code: 'unknown-sale' },
    });
  });

  it.each<[string, () => Promise<unknown>, object]>([
    ['a receipt of nothing', () => print({ kind: 'receipt' }), { status: 422, code: 'subject-needed', field: 'subjectId' }],
    [
      'a sale that is not',
      () => print({ kind: 'receipt', subjectId: node.makeId() }),
      { status: 404, code: 'unknown-sale', field: 'subjectId' },
    ],
    [
      'a return that is not',
      () => print({ kind: 'return', subjectId: node.makeId() }),
      { status: 404, code: 'unknown-return', field: 'subjectId' },
    ],
    [
      'a voucher that is not',
      () => print({ kind: 'voucher', subjectId: node.makeId() }),
      { status: 404, code: 'unknown-voucher', field: 'subjectId' },
    ],
    [
      'a printer that is not',
      () => print({ kind: 'test', printerId: node.makeId() }),
      { status: 404, code: 'unknown-printer', field: 'printerId' },
    ],
    [
      'a drawer that nobody recorded',
      () => calls.till.print({ body: { id: node.makeId(), kind: 'drawer' } as unknown as WishPrint }),
      { status: 422, field: 'kind' },
    ],
    ['a job that is not', () => calls.till.cancel({ params: { id: node.makeId() } }), { status: 404, code: 'unknown-job' }],
    [
      'a second printer of the same name',
      () => calls.machine.addPrinter({ body: { id: node.makeId(), name: 'Counter', link: link(), profile: profileOf() } }),
      { status: 409, code: 'name-taken', field: 'name' },
    ],
    [
      'a till that is not',
      () => calls.machine.assign({ params: { id: printerId, code: 'T99' } }),
      { status: 404, code: 'unknown-till', field: 'code' },
    ],
    ['setting printers up from a till', () => calls.till.removePrinter({ params: { id: printerId } }), { status: 403 }],
  ])('[IOT-08] refuses %s, and nothing is queued', async (_, attempt, problem) => {
    const before = await calls.till.jobs({ query: {} });
    await expect(attempt()).rejects.toMatchObject({ problem });
    expect(await calls.till.jobs({ query: {} })).toEqual(before);
  });

  it('[IOT-08] lists jobs newest first, page by page, and of one sale', async () => {
    const sale = await sell();
    for (let count = 0; count < 3; count++) await print({ kind: 'receipt', subjectId: sale.id });
    const first = await calls.till.jobs({ query: { subjectId: sale.id, limit: '2' } });
    const second = await calls.till.jobs({ query: { subjectId: sale.id, limit: '2', after: first.next ?? '' } });
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null]);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      [...first.items, ...second.items]
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  });

  it('[IOT-08] a till prints where it was told, else at the first; removing a printer cancels what waits for it', async () => {
    const other = node.makeId();
    const nowhere = { kind: 'network' as const, host: '127.0.0.1', port: 1 };
    await calls.machine.addPrinter({ body: { id: other, name: 'Kitchen', link: nowhere, profile: profileOf() } });
    expect((await calls.till.printers({})).own).toBe(printerId);
    const assigned = await calls.machine.assign({ params: { id: other, code: 'T1' } });
    expect(assigned.tills).toEqual(['T1']);
    expect((await calls.till.printers({})).own).toBe(other);
    expect((await calls.till.choose({ body: { printerId } })).id).toBe(printerId);
    expect((await calls.till.printers({})).own).toBe(printerId);
    await expect(calls.till.choose({ body: { printerId: node.makeId() } })).rejects.toMatchObject({
      problem: { status: 404, code: 'unknown-printer', field: 'printerId' },
    });
    await calls.till.choose({ body: { printerId: other } });
    const job = await print({ kind: 'test' });
    expect(job).toMatchObject({ printerId: other, printerName: 'Kitchen', state: 'queued' });
    await calls.machine.removePrinter({ params: { id: other } });
    expect((await calls.till.job({ params: { id: job.id } })).state).toBe('cancelled');
    expect((await calls.till.printers({})).own).toBe(printerId);
  });
});
