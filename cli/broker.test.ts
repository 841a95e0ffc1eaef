// Where a node is told that its devices are.
import { expect, it } from 'vitest';
import { brokerOf } from './broker.ts';
import type { Sources } from './settings.ts';

const sources = (env: Record<string, string>): Sources => ({ flags: {}, env, config: { profiles: {} } });

it.each<[Record<string, string>, ReturnType<typeof brokerOf>['mqtt']]>([
  [{}, { port: 1883, tlsPort: 8883 }],
  [
    { LAPAK_MQTT_PORT: '0', LAPAK_MQTT_TLS_PORT: '9883' },
    { port: 0, tlsPort: 9883 },
  ],
  [{ LAPAK_MQTT_URL: 'mqtts://node:p@broker.example' }, { url: 'mqtts://node:p@broker.example', port: 1883, tlsPort: 8883 }],
])('[DSP-07] %j puts the broker of the devices at %j', (env, expected) => {
  expect(brokerOf(sources(env)).mqtt).toEqual(expected);
});

it.each([
  [{ LAPAK_MQTT_PORT: '70000' }, 'LAPAK_MQTT_PORT “70000” is not a port'],
  [{ LAPAK_MQTT_TLS_PORT: 'x' }, 'LAPAK_MQTT_TLS_PORT “x” is not a whole number'],
  [{ LAPAK_MQTT_URL: 'broker.example' }, 'LAPAK_MQTT_URL is no address of a broker'],
  [{ LAPAK_MQTT_URL: 'http://node:secret@broker.example' }, 'LAPAK_MQTT_URL is no address of a broker'],
])('[DSP-07] %j is wrong use, said without what may be secret', (env, why) => {
  expect(() => brokerOf(sources(env))).toThrow(why);
  expect(() => brokerOf(sources(env))).not.toThrow('secret');
});
