// Mounts contracts on a Fastify server: validates by the contract, asks who is calling, calls the handler, answers the value or the
// problem. Both servers use it; each brings its own way to recognise a caller. A route without an access rule keeps it from starting.
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './rules/access.ts';
import { assert } from './values/assert.ts';
import type { Refusal, Result } from './values/result.ts';
import type { BodyOf, Contract, OutputOf, ParamsOf, QueryOf, RefusalOf, Route } from './wire/contract.ts';
import { PROBLEM_TYPE, problem } from './wire/problem.ts';

export interface Call<R extends Route, Caller> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  caller: Caller;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** What a handler returns when it has answered by itself: a stream, a picture. */
export const ANSWERED = Symbol('answered');

type Answer<R extends Route> = Result<OutputOf<R>, RefusalOf<R>> | typeof ANSWERED;

export type Handlers<C extends Contract, Caller> = {
  [Verb in keyof C]: (call: Call<C[Verb], Caller>) => Promise<Answer<C[Verb]>> | Answer<C[Verb]>;
};

/** Why somebody may not call: 401 for nobody, 403 for somebody else. `sign-in-needed` is a paired till at which nobody is signed in. */
const accessStatus = { 'not-signed-in': 401, 'sign-in-needed': 401, 'not-allowed': 403 } as const;

export type AccessRefusal = keyof typeof accessStatus;

export type Authorise<Caller> = (
  access: Access,
  request: FastifyRequest,
) => Promise<Result<Caller, AccessRefusal>> | Result<Caller, AccessRefusal>;

type Called<Caller> = FastifyRequest & { caller: Caller };

export function mount<C extends Contract, Caller>(
  app: FastifyInstance,
  routes: C,
  handlers: Handlers<C, Caller>,
  authorise: Authorise<Caller>,
): void {
  for (const verb of Object.keys(routes)) mountRoute(app, verb, routes, handlers, authorise);
}

function mountRoute<C extends Contract, Caller>(
  app: FastifyInstance,
  verb: keyof C & string,
  routes: C,
  handlers: Handlers<C, Caller>,
  authorise: Authorise<Caller>,
): void {
  const route = routes[verb] as Route;
  const handler = handlers[verb] as (call: Call<Route, Caller>) => Promise<Answer<Route>> | Answer<Route>;
  assert(route.access, `${route.method} ${route.path} does not say who may call it`);
  if (!app.hasRequestDecorator('caller')) app.decorateRequest('caller', null);
  app.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(route),
    ...(route.maxBodyBytes && { bodyLimit: route.maxBodyBytes }),
    config: routeConfig(route),
    // After parsing and before validation, so that rate limits see refused calls and strangers learn nothing about the input.
    preValidation: async (request, reply) => {
      const caller = await authorise(route.access, request);
      if (!caller.ok) return sendRefusal(reply, caller, accessStatus[caller.code]);
      (request as Called<Caller>).caller = caller.value;
    },
    handler: async (request, reply) => {
      const { params, query, body, caller } = request as Called<Caller>;
      const answer = await handler({ params, query, body, caller, request, reply } as Call<Route, Caller>);
      if (answer === ANSWERED) return reply;
      if (answer.ok) return reply.status(route.status ?? 200).send(answer.value);
      return sendRefusal(reply, answer, route.refusals?.[answer.code as string] ?? 409);
    },
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call; a server can refuse to start with a route that lacks it. */
    access?: Access;
  }
}

/** What hooks and plugins read of a route: its access rule, and its limit where the server has a limiter. */
const routeConfig = ({ access, callsPerMinute }: Route): FastifyContextConfig => ({
  access,
  ...(callsPerMinute && { rateLimit: { max: callsPerMinute, timeWindow: 60_000 } }),
});

function schemaOf({ params, query, body, output, status = 200 }: Route) {
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(output && { response: { [status]: output } }),
  };
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal, status: number): FastifyReply {
  const { code, detail, field, next, facts } = refusal;
  return reply
    .status(status)
    .type(PROBLEM_TYPE)
    .send(problem({ status, code, detail, field, next, facts, requestId: reply.request.id }));
}

interface ValidationError {
  statusCode?: number;
  code?: string;
  /** Of an expected fault: what to do. */
  next?: string;
  message: string;
  validation?: { instancePath: string; keyword: string; params: Record<string, unknown>; message?: string }[];
  validationContext?: string;
}

const notJson = new Set<string | undefined>(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY']);

/** The one error handler of a server: bad input by field, malformed text, and bugs, of which the caller learns only the request id. */
export function answerErrors(app: FastifyInstance, report: (error: unknown, request: FastifyRequest) => void): void {
  const answer = (reply: FastifyReply, parts: Parameters<typeof problem>[0]) =>
    reply
      .status(parts.status)
      .type(PROBLEM_TYPE)
      .send(problem({ ...parts, requestId: reply.request.id }));
  app.setNotFoundHandler((request, reply) =>
    answer(reply, {
      status: 404,
      code: 'no-such-route',
      detail: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    }),
  );
  app.setErrorHandler((raw, request, reply) => {
    const error = raw as ValidationError;
    if (error.validation) return answer(reply, badInput(error));
    const status = error.statusCode ?? 500;
    if (status < 500) {
      if (notJson.has(error.code))
        return answer(reply, {
          status,
          code: 'bad-json',
          detail: 'The body is not JSON.',
          field: 'body',
          next: 'Mend it and send it again.',
        });
      const code = (error.code ?? 'malformed')
        .toLowerCase()
        .replace(/^fst_err_/, '')
        .replaceAll('_', '-');
      return answer(reply, { status, code, detail: error.message });
    }
    report(raw, request);
    const next = 'Try again; if it comes back, report the request id.';
    if (status === 503 && error.next !== undefined && error.code !== undefined)
      return answer(reply, { status, code: error.code, detail: error.message, next: error.next });
    if (status === 503) return answer(reply, { status, code: 'unavailable', detail: error.message, next });
    const detail = 'Something went wrong on our side. Nothing was changed by this request.';
    return answer(reply, { status: 500, code: 'bug', detail, next });
  });
}

function badInput({ validation = [], validationContext = 'body' }: ValidationError) {
  const [first] = validation;
  const extra = first?.params.additionalProperty ?? first?.params.missingProperty;
  const path = `${first?.instancePath ?? ''}${extra === undefined ? '' : `/${extra}`}`.slice(1);
  const field = path.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
  const unknown = first?.keyword === 'additionalProperties';
  const detail = unknown
    ? `The ${validationContext} has no field “${field}”.`
    : `“${field || validationContext}” ${first?.message}.`;
  return {
    status: 422,
    code: unknown ? 'unknown-field' : 'bad-input',
    detail,
    field: field || validationContext,
    next: 'Mend the field and send it again.',
  };
}
