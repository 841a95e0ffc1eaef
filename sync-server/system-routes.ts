// The routes that are about the server itself: is it up, can it serve, its metrics, and the description of all the others.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { centreContracts } from '#schema/wire/centre';
import { openApi } from '#schema/wire/openapi';
import { WIRE_VERSION } from '#schema/wire/version';
import { DOCS_PREFIX } from './base/http.ts';
import type { Metrics } from './base/metrics.ts';
import type { Runtime } from './base/runtime.ts';
import type { Sweeps } from './base/sweep.ts';

interface SystemParts {
  runtime: Runtime;
  metrics: Metrics;
  sweeps: () => Sweeps | undefined;
  version: string;
}

const open = { config: { access: 'public' as const } };

export async function mountSystemRoutes(app: FastifyInstance, { runtime, metrics, sweeps, version }: SystemParts): Promise<void> {
  app.get('/healthz', open, () => ({ status: 'ok', version, wireVersion: WIRE_VERSION }));
  app.get('/readyz', open, async (_request, reply) => {
    const reasons = await whyNotReady(runtime, sweeps());
    return reply.status(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
  app.get('/metrics', open, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  const document = openApi('Lapak, the centre', version, centreContracts);
  app.get('/openapi.json', open, () => document);
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, { routePrefix: DOCS_PREFIX, staticCSP: true, uiConfig: { deepLinking: true } });
}

async function whyNotReady({ database }: Runtime, sweeps: Sweeps | undefined): Promise<string[]> {
  const answers = await database.db.execute(sql`SELECT 1`).then(
    () => true,
    () => false,
  );
  const failing = [...(sweeps?.faults().keys() ?? [])].map((name) => `the sweep “${name}” fails and is being tried again`);
  return [...(answers ? [] : ['the database does not answer']), ...(sweeps ? [] : ['the server is still starting']), ...failing];
}
