// Puts the gateway's methods onto the centre's server, each a route that says who may call it: gRPC over HTTP/2, and for whoever cannot speak
// that, gRPC-Web and Connect's own form over HTTP/1.1.
import { Code, ConnectError, createConnectRouter, createContextValues } from '@connectrpc/connect';
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from '@connectrpc/connect-node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authorise } from '#schema/mount';
import type { Access } from '#schema/rules/access';
import { refuse } from '#schema/values/result';
import type { Caller } from '../base/caller.ts';
import type { Log } from '../base/log.ts';
import type { Runtime } from '../base/runtime.ts';
import { type Asker, askerKey, type GatewayMethod, methodAccess } from './asker.ts';
import { DeviceGateway } from './messages.ts';
import { gatewayService } from './service.ts';

const MESSAGE_BYTES_MAX = 1024 * 1024;

interface GatewayParts {
  runtime: Runtime;
  authorise: Authorise<Caller>;
  log: Log;
}

export function mountGateway(app: FastifyInstance, { runtime, authorise, log }: GatewayParts): void {
  const router = createConnectRouter({ readMaxBytes: MESSAGE_BYTES_MAX, writeMaxBytes: MESSAGE_BYTES_MAX });
  router.service(DeviceGateway, gatewayService(runtime));
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const handle of router.handlers) {
      const access = methodAccess[handle.method.localName as GatewayMethod];
      scope.route({
        method: 'POST',
        url: handle.requestPath,
        config: { access: access[0], readsBody: true },
        async handler(request, reply) {
          const contextValues = createContextValues().set(askerKey, await askerOf(request, access, authorise));
          reply.hijack();
          reply.raw.setHeader('x-request-id', request.id);
          const answer = await handle(universalRequestFromNodeRequest(request.raw, reply.raw, undefined, contextValues));
          await universalResponseToNodeResponse(answer, reply.raw).catch((error: unknown) => {
            if (ConnectError.from(error).code === Code.Aborted) return;
            log.error({ err: error, requestId: request.id, route: handle.requestPath }, 'a call could not be answered');
          });
        },
      });
    }
  });
}

/** What the method itself is told: a status of gRPC says why somebody may not call, where HTTP has one of its own. */
async function askerOf(request: FastifyRequest, access: readonly Access[], authorise: Authorise<Caller>): Promise<Asker> {
  let last: Asker = refuse('not-signed-in', 'This needs a token.');
  for (const rule of access) {
    const asker = await authorise(rule, request);
    if (asker.ok) return asker;
    last = refuse(asker.code === 'not-allowed' ? 'not-allowed' : 'not-signed-in', asker.detail, asker);
  }
  return last;
}
