// Keeps what can write nothing down from pretending to: while a trouble stops selling, tills may look and not change anything.
import type { FastifyInstance } from 'fastify';
import { sendRefusal } from '#schema/mount';
import { refuse } from '#schema/values/result';
import { storageCause } from '../journal/storage-fault.ts';
import type { Troubles } from './troubles.ts';

export function stopWhenUnfit(app: FastifyInstance, troubles: Troubles): void {
  app.addHook('preValidation', async (request, reply) => {
    if (request.method === 'GET' || request.routeOptions.config.access === 'machine') return;
    const trouble = troubles.list().find(({ stopsSelling }) => stopsSelling);
    if (trouble) return sendRefusal(reply, refuse(trouble.code, trouble.detail, { next: trouble.next }), 409);
  });
  // A read that meets a torn page says the same as a write that does.
  app.addHook('onError', async (_request, _reply, error) => {
    if (storageCause(error) === 'damaged') troubles.raise('damaged');
  });
}
