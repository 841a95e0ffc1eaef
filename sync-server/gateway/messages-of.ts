// What the modules answer, in the words of the .proto: times are milliseconds, and what is not there is left out.
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { DeviceOrder } from '#schema/wire/device-order';
import type { DeviceStatus } from '#schema/wire/device-status';
import type { DeviceCommandSchema, DeviceStatusSchema } from './messages.ts';

const at = (time: string): bigint => BigInt(Date.parse(time));

const given = <Name extends string, From, To>(name: Name, value: From | null, to: (value: From) => To) =>
  (value === null ? {} : { [name]: to(value) }) as { [Key in Name]?: To };

const same = <T>(value: T): T => value;

export const statusMessage = (status: DeviceStatus): MessageInitShape<typeof DeviceStatusSchema> => ({
  deviceId: status.deviceId,
  storeId: status.storeId,
  state: status.state,
  wantedConfigVersion: status.wantedConfigVersion,
  ...given('reason', status.reason, same),
  ...given('firmware', status.firmware, same),
  ...given('configVersion', status.configVersion, same),
  ...given('since', status.since, at),
  ...given('lastSeenAt', status.lastSeenAt, at),
  ...given('nodeSeenAt', status.nodeSeenAt, at),
  alerts: status.alerts.map(({ what, value, limit, since }) => ({
    what,
    value: BigInt(value),
    limit: BigInt(limit),
    since: at(since),
  })),
  latest: status.latest.map(({ metric, from, to, count, min, max, mean, last }) => ({
    deviceId: status.deviceId,
    metric,
    from: at(from),
    to: at(to),
    count,
    min: BigInt(min),
    max: BigInt(max),
    mean: BigInt(mean),
    last: BigInt(last),
  })),
});

export const orderMessage = (order: DeviceOrder): MessageInitShape<typeof DeviceCommandSchema> => ({
  id: order.id,
  deviceId: order.deviceId,
  command: order.command,
  state: order.state,
  overdue: order.overdue,
  askedAt: at(order.askedAt),
  expiresAt: at(order.expiresAt),
  ...given('detail', order.detail, same),
});
