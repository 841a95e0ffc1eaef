// Routes are values: one definition is mounted by the server, called by the client and described by OpenAPI.
import type { Static, TObject, TSchema } from 'typebox';
import type { Access } from '../rules/access.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  access: Access;
  summary: string;
  params?: TObject;
  query?: TObject;
  body?: TSchema;
  /** Absent on a stream of server-sent events and on answers that are not JSON. */
  output?: TSchema;
  /** The status of success, 200 unless said. */
  status?: number;
  /** More than the server takes elsewhere, counted after decompression. */
  maxBodyBytes?: number;
  /** Calls a minute from one address. */
  callsPerMinute?: number;
  /** The closed list of what it may refuse, each with its status. */
  refusals?: Record<string, RefusalStatus>;
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 429;

export type Contract = Record<string, Route>;

export const contract = <const Routes extends Contract>(routes: Routes): Routes => routes;

type StaticOf<Schema, Otherwise> = Schema extends TSchema ? Static<Schema> : Otherwise;

export type ParamsOf<R extends Route> = StaticOf<R['params'], Record<never, never>>;
export type QueryOf<R extends Route> = StaticOf<R['query'], Record<never, never>>;
export type BodyOf<R extends Route> = StaticOf<R['body'], undefined>;
export type OutputOf<R extends Route> = StaticOf<R['output'], undefined>;
export type RefusalOf<R extends Route> = R['refusals'] extends Record<infer Code extends string, unknown> ? Code : never;

/** Joins contracts for the whole of a server: what OpenAPI shows and what the access test walks. */
export const routesOf = (contracts: Record<string, Contract>): { noun: string; verb: string; route: Route }[] =>
  Object.entries(contracts).flatMap(([noun, routes]) => Object.entries(routes).map(([verb, route]) => ({ noun, verb, route })));
