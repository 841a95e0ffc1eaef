// A store node as a process of its own, for stories that watch or kill one: `node node-process.js FOLDER PORT [OFF]`.
// With OFF it does not wait for its disk, which no real node does: the durability story must notice.
import { openSqlite } from '#node/base/sqlite';
import { startNode } from '#node/main';

const [, , dataFolder = '', port = '0', synchronous = 'FULL'] = process.argv;

const node = await startNode({
  dataFolder,
  port: Number(port),
  openSqlite(file, options) {
    const sqlite = openSqlite(file, options);
    if (synchronous === 'OFF') sqlite.pragma('synchronous = OFF');
    return sqlite;
  },
});
process.on('SIGTERM', () => node.stop().then(() => process.exit(0)));
console.log(node.url);
