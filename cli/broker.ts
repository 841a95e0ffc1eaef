// The broker of a store node's devices, as its settings say: the one inside the node, or one elsewhere.
import { wrongUse } from './failure.ts';
import { portOf, resolveSetting, type Sources } from './settings.ts';

interface Broker {
  mqtt: { url?: string; port: number; tlsPort: number };
}

export function brokerOf(sources: Sources): Broker {
  const ports = { port: portOf('mqttPort', sources), tlsPort: portOf('mqttTlsPort', sources) };
  const { value: url, from } = resolveSetting('mqttUrl', sources);
  if (url === undefined) return { mqtt: ports };
  // Not said back: it may hold a password.
  if (!/^mqtts?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw wrongUse(
      `${from} is no address of a broker.`,
      'Write it whole, like mqtts://node:password@broker.example:8883.',
      'bad-address',
    );
  return { mqtt: { url, ...ports } };
}
