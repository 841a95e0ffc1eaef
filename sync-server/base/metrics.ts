// What Prometheus scrapes. Each server has its own registry, so that several centres in one process (tests, simulation) keep apart.

import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  factsReceived: Counter;
  factsApplied: Counter;
  exceptionsOpened: Counter<'module' | 'code'>;
  sweepFaults: Counter<'sweep'>;
  requestSeconds: Histogram<'method' | 'route' | 'status'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    factsReceived: new Counter({ name: 'lapak_facts_received_total', help: 'Facts stored for the first time', registers }),
    factsApplied: new Counter({ name: 'lapak_facts_applied_total', help: 'Facts handed to the modules', registers }),
    exceptionsOpened: new Counter({
      name: 'lapak_exceptions_opened_total',
      help: 'Facts that a person has to look at',
      labelNames: ['module', 'code'],
      registers,
    }),
    sweepFaults: new Counter({
      name: 'lapak_sweep_faults_total',
      help: 'Runs of a sweep that failed and will be tried again',
      labelNames: ['sweep'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'lapak_http_request_seconds',
      help: 'Answers by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 30],
      registers,
    }),
  };
}

/** A value that is read from the database when somebody scrapes. */
export function measure({ registry }: Metrics, name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read());
    },
  });
}

/** By the route's pattern, never by the address: ids in labels would grow without end. */
export function timeRequests(app: FastifyInstance, { requestSeconds }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) };
    requestSeconds.observe(labels, reply.elapsedTime / 1_000);
  });
}
