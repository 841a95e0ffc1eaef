// Search as you type at a till over 100,000 products: each letter asks the node over HTTP, as the page does, and some words have a slip.
// The limit is the smallest answer that the same node can give over the same connection.
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { startTestNode } from '#node/test-node';
import { type Bench, median, percentile, under } from './bench.ts';

const PRODUCTS = 100_000;
const NAMES = 150;
const WARM_UP = 100;

const wares =
  'Kopi Teh Susu Roti Mie Sabun Minyak Beras Gula Keripik Biskuit Cokelat Sirup Air Jus Sampo Tisu Bumbu Kecap Sambal';
const makers =
  'Sari Nusa Jaya Garuda Kapal Mawar Melati Bango Ultra Roma Mentari Lestari Rinjani Merapi Bahari Cendana Pelangi Kencana';
const kinds = 'manis pedas asin gurih original pandan vanila stroberi jeruk mangga ayam sapi udang balado keju madu jahe durian';
const sizes = 'sachet 100g 250g 500g 1kg botol kaleng dus renteng kotak jumbo mini isi5 isi10 refill 600ml 1500ml 330ml';

/** Every combination of the words, each word as often as the others. */
function* allNames(): Generator<string> {
  const [ware, maker, kind, size] = [wares, makers, kinds, sizes].map((words) => words.split(' '));
  for (const a of size ?? [])
    for (const b of kind ?? []) for (const c of maker ?? []) for (const d of ware ?? []) yield `${d} ${c} ${b} ${a}`;
}

export const searchBench: Bench = async ({ path }) => {
  const names = [...allNames()].slice(0, PRODUCTS);
  const dataFolder = join(path, 'node');
  const products = names.map((name, at) => ({ sku: `SKU-${at}`, name, amount: 1_000_000 }));
  const filled = await startTestNode({ dataFolder, products });
  await filled.stop();
  const node = await startProcess(dataFolder, filled.token);
  const typed = names.filter((_, at) => at % Math.floor(names.length / NAMES) === 0).flatMap(whatIsTyped);
  const search = (text: string) => node.ask(`/api/v1/catalogue/search?limit=20&q=${encodeURIComponent(text)}`);
  for (const text of typed.slice(0, WARM_UP)) await search(text);
  const took: number[] = [];
  for (const text of typed) took.push(await search(text));
  const bare: number[] = [];
  for (let count = 0; count < 1_000; count++) bare.push(await node.ask('/healthz'));
  await node.stop();
  const [p95, limit] = [percentile(took, 0.95), percentile(bare, 0.95)];
  return [
    { name: 'search.median', ratio: median(took) / median(bare), value: median(took), limit: median(bare), unit: 'ms' },
    { name: 'search.p95', ratio: p95 / limit, value: p95, limit, unit: 'ms', target: under(p95, 30, 'p95 under 30 ms') },
  ];
};

/** Each beginning of the name, then the name with a slip of the finger. */
function whatIsTyped(name: string, at: number): string[] {
  const beginnings = [...name].map((_, end) => name.slice(0, end + 1));
  const [word = '', ...rest] = name.split(' ');
  const place = 1 + (at % (word.length - 1));
  const slip = `${word.slice(0, place)}x${word.slice(place + 1)}`;
  return [...beginnings, [slip, ...rest].join(' ')];
}

async function startProcess(folder: string, token: string) {
  const program = join(import.meta.dirname, '../story/node-process.js');
  const child = spawn(process.execPath, [program, folder, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).trim())));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${token}` };
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    ask: (address: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const start = performance.now();
        const sent = request(new URL(address, url), { agent, headers }, (answer) => {
          if (answer.statusCode !== 200) return reject(new Error(`${address} was answered with ${answer.statusCode}.`));
          answer.resume().once('end', () => resolve(performance.now() - start));
        });
        sent.once('error', reject).end();
      }),
    async stop() {
      agent.destroy();
      child.kill('SIGTERM');
      await ended;
    },
  };
}
