// npm run bench -- NAME… [--json]: measures, against a limit measured in the same run on the same disk. Without a name it runs all.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Measure } from './bench.ts';

const benches: Record<string, () => Promise<Bench>> = {
  sale: async () => (await import('./sale.ts')).saleBench,
  ingest: async () => (await import('./ingest.ts')).ingestBench,
  shape: async () => (await import('./shape.ts')).shapeBench,
  change: async () => (await import('./change.ts')).changeBench,
  search: async () => (await import('./search.ts')).searchBench,
  till: async () => (await import('./till.ts')).tillBench,
  dispense: async () => (await import('./dispense.ts')).dispenseBench,
  boot: async () => (await import('./boot.ts')).bootBench,
  cli: async () => (await import('./cli.ts')).cliBench,
};

const words = process.argv.slice(2);
const json = words.includes('--json');
const asked = words.filter((word) => !word.startsWith('--'));
const unknown = asked.find((name) => !benches[name]);
if (unknown !== undefined) {
  console.error(`There is no bench “${unknown}”. Benches: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const round = (value: number | null) => (value === null ? null : Number(value.toPrecision(4)));

function print({ target, ...measure }: Measure): void {
  const { name, ratio, value, limit, unit } = measure;
  const rounded = { name, ratio: round(ratio), value: round(value), limit: round(limit), unit };
  if (json) {
    console.log(JSON.stringify(rounded));
    return;
  }
  const against = limit === null ? '' : `  of ${rounded.limit}: ${rounded.ratio}×`;
  const verdict = target ? `  ${target.met ? 'met' : 'NOT MET'}: ${target.says}` : '';
  console.log(`${name.padEnd(28)} ${rounded.value} ${unit}${against}${verdict}`);
}

for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  const bench = await benches[name]?.();
  // The working folder's disk: a temporary folder may be memory.
  mkdirSync('node_modules/.cache', { recursive: true });
  const path = mkdtempSync(join(process.cwd(), 'node_modules/.cache', `bench-${name}-`));
  try {
    for (const measure of (await bench?.({ path })) ?? []) print(measure);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
process.exit(0);
