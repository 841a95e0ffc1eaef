// A dispenser at a broker, as firmware/ports/esp32/main/mqtt_line.c is one: a lasting session, presence with its boot, and a last will.
import mqtt, { type MqttClient } from 'mqtt';
import { brokerPassword, type DeviceOnBroker, presenceText, topicOf } from '#schema/wire/device-topics';
import type { Cable, CableEnd, Chance } from './cable.ts';

const KEEP_ALIVE_S = 15;
const RETRY_MS = 500;

export interface MqttCableParts {
  url: string;
  device: DeviceOnBroker;
  rootKey: Uint8Array;
  /** Of the authority that signed the broker's certificate. */
  ca?: string;
  end: CableEnd;
  chance: Chance;
}

export function mqttCable({ url, device, rootKey, ca, end, chance }: MqttCableParts): Cable {
  const [state, info, up, down] = (['state', 'info', 'up', 'down'] as const).map((leaf) => topicOf(device, leaf)) as [
    string,
    string,
    string,
    string,
  ];
  let client: MqttClient | null = null;
  let boot: string | null = null;
  let plugged = true;
  let noise = 0;

  function connect(of: string): void {
    const kept = { qos: 1, retain: true } as const;
    const connecting = mqtt.connect(url, {
      clientId: device.name,
      username: device.name,
      password: brokerPassword(rootKey),
      keepalive: KEEP_ALIVE_S,
      reconnectPeriod: RETRY_MS,
      clean: false,
      protocolVersion: 4,
      resubscribe: false,
      ...(ca !== undefined && { ca }),
      will: { topic: state, payload: Buffer.from(presenceText('lost', of)), ...kept },
    });
    client = connecting;
    const still = () => client === connecting;
    connecting.on('connect', () =>
      connecting.subscribe(down, { qos: 1 }, (error) => {
        if (error || !still()) return;
        connecting.publish(state, presenceText('present', of), kept);
        connecting.publish(info, 'virtual', kept);
        end.setLink(true);
      }),
    );
    connecting.on('message', (topic, payload, packet) => {
      // A command that a broker kept is not meant for now.
      if (still() && topic === down && !packet.retain) end.send(Uint8Array.from(payload));
    });
    connecting.on('close', () => still() && end.setLink(false));
    // What went wrong shows as the close that follows.
    connecting.on('error', () => undefined);
  }

  /** Without a word to the broker, as a cable goes. */
  function cut(): Promise<void> {
    const gone = client;
    client = null;
    end.setLink(false);
    return gone ? gone.endAsync(true) : Promise.resolve();
  }

  function stand(): void {
    void cut();
    if (plugged && boot !== null) connect(boot);
  }

  return {
    power(bootId) {
      boot = bootId && Buffer.from(bootId).toString('hex');
      stand();
    },
    send(message) {
      const twice = noise > 0 && chance(noise);
      for (let time = 0; time < (twice ? 2 : 1); time++) client?.publish(up, Buffer.from(message), { qos: 1 });
    },
    setPlugged(now) {
      plugged = now;
      stand();
    },
    setNoise(share) {
      noise = share;
    },
    async stop() {
      boot = null;
      await cut();
    },
  };
}
