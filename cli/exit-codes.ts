// How a command ends. Scripts rely on these numbers: they are documented, and they never change their meaning.

export const exitCodes = {
  done: 0,
  bug: 1,
  wrongUse: 2,
  refused: 3,
  notFound: 4,
  notAllowed: 5,
  unreachable: 6,
  outsideFailed: 7,
  timedOut: 8,
  partlyDone: 9,
  problemsFound: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
