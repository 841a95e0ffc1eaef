// The page that tells how to trust the box, and the certificate that it is about. Where the store wants TLS alone, other machines get nothing
// else without it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendRefusal } from '#schema/mount';
import { refuse } from '#schema/values/result';
import { isLoopback } from '../base/loopback.ts';
import type { KeptAuthority } from './authority.ts';
import { bytesOf } from './certificate.ts';
import { trustLanguage, trustPage } from './trust-page.ts';

const PAGE = '/trust';
const FILE = '/trust/lapak-ca.crt';

interface TrustParts extends Pick<KeptAuthority, 'certificate' | 'fingerprint'> {
  storeName: () => string;
  tlsOnly: boolean;
  /** Where the till page is under TLS. */
  addresses: () => string[];
}

export function mountTrust(app: FastifyInstance, { certificate, fingerprint, storeName, tlsOnly, addresses }: TrustParts): void {
  app.get(PAGE, (request, reply) => {
    const { lang } = request.query as { lang?: string };
    const language = trustLanguage(lang, request.headers['accept-language']);
    const page = trustPage({ language, storeName: storeName(), fingerprint, addresses: addresses() });
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
  app.get(FILE, (_, reply) => reply.type('application/x-x509-ca-cert').send(bytesOf(certificate)));
  if (!tlsOnly) return;
  app.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https' || isLoopback(request) || isTrust(request)) return;
    if (request.method === 'GET' && request.headers.accept?.includes('text/html')) return reply.redirect(PAGE);
    const refusal = refuse('tls-needed', 'This store box answers other machines by TLS alone.', {
      next: 'Open it by https, as its page /trust tells.',
    });
    return sendRefusal(reply, refusal, 403);
  });
}

const isTrust = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === PAGE || routeOptions.url === FILE;
