// The agent of a device without our core: it speaks JSON at the broker, tells what it measures, and shows that it lives by a heartbeat.
import type { Clock } from '#schema/values/clock';
import { type DeviceConfigOrder, type DeviceMessage, type DeviceOrder, readDeviceMessage } from '#schema/wire/device-message';
import type { Agent } from './agent.ts';
import type { CommandAnswer } from './commands/queue.ts';
import type { StoreDevice } from './devices.ts';
import type { MqttDriver } from './mqtt/driver.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

/** Whoever says nothing for so long hangs, also where its connection stands. */
const SILENT_MS = 180_000;
const ANSWER_MS = 30_000;
/** How often settings are sent in one presence to a device that says that it runs others. */
const CONFIG_TRIES = 3;
/** What came again under the same id says nothing new; its broker repeats only what is recent. */
const REMEMBERED = 256;

interface JsonAgentParts {
  device: StoreDevice;
  driver: MqttDriver;
  clock: Clock;
  now: () => number;
  /** With each message that cannot be read, and why. */
  unreadable(why: string): void;
  telemetry: Pick<Telemetry, 'record'>;
  onChange(): void;
  /** An answer that came after nobody waited for it any more. */
  answer(commandId: string, answer: CommandAnswer): void;
}

type Heartbeat = Extract<DeviceMessage, { kind: 'heartbeat' }>;

export function openJsonAgent({ driver, clock, now, unreadable, telemetry, onChange, answer, ...parts }: JsonAgentParts): Agent {
  let { device } = parts;
  let present = false;
  let silent = false;
  let lastSeenAt: number | null = null;
  let heartbeat: Heartbeat | undefined;
  let tries = 0;
  let cancelSilence = () => {};
  const remembered = new Set<string>();
  const waiting = new Map<string, (answer: CommandAnswer | 'silent') => void>();

  const bytesOf = (value: DeviceOrder | DeviceConfigOrder) => new TextEncoder().encode(JSON.stringify(value));
  const sendConfig = () => driver.configure(bytesOf({ version: device.configVersion, config: device.config }));
  const runsOther = () => heartbeat?.configVersion !== undefined && heartbeat.configVersion !== device.configVersion;

  function heard(): void {
    lastSeenAt = now();
    silent = false;
    cancelSilence();
    cancelSilence = clock.after(SILENT_MS, () => {
      silent = true;
      onChange();
    });
  }

  function stand(presence: boolean): void {
    present = presence;
    tries = 0;
    if (presence) {
      heard();
      sendConfig();
    } else cancelSilence();
    onChange();
  }

  function isRepeated(id: string): boolean {
    if (remembered.has(id)) return true;
    remembered.add(id);
    for (const oldest of remembered) if (remembered.size > REMEMBERED) remembered.delete(oldest);
    return false;
  }

  function receive(bytes: Uint8Array): void {
    const message = readDeviceMessage(bytes);
    heard();
    if (!message.ok) unreadable(message.code);
    else if (!isRepeated(message.value.id)) take(message.value);
    onChange();
  }

  function take(message: DeviceMessage): void {
    if (message.kind === 'data') telemetry.record(device.id, message.readings);
    else if (message.kind === 'result') settle(message.commandId, { outcome: message.outcome, detail: message.detail ?? null });
    else {
      heartbeat = message;
      if (runsOther() && tries < CONFIG_TRIES) {
        tries += 1;
        sendConfig();
      }
    }
  }

  function settle(commandId: string, result: CommandAnswer): void {
    const waits = waiting.get(commandId);
    if (waits) waits(result);
    else answer(commandId, result);
  }

  const reason = (): string | null => {
    if (silent) return 'silent';
    if (heartbeat?.fault) return heartbeat.fault;
    return runsOther() && tries >= CONFIG_TRIES ? 'config-refused' : null;
  };

  return {
    state: () => ({
      present: present && !silent,
      busy: false,
      works: !heartbeat?.fault,
      asksFirst: true,
      reason: reason(),
      lastSeenAt,
      firmware: heartbeat?.firmware ?? null,
      configVersion: heartbeat?.configVersion ?? null,
      update: null,
    }),
    isThere: () => present && !silent,
    obey: (order) =>
      new Promise((resolve) => {
        const settled = (result: CommandAnswer | 'silent') => {
          cancel();
          waiting.delete(order.id);
          resolve(result);
        };
        const cancel = clock.after(ANSWER_MS, () => settled('silent'));
        waiting.set(order.id, settled);
        if (!driver.send(bytesOf(order))) settled('silent');
      }),
    follow(changed) {
      const isNewer = changed.configVersion !== device.configVersion;
      device = changed;
      tries = 0;
      if (isNewer) sendConfig();
    },
    start: () => driver.start({ presence: (presence) => stand(presence === 'present'), message: receive }),
    async stop() {
      cancelSilence();
      for (const settled of [...waiting.values()]) settled('silent');
      await driver.stop();
    },
  };
}
