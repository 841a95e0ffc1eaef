// Takings by the hour in a few characters: zero is the lowest mark, each row has its own scale.

export function sparkline(hours: readonly number[], width: number, marks: readonly string[]): string {
  const buckets = inBuckets(hours, Math.min(width, hours.length));
  const most = Math.max(0, ...buckets);
  return buckets.map((value) => marks[levelOf(value, most, marks.length)] ?? ' ').join('');
}

function levelOf(value: number, most: number, levels: number): number {
  if (value <= 0 || most === 0) return 0;
  return Math.min(levels - 1, 1 + Math.floor((value / most) * (levels - 1) - 1e-9));
}

/** The newest stand at the end; every bucket holds as many hours as the next, but the first may hold more. */
function inBuckets(hours: readonly number[], count: number): number[] {
  if (count <= 0) return [];
  const bounds = Array.from({ length: count + 1 }, (_, index) => Math.floor((index * hours.length) / count));
  return bounds.slice(1).map((end, index) => hours.slice(bounds[index], end).reduce((sum, value) => sum + value, 0));
}
