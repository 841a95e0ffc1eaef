// How old what is shown may be before it is doubted: the same for everything that a dashboard shows.
export const freshness = { dimMs: 10_000, unknownMs: 60_000, lateMs: 120_000, downMs: 600_000 } as const;
