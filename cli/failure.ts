// What a command throws when it cannot do what was asked: the exit code for scripts, and why and what next for the person.
import { type ExitCode, exitCodes } from './exit-codes.ts';

export interface FailureParts {
  exit: ExitCode;
  /** Stable, for programs: `unknown-store`. */
  code: string;
  /** Why, as a sentence. */
  why: string;
  /** What to do next, as a sentence or a command. */
  next?: string | undefined;
  /** What happened, when the command's own “Could not …” would not say it. */
  what?: string | undefined;
  requestId?: string | undefined;
  cause?: unknown;
}

export class Failure extends Error {
  override name = 'Failure';
  readonly parts: FailureParts;
  constructor(parts: FailureParts) {
    super(parts.why, parts.cause === undefined ? {} : { cause: parts.cause });
    this.parts = parts;
  }
}

export const wrongUse = (why: string, next: string, code = 'wrong-use') =>
  new Failure({ exit: exitCodes.wrongUse, code, why, next });

export const notFound = (why: string, next: string, code = 'not-found') =>
  new Failure({ exit: exitCodes.notFound, code, why, next });
