// X, Z and the slip of a shift at a simulated printer, as a till asks for them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { client, type ProblemError } from '#schema/client';
import { type PrintJob, printContract, type WishPrint } from '#schema/wire/print';
import { type PrinterSandbox, startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { profileOf } from '../../receipt/test-sale.ts';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';

let node: TestNode;
let sandbox: PrinterSandbox;

beforeAll(async () => {
  [node, sandbox] = await Promise.all([startTestNode(), startPrinterSandbox({ widthDots: 576 })]);
  const token = readFileSync(join(node.dataFolder, 'machine.token'), 'utf8').trim();
  const headers = () => ({ authorization: `Bearer ${token}` });
  const machine = client(printContract, { baseUrl: node.url, fetch, headers });
  const link = { kind: 'network' as const, host: '127.0.0.1', port: sandbox.port };
  await machine.addPrinter({ body: { id: node.makeId(), name: 'Counter', link, profile: profileOf() } });
});

afterAll(async () => {
  await node.remove();
  await sandbox.stop();
});

const print = (wish: Omit<WishPrint, 'id'>) => node.print.print({ body: { id: node.makeId(), ...wish } });

async function printed(wish: Omit<WishPrint, 'id'>): Promise<{ job: PrintJob; lines: string }> {
  const { id } = await print(wish);
  const job = () => node.print.job({ params: { id } });
  await expect.poll(async () => (await job()).endedAt, { timeout: 15_000 }).not.toBeNull();
  return { job: await job(), lines: sandbox.pieces().at(-1)?.lines.join('\n') ?? '' };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'printed',
    (error: ProblemError) => error.problem.code,
  );

it('[REP-06] [PAY-03] X is printed as often as one looks; Z and a slip say from the second on that they are copies', async () => {
  const shift = await node.shift.open({ body: { id: node.makeId(), denominations: [] } });
  await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
  expect(await codeOf(print({ kind: 'shift', subjectId: shift.id }))).toBe('unknown-shift');
  for (let look = 0; look < 2; look++) {
    const { job, lines } = await printed({ kind: 'x-report', language: 'en' });
    expect(job).toMatchObject({ state: 'printed', copy: false });
    expect(lines).toMatch(/X REPORT[\s\S]*Sales \(1\) +18\.000[\s\S]*Cash \(1\) +18\.000/);
  }
  await node.shift.count({ params: { id: shift.id }, body: { denominations: [] } });
  await node.shift.close({ params: { id: shift.id }, body: { reason: 'Not counted' } });
  const report = await node.report.close({ body: { id: node.makeId() } });
  for (const [wish, first] of [
    [{ kind: 'shift', subjectId: shift.id, language: 'en' }, /SHIFT 1[\s\S]*DIFFERENCE +-Rp.18\.000[\s\S]*Not counted/],
    [{ kind: 'day-report', subjectId: report.id, language: 'en' }, /Z REPORT[\s\S]*ZA-000001[\s\S]*Short +-18\.000/],
  ] as const) {
    const { job, lines } = await printed(wish);
    expect([job.copy, lines.includes('COPY')]).toEqual([false, false]);
    expect(lines).toMatch(first);
    const again = await printed(wish);
    expect([again.job.copy, again.lines.includes('COPY')]).toEqual([true, true]);
  }
  expect(sandbox.faults()).toEqual([]);
});

it('[REP-06] refuses what there is not, by name', async () => {
  expect(await codeOf(print({ kind: 'day-report', subjectId: node.makeId() }))).toBe('unknown-report');
  expect(await codeOf(print({ kind: 'day-report' }))).toBe('subject-needed');
  expect(await codeOf(print({ kind: 'shift', subjectId: node.makeId() }))).toBe('unknown-shift');
});
