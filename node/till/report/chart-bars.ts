// The day's chart as bars: from the first hour with takings to the last, as high as the highest. Pure.
import type { DayChart } from '#schema/wire/report';

type Hour = DayChart['hours'][number];

export interface Bar extends Hour {
  /** Shares of the height, from 0 to 1. */
  height: number;
  heightBefore: number;
}

/** What the highest bar stands for. */
export const mostOf = (hours: readonly Hour[]): number =>
  Math.max(1, ...hours.map(({ takings, takingsBefore }) => Math.max(takings, takingsBefore)));

const isQuiet = ({ takings, takingsBefore }: Hour): boolean => takings === 0 && takingsBefore === 0;

/** None where neither day took anything. More went back than came in shows as nothing. */
export function barsOf({ hours }: DayChart): Bar[] {
  const first = hours.findIndex((hour) => !isQuiet(hour));
  if (first < 0) return [];
  const last = hours.findLastIndex((hour) => !isQuiet(hour));
  const most = mostOf(hours);
  const share = (amount: number) => Math.max(0, amount) / most;
  return hours
    .slice(first, last + 1)
    .map((hour) => ({ ...hour, height: share(hour.takings), heightBefore: share(hour.takingsBefore) }));
}
