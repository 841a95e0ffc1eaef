// The node's own connection to whichever broker its devices are at: opened when the first of them is followed, and again whenever it goes.
import type { Duplex } from 'node:stream';
import type { MqttClient } from 'mqtt';
import type { Clock } from '#schema/values/clock';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
const KEEP_ALIVE_S = 15;

export interface Follower {
  topics: readonly string[];
  message(topic: string, payload: Uint8Array, retained: boolean): void;
  /** Nothing can be said or heard any more. After it the retained messages come again. */
  lost(): void;
}

export interface BrokerConnection {
  /** Returns what ends it. */
  follow(follower: Follower): () => void;
  /** False where the broker is not reached. */
  publish(topic: string, payload: Uint8Array, options?: { retain: boolean }): boolean;
  isUp(): boolean;
  stop(): Promise<void>;
}

/** A broker elsewhere by its address, with user and password in it; or the one inside this node. */
export type ReachBroker = () => Promise<string | { connect(): Duplex; stop(): Promise<void> }>;

export interface ConnectionParts {
  reach: ReachBroker;
  clientId: string;
  clock: Clock;
  onFault: (error: unknown) => void;
}

export function openConnection({ reach, clientId, clock, onFault }: ConnectionParts): BrokerConnection {
  const followers = new Set<Follower>();
  const byTopic = new Map<string, Follower>();
  let opening: Promise<void> | undefined;
  let client: MqttClient | undefined;
  let stopBroker = async () => {};
  let stopped = false;
  let cancelRetry = () => {};

  async function open(): Promise<void> {
    const place = await reach();
    if (typeof place !== 'string') stopBroker = place.stop;
    // A store without such devices does not load it.
    const { default: mqtt } = await import('mqtt');
    if (stopped) return;
    const options = {
      clientId,
      keepalive: KEEP_ALIVE_S,
      reconnectPeriod: FIRST_RETRY_MS,
      protocolVersion: 4 as const,
      // Its devices say again what was not answered: nothing is kept for us, and nothing is said late.
      clean: true,
      resubscribe: false,
      queueQoSZero: false,
    };
    client =
      typeof place === 'string' ? mqtt.connect(place, options) : new mqtt.MqttClient(() => place.connect() as never, options);
    attend(client);
  }

  function attend(attended: MqttClient): void {
    attended.on('connect', () => {
      attended.options.reconnectPeriod = FIRST_RETRY_MS;
      for (const follower of followers) subscribe(follower);
    });
    attended.on('message', (topic, payload, packet) => byTopic.get(topic)?.message(topic, payload, packet.retain));
    attended.on('close', () => {
      attended.options.reconnectPeriod = Math.min((attended.options.reconnectPeriod ?? 0) * 2, LONGEST_RETRY_MS);
      for (const follower of followers) follower.lost();
    });
    // What went wrong shows as the close that follows; a person reads of it in the log.
    attended.on('error', onFault);
  }

  function subscribe({ topics }: Follower): void {
    client?.subscribe([...topics], { qos: 1 }, (error) => error && !stopped && onFault(error));
  }

  function begin(delayMs: number): void {
    opening = open().catch((error: unknown) => {
      onFault(error);
      cancelRetry = clock.after(delayMs, () => begin(Math.min(delayMs * 2, LONGEST_RETRY_MS)));
    });
  }

  return {
    follow(follower) {
      followers.add(follower);
      for (const topic of follower.topics) byTopic.set(topic, follower);
      if (!opening) begin(FIRST_RETRY_MS);
      if (client?.connected) subscribe(follower);
      return () => {
        followers.delete(follower);
        // Not unsubscribed: a broker may do that after whatever follows the same topics again.
        for (const topic of follower.topics) byTopic.delete(topic);
      };
    },
    publish(topic, payload, { retain } = { retain: false }) {
      if (!client?.connected) return false;
      client.publish(topic, Buffer.from(payload), { qos: 1, retain });
      return true;
    },
    isUp: () => client?.connected ?? false,
    async stop() {
      stopped = true;
      cancelRetry();
      await opening;
      followers.clear();
      await client?.endAsync(true);
      await stopBroker();
    },
  };
}
