// The node's routes as functions, called from the page that the same node serves.
import { type Client, client, ProblemError, UnreachableError, urlOf } from '#schema/client';
import type { Contract, Route } from '#schema/wire/contract';
import { storeCustomerContract } from '#schema/wire/customer';
import { deviceContract } from '#schema/wire/device';
import { draftContract } from '#schema/wire/draft';
import { printContract } from '#schema/wire/print';
import { receiptContract } from '#schema/wire/receipt';
import { returnContract } from '#schema/wire/return';
import { saleContract } from '#schema/wire/sale';
import { STAFF_HEADER, storeStaffContract } from '#schema/wire/staff';
import { tillContract } from '#schema/wire/till';
import { voucherContract } from '#schema/wire/voucher';

interface FileOf {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
}

export interface NodeCalls {
  till: Client<typeof tillContract>;
  staff: Client<typeof storeStaffContract>;
  customer: Client<typeof storeCustomerContract>;
  sale: Client<typeof saleContract>;
  draft: Client<typeof draftContract>;
  return: Client<typeof returnContract>;
  receipt: Client<typeof receiptContract>;
  print: Client<typeof printContract>;
  voucher: Client<typeof voucherContract>;
  device: Client<typeof deviceContract>;
  /** Calls of a contract that only a screen beside the sale needs, and brings along. */
  of<C extends Contract>(contract: C): Client<C>;
  /** A file that a route answers with. */
  file(route: Route, of?: FileOf): Promise<Blob>;
  /** The receipt of a sale as a PDF. */
  receiptPdf(saleId: string): Promise<Blob>;
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
  async function file(route: Route, { params, query }: FileOf = {}): Promise<Blob> {
    const response = await fetch(urlOf(route, baseUrl, params, query), { headers: headers() });
    if (!response.ok) throw new UnreachableError(`The file was not given: ${response.status}.`);
    return response.blob();
  }

  return {
    till: client(tillContract, options),
    staff: client(storeStaffContract, options),
    customer: client(storeCustomerContract, options),
    sale: client(saleContract, options),
    draft: client(draftContract, options),
    return: client(returnContract, options),
    receipt: client(receiptContract, options),
    print: client(printContract, options),
    voucher: client(voucherContract, options),
    device: client(deviceContract, options),
    of: (contract) => client(contract, options),
    file,
    receiptPdf: (id) => file(receiptContract.pdf, { params: { id } }),
  };
}

/** The node understood and said no. A server's own fault is not an answer: nobody knows what it did. */
export const isRefusal = (error: unknown): error is ProblemError => error instanceof ProblemError && error.problem.status < 500;

export const refusalCode = (error: unknown): string | undefined => (isRefusal(error) ? error.problem.code : undefined);
