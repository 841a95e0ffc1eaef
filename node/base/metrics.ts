// What Prometheus may read of a node: read from the node when it is asked, nothing is counted twice.
import { Counter, Gauge, Registry } from 'prom-client';

type Gauges = Record<string, { help: string; read: () => number }>;

/** What only grows, by one label. */
type Counters = Record<string, { help: string; label: string; read: () => Readonly<Record<string, number>> }>;

export function openMetrics(gauges: Gauges, counters: Counters): Registry {
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
  for (const [name, { help, label, read }] of Object.entries(counters))
    new Counter({
      name: `lapak_node_${name}_total`,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count);
      },
    });
  return registry;
}
