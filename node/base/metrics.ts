// What Prometheus may read of a node: read from the node when it is asked, nothing is counted twice.
import { Gauge, Registry } from 'prom-client';

export function openMetrics(gauges: Record<string, { help: string; read: () => number }>): Registry {
  const registry = new Registry();
  for (const [name, { help, read }] of Object.entries(gauges))
    new Gauge({
      name: `lapak_node_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  return registry;
}
