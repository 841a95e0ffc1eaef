// The node's routes as functions, called from the page that the same node serves.
import { type Client, client, ProblemError } from '#schema/client';
import { deviceContract } from '#schema/wire/device';
import { saleContract } from '#schema/wire/sale';
import { tillContract } from '#schema/wire/till';
import { voucherContract } from '#schema/wire/voucher';

export interface NodeCalls {
  till: Client<typeof tillContract>;
  sale: Client<typeof saleContract>;
  voucher: Client<typeof voucherContract>;
  device: Client<typeof deviceContract>;
}

export interface CallOptions {
  baseUrl: string;
  fetch: typeof fetch;
  token: () => string | null;
}

export function nodeCalls({ baseUrl, fetch, token }: CallOptions): NodeCalls {
  const headers = (): Record<string, string> => {
    const own = token();
    return own === null ? {} : { authorization: `Bearer ${own}` };
  };
  const options = { baseUrl, fetch, headers };
  return {
    till: client(tillContract, options),
    sale: client(saleContract, options),
    voucher: client(voucherContract, options),
    device: client(deviceContract, options),
  };
}

/** The node understood and said no. A server's own fault is not an answer: nobody knows what it did. */
export const isRefusal = (error: unknown): error is ProblemError => error instanceof ProblemError && error.problem.status < 500;

export const refusalCode = (error: unknown): string | undefined => (isRefusal(error) ? error.problem.code : undefined);
