// Who calls over gRPC, by the same rules as over HTTP: each method names who may call it, and a refusal becomes a status of gRPC.
import { Code, ConnectError, type ContextValues, createContextKey } from '@connectrpc/connect';
import type { Access } from '#schema/rules/access';
import type { Refusal, Result } from '#schema/values/result';
import type { RefusalStatus } from '#schema/wire/contract';
import type { Caller } from '../base/caller.ts';
import type { DeviceGateway } from './messages.ts';

export type GatewayMethod = keyof (typeof DeviceGateway)['method'];

/** The first that lets somebody in decides. What people may look up of a store, its node may of its own. */
export const methodAccess: Record<GatewayMethod, readonly [Access, ...Access[]]> = {
  getDeviceStatus: [{ can: 'device.read' }],
  sendDeviceCommand: [{ can: 'device.command' }],
  receiveDeviceData: [{ can: 'device.report' }],
  verifyStoreAccess: ['session', 'node'],
  getStoreInfo: [{ can: 'store.read' }, 'node'],
};

export type Asker = Result<Caller, 'not-signed-in' | 'not-allowed'>;

export const askerKey = createContextKey<Asker | undefined>(undefined);

const codes: Record<RefusalStatus, Code> = {
  400: Code.InvalidArgument,
  401: Code.Unauthenticated,
  403: Code.PermissionDenied,
  404: Code.NotFound,
  409: Code.FailedPrecondition,
  412: Code.Aborted,
  413: Code.ResourceExhausted,
  422: Code.InvalidArgument,
  429: Code.ResourceExhausted,
};

/** As a trailer carries it: text that is not ASCII would break the head of an answer. */
const ascii = (text: string) => text.replace(/[^\x20-\x7e]/g, '?');

export function failed({ code, detail, field, next }: Refusal, status: RefusalStatus): ConnectError {
  const trailers = {
    'lapak-code': code,
    ...(field && { 'lapak-field': ascii(field) }),
    ...(next && { 'lapak-next': ascii(next) }),
  };
  return new ConnectError(detail, codes[status], trailers);
}

/** The caller, or the error that says why they are none. */
export function callerOf(values: ContextValues): Caller {
  const asker = values.get(askerKey);
  if (!asker) throw new ConnectError('Nobody asked who calls.', Code.Internal);
  if (asker.ok) return asker.value;
  throw failed(asker, asker.code === 'not-signed-in' ? 401 : 403);
}
