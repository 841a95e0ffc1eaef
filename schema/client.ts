// Typed calls made from the contracts in wire/: the same definition that the server mounts. `fetch` is an argument.
import type { BodyOf, Contract, OutputOf, ParamsOf, QueryOf, Route } from './wire/contract.ts';
import { type Problem, problem } from './wire/problem.ts';

type Part<Name extends string, T> = keyof T extends never ? { [K in Name]?: undefined } : { [K in Name]: T };

export type Input<R extends Route> = Part<'params', ParamsOf<R>> & {
  query?: QueryOf<R>;
} & (BodyOf<R> extends undefined ? { body?: undefined } : { body: BodyOf<R> });

export type Client<C extends Contract> = {
  [Verb in keyof C]: (input?: Input<C[Verb]> | Record<never, never>) => Promise<OutputOf<C[Verb]>>;
};

/** The server answered, and the answer was no. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;
  constructor(answer: Problem) {
    super(answer.detail);
    this.problem = answer;
  }
}

/** No answer came: the server is off, the network is gone, or it took too long. */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
}

export interface ClientOptions {
  baseUrl: string;
  fetch: typeof fetch;
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
  timeoutMs?: number;
}

export function client<C extends Contract>(routes: C, options: ClientOptions): Client<C> {
  const calls: Record<string, (input?: object) => Promise<unknown>> = {};
  for (const [verb, route] of Object.entries(routes)) calls[verb] = (input = {}) => call(route, input, options);
  return calls as Client<C>;
}

export function urlOf(
  route: Route,
  baseUrl: string,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): URL {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const url = new URL(path, baseUrl);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

async function call(
  route: Route,
  input: { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown },
  { baseUrl, fetch, headers, timeoutMs = 15_000 }: ClientOptions,
): Promise<unknown> {
  const url = urlOf(route, baseUrl, input.params, input.query);
  const response = await fetch(url, {
    method: route.method,
    headers: { ...(input.body === undefined ? {} : { 'content-type': 'application/json' }), ...(await headers?.()) },
    signal: AbortSignal.timeout(timeoutMs),
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  }).catch((cause: unknown) => {
    throw new UnreachableError(`No answer from ${url.origin}.`, { cause });
  });
  if (response.ok)
    return response.status === 204
      ? undefined
      : response.json().catch((cause: unknown) => {
          throw new UnreachableError(`The answer from ${url.origin} broke off.`, { cause });
        });
  throw new ProblemError(await readProblem(response));
}

async function readProblem(response: Response): Promise<Problem> {
  const parts = { status: response.status, code: 'unreadable-answer', detail: `The server answered ${response.status}.` };
  const body = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return problem({ ...parts, ...body });
}
