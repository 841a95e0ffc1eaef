// A device at a broker: what it says on `up`, what is said to it on `down`, and whether it is there, by its retained state and its last will.
import { type DeviceOnBroker, readPresence, topicOf } from '#schema/wire/device-topics';
import { encodeMessage } from '#schema/wire/dispenser';
import type { Driver, DriverEvents, Presence } from '../driver.ts';
import type { CountRefusal } from '../refusals.ts';
import type { BrokerConnection } from './connection.ts';
import { payloadLimits } from './rules.ts';

const getState = encodeMessage({ kind: 'getState' });

export interface MqttDriver extends Driver {
  /** Kept by the broker for a device that is away: settings with their version, for devices without our core. */
  configure(config: Uint8Array): boolean;
}

export interface MqttParts {
  connection: BrokerConnection;
  device: DeviceOnBroker;
  refused: CountRefusal;
}

export function openMqtt({ connection, device, refused }: MqttParts): MqttDriver {
  const [state, up, down] = [topicOf(device, 'state'), topicOf(device, 'up'), topicOf(device, 'down')];
  let events: DriverEvents | undefined;
  let unfollow = () => {};
  let presence: Presence = 'lost';
  let boot: string | undefined;

  function stand(now: Presence): void {
    if (now === presence) return;
    presence = now;
    events?.presence(now);
  }

  function hearState(text: string, retained: boolean): void {
    const said = readPresence(text);
    if (!said) return;
    // A will of an earlier boot comes when the broker notices at last; by then the device is back.
    if (said.presence === 'lost' && boot !== undefined && said.boot !== boot) return;
    boot = said.boot;
    stand(said.presence);
    // It was there before its node was, and does not know that it has to greet anew.
    if (retained && said.presence === 'present' && device.family === 'sd') connection.publish(down, getState);
  }

  function hearUp(payload: Uint8Array, retained: boolean): void {
    if (retained) refused('retained');
    else if (payload.length > payloadLimits[device.family]) refused('oversize');
    else {
      // Its will may have come after it was back in the same boot: who speaks is there.
      stand('present');
      events?.message(Uint8Array.from(payload));
    }
  }

  return {
    async start(heard) {
      events = heard;
      unfollow = connection.follow({
        topics: [state, up],
        message: (topic, payload, retained) =>
          topic === state ? hearState(new TextDecoder().decode(payload), retained) : hearUp(payload, retained),
        lost: () => stand('lost'),
      });
    },
    async stop() {
      events = undefined;
      presence = 'lost';
      boot = undefined;
      unfollow();
    },
    send: (message) => presence === 'present' && connection.publish(down, message),
    configure: (config) => connection.publish(topicOf(device, 'config'), config, { retain: true }),
  };
}
