// Turns whatever a command threw into three lines (what happened, why, what to do next) or into one JSON document.
import type { ProblemError } from '#schema/client';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { Failure, type FailureParts } from '../failure.ts';

/** What a person is told. `attempt` is the command's own words for what it was doing: “list the stores”. */
export interface Explained extends FailureParts {
  what: string;
  next: string;
}

export interface Context {
  attempt: string;
  /** How this command is typed, for the last resort “see … --help”. */
  command: string;
  server?: string | undefined;
}

export async function explain(error: unknown, context: Context): Promise<Explained> {
  const parts = await partsOf(error, context);
  return {
    ...parts,
    what: parts.what ?? `Could not ${context.attempt}.`,
    next: parts.next ?? `See \`${context.command} --help\`.`,
  };
}

async function partsOf(error: unknown, context: Context): Promise<FailureParts> {
  if (error instanceof Failure) return error.parts;
  if (isWrongUse(error)) return wrongUseParts(error, context);
  // Loaded only here, since the client brings the contracts along and a failed parse needs none of them.
  const { ProblemError, UnreachableError } = await import('#schema/client');
  if (error instanceof ProblemError) return problemParts(error, context);
  if (error instanceof UnreachableError) return unreachableParts(error, context);
  if (isPortTaken(error)) return portParts(error);
  return faultParts(error) ?? bugParts(error);
}

interface OclifError extends Error {
  oclif?: { exit?: number };
}

const isWrongUse = (error: unknown): error is OclifError => error instanceof Error && (error as OclifError).oclif?.exit === 2;

function wrongUseParts(error: OclifError, { command }: Context): FailureParts {
  const [first = error.message, ...rest] = error.message.split('\n').filter((line) => line && !line.startsWith('See more help'));
  const why = rest.length > 0 ? `${first.replace(/:$/, '')}: ${rest.map((line) => line.trim()).join('; ')}` : first;
  return { exit: exitCodes.wrongUse, code: 'wrong-use', why: sentence(why), next: `See \`${command} --help\`.`, cause: error };
}

const WHY_MOST = 300;

/** One line, whatever a library has put into its message. */
function sentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length > WHY_MOST) return `${line.slice(0, WHY_MOST)}…`;
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

const exitByStatus: Record<number, ExitCode> = {
  400: exitCodes.wrongUse,
  401: exitCodes.notAllowed,
  403: exitCodes.notAllowed,
  404: exitCodes.notFound,
  413: exitCodes.wrongUse,
  422: exitCodes.wrongUse,
  500: exitCodes.bug,
  502: exitCodes.outsideFailed,
  503: exitCodes.outsideFailed,
  504: exitCodes.timedOut,
};

function problemParts(error: ProblemError, { command, server }: Context): FailureParts {
  const { status, code, detail, next, requestId } = error.problem;
  const usual: Record<number, string> = {
    401: `Sign in with \`lapak login${server ? ` --server ${server}` : ''}\`.`,
    403: 'Ask an administrator for a role that may do this.',
    404: 'See what there is with the matching `list` command.',
    422: `Mend the value and try again; \`${command} --help\` says what is accepted.`,
    500: `Try again; if it comes back, report the request id${requestId ? ` ${requestId}` : ''}.`,
    503: 'Wait a moment and try again.',
  };
  return {
    exit: exitByStatus[status] ?? exitCodes.refused,
    code,
    why: sentence(detail),
    next: status === 401 ? usual[401] : (next ?? usual[status]),
    requestId,
    cause: error,
  };
}

function unreachableParts(error: Error, { server }: Context): FailureParts {
  const late = (error.cause as Error | undefined)?.name === 'TimeoutError';
  return late
    ? {
        exit: exitCodes.timedOut,
        code: 'timed-out',
        why: `${server ?? 'The server'} did not answer in time.`,
        next: 'Try again, or give it longer with --timeout.',
        cause: error,
      }
    : {
        exit: exitCodes.unreachable,
        code: 'unreachable',
        why: sentence(error.message),
        next: 'Check that it runs (`lapak doctor`), or name another with --server.',
        cause: error,
      };
}

interface PortTaken extends Error {
  code: 'EADDRINUSE';
  port?: number;
}

const isPortTaken = (error: unknown): error is PortTaken => (error as PortTaken | null)?.code === 'EADDRINUSE';

function portParts(error: PortTaken): FailureParts {
  return {
    exit: exitCodes.refused,
    code: 'port-taken',
    why: `Port ${error.port ?? ''} is already used by another program.`.replace('  ', ' '),
    next: 'Stop that program, or choose another port with --port.',
    cause: error,
  };
}

/** Expected faults of the programs that a command starts, by the name or code that each declares. */
function faultParts(error: unknown): FailureParts | undefined {
  if (!(error instanceof Error)) return undefined;
  const why = sentence(error.message);
  if (error.name === 'FolderInUse')
    return {
      exit: exitCodes.refused,
      code: 'folder-in-use',
      why,
      next: 'Stop the other one, or name another folder with --data-folder.',
    };
  if (error.name === 'LanDisabled')
    return {
      exit: exitCodes.wrongUse,
      code: 'lan-disabled',
      why,
      next: 'Enable it with --lan (LAPAK_LAN=on), or leave --node-host out.',
    };
  const { next } = error as { next?: string };
  if (error.name === 'CannotRecover' || error.name === 'RecoveryUnfinished')
    return { exit: exitCodes.refused, code: 'cannot-recover', why, next };
  if (error.name === 'HistoryFault')
    return {
      exit: exitCodes.problemsFound,
      code: 'broken-history',
      why,
      next: 'Do not go on with this machine: verify the store’s journal with `lapak audit verify --store`, and ask who runs the centre.',
    };
  if (error.name === 'BackupFault')
    return {
      exit: exitCodes.outsideFailed,
      code: 'backup-failed',
      why,
      next: 'Name a folder that can be written and has room, with --to.',
    };
  if (error.name === 'MissingSecretKey')
    return {
      exit: exitCodes.wrongUse,
      code: 'missing-secret-key',
      why,
      next: 'Set LAPAK_SECRET_KEY to what `openssl rand -base64 32` prints, and keep it: it seals the secrets in the database.',
    };
  if (error.name === 'WrongSetting')
    return {
      exit: exitCodes.wrongUse,
      code: 'wrong-setting',
      why,
      next: 'Mend it in the environment; `lapak server check` shows what is read.',
    };
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return {
      exit: exitCodes.outsideFailed,
      code: 'database-unreachable',
      why,
      next: 'Check DATABASE_URL, and that Postgres runs.',
    };
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return {
      exit: exitCodes.outsideFailed,
      code: 'not-writable',
      why,
      next: 'Mend the folder or make room, then run `lapak doctor`.',
    };
  return undefined;
}

function bugParts(error: unknown): FailureParts {
  return {
    exit: exitCodes.bug,
    code: 'bug',
    why: sentence(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    next: 'This is a fault of ours: run it again with --verbose and report what it prints.',
    cause: error,
  };
}

export function errorText({ what, why, next }: Explained, red: (text: string) => string): string {
  return `${red('Error:')} ${what}\n  Why:  ${why}\n  Next: ${next}\n`;
}

export function errorDocument({ code, what, why, next, requestId }: Explained): object {
  return { ok: false, error: { code, message: `${what} ${why}`, next, requestId: requestId ?? null } };
}
