// What every bench gives: a measured value, a limit measured in the same run, and their ratio. A bench without a target still tells.

export interface Measure {
  name: string;
  /** value ÷ limit: how much of what this machine can do at all is left, or how many times as long it takes. */
  ratio: number | null;
  value: number;
  limit: number | null;
  unit: string;
  /** What it must reach, in words, and whether it did. */
  target?: { says: string; met: boolean };
}

export interface BenchFolder {
  /** On the disk that the data would be on, never in memory. */
  path: string;
}

export type Bench = (folder: BenchFolder) => Promise<Measure[]>;

export const millisecondsOf = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const atLeast = (value: number, limit: number, says: string) => ({ says, met: value >= limit });
export const under = (value: number, limit: number, says: string) => ({ says, met: value < limit });
