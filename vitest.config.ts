// The suites, one project for each suffix: a file's name says what it needs, and a suite whose need is absent skips with one line.
import { defineConfig } from 'vitest/config';

// Plain suites need nothing but `npm ci`; these suffixes need something more.
const needs = ['pg', 'amqp', 'browser', 'native'] as const;
const suffixed = needs.map((need) => `**/*.${need}.test.{ts,tsx}`);
const outside = ['**/node_modules/**', '**/dist/**'];

const shared = {
  // Tests promise no times: these end what hangs, on a machine however busy.
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  // What is awaited comes at once or never; on a busy machine at once may be seconds.
  expect: { poll: { timeout: 15_000 } },
};

// Finds or starts what a suite needs, once for the run.
const setups: Record<string, string[]> = { pg: ['scripts/test-postgres.ts'] };

const project = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude: [...outside, ...exclude], globalSetup: setups[name] ?? [], ...shared },
});

export default defineConfig({
  resolve: { conditions: ['source', 'module', 'node', 'default'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'default'] } },
  test: {
    maxWorkers: 2,
    projects: [
      project('unit', ['**/*.test.{ts,tsx}'], suffixed),
      ...needs.map((need) => project(need, [`**/*.${need}.test.{ts,tsx}`])),
    ],
  },
});
