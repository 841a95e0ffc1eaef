// The node's routes as functions, called from the page that the same node serves.
import { type Client, client, ProblemError } from '#schema/client';
import { deviceContract } from '#schema/wire/device';
import { saleContract } from '#schema/wire/sale';
import { STAFF_HEADER, storeStaffContract } from '#schema/wire/staff';
import { tillContract } from '#schema/wire/till';
import { voucherContract } from '#schema/wire/voucher';

export interface NodeCalls {
  till: Client<typeof tillContract>;
  staff: Client<typeof storeStaffContract>;
  sale: Client<typeof saleContract>;
  voucher: Client<typeof voucherContract>;
  device: Client<typeof deviceContract>;
}

export interface CallOptions {
  baseUrl: string;
  fetch: typeof fetch;
  token: () => string | null;
  /** Of who is signed in. */
  staffToken: () => string | null;
}

export function nodeCalls({ baseUrl, fetch, token, staffToken }: CallOptions): NodeCalls {
  const headers = (): Record<string, string> => {
    const own = token();
    const person = staffToken();
    return { ...(own !== null && { authorization: `Bearer ${own}` }), ...(person !== null && { [STAFF_HEADER]: person }) };
  };
  const options = { baseUrl, fetch, headers };
  return {
    till: client(tillContract, options),
    staff: client(storeStaffContract, options),
    sale: client(saleContract, options),
    voucher: client(voucherContract, options),
    device: client(deviceContract, options),
  };
}

/** The node understood and said no. A server's own fault is not an answer: nobody knows what it did. */
export const isRefusal = (error: unknown): error is ProblemError => error instanceof ProblemError && error.problem.status < 500;

export const refusalCode = (error: unknown): string | undefined => (isRefusal(error) ? error.problem.code : undefined);
