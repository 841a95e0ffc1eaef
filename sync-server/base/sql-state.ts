// What Postgres said went wrong, by its code; commands turn a violated constraint into their refusal, transactions retry.

interface DatabaseFault {
  code: string;
  constraint?: string;
}

/** drizzle wraps the driver's error as `cause`; both drivers carry the SQLSTATE as `code`. */
function databaseFault(error: unknown): DatabaseFault | undefined {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    if ('code' in fault && typeof fault.code === 'string' && /^[0-9A-Z]{5}$/.test(fault.code))
      return fault as Error & DatabaseFault;
  }
  return undefined;
}

export const sqlState = (error: unknown): string | undefined => databaseFault(error)?.code;

/** The name of the unique, check, exclusion or foreign-key constraint that refused, if one did. */
export function violatedConstraint(error: unknown): string | undefined {
  const fault = databaseFault(error);
  return fault?.code.startsWith('23') ? fault.constraint : undefined;
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';

export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === serializationFailure || state === deadlockDetected;
}

const socketFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);

/** The database is away, starting, stopping or full: the same request may succeed in a moment. */
export function isOutage(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
    if (socketFaults.has(code) || /^(08|53|57P)[0-9A-Z]*$/.test(code)) return true;
  }
  return false;
}
