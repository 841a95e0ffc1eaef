// OpenAPI 3.1 from the same contracts that are mounted and called.
import type { TObject } from 'typebox';
import type { Access } from '../rules/access.ts';
import { type Contract, type Route, routesOf } from './contract.ts';
import { Problem } from './problem.ts';

const accessText = (access: Access): string =>
  typeof access === 'string'
    ? {
        public: 'Anyone.',
        session: 'Any signed-in person.',
        node: 'A store node.',
        'known-node': 'A store node, or one that was replaced.',
        till: 'A paired till.',
        staff: 'A paired till, with a person signed in at it where the store has staff.',
        machine: 'A program on the same machine.',
      }[access]
    : `Needs the permission ${access.can}.`;

const parametersOf = (schema: TObject | undefined, place: 'path' | 'query') =>
  Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || ((schema?.required ?? []) as readonly string[]).includes(name),
    schema: property,
  }));

function operationOf(noun: string, verb: string, route: Route) {
  const { summary, access, params, query, body, output, status = 200, refusals = {} } = route;
  const answers: Record<string, object> = {
    [status]: { description: 'Done', content: output ? { 'application/json': { schema: output } } : { 'text/event-stream': {} } },
  };
  for (const [code, refused] of Object.entries(refusals)) {
    const known = answers[refused] as { description: string } | undefined;
    answers[refused] = {
      description: known ? `${known.description}, ${code}` : code,
      content: { 'application/problem+json': { schema: Problem } },
    };
  }
  return {
    operationId: `${noun}.${verb}`,
    summary,
    description: accessText(access),
    tags: [noun],
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    ...(access !== 'public' && { security: [{ bearer: [] }] }),
    responses: answers,
  };
}

export function openApi(title: string, version: string, contracts: Record<string, Contract>) {
  const paths: Record<string, Record<string, object>> = {};
  for (const { noun, verb, route } of routesOf(contracts)) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(noun, verb, route);
    paths[route.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}
