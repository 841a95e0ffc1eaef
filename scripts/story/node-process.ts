// A store node as a process of its own, for stories that watch or kill one: `node node-process.js FOLDER PORT [OFF|FULL] [wait]`.
// With OFF it does not wait for its disk, which no real node does: the durability story must notice. With wait it is loaded, and starts when
// something is written to it: a story that kills hundreds has the next one at hand. LAPAK_MQTT_PORT is its broker's; any free one unless said.
import { once } from 'node:events';
import { startNodeAlone } from '#node/alone';
import { openSqlite } from '#node/base/sqlite';

const [, , dataFolder = '', port = '0', synchronous = 'FULL', when] = process.argv;

if (when === 'wait') {
  await import('#node/main');
  await once(process.stdin, 'data');
}

const node = await startNodeAlone({
  dataFolder,
  port: Number(port),
  mqtt: { port: Number(process.env.LAPAK_MQTT_PORT ?? 0), tlsPort: 0 },
  openSqlite(file, options) {
    const sqlite = openSqlite(file, options);
    if (synchronous === 'OFF') sqlite.pragma('synchronous = OFF');
    return sqlite;
  },
});
process.on('SIGTERM', () => node.stop().then(() => process.exit(0)));
console.log(node.url);
