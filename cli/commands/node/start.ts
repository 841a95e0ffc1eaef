// lapak node start: the store node on this machine, until Ctrl+C.
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import type { LanState } from '#schema/wire/node';
import { LapakCommand } from '../../base-command.ts';
import { brokerOf } from '../../broker.ts';
import { brokerFlags, dataFolderFlag, lanFlags } from '../../flags.ts';
import { stayUntilStopped } from '../../foreground.ts';
import { lanOf, trustPagesOf } from '../../lan.ts';
import { namedServer, portOf } from '../../settings.ts';

export default class NodeStart extends LapakCommand<typeof NodeStart> {
  static override summary = 'Start the store node, and stay until it is stopped.';
  static override examples = [
    '<%= config.bin %> node start',
    '<%= config.bin %> node start --node-port 7300 --data-folder /var/lib/lapak',
    '<%= config.bin %> node start --lan on',
    '<%= config.bin %> node start --server https://moved.example.com',
  ];
  static override flags = {
    'node-port': Flags.integer({ summary: 'The port to listen on; 7200 unless said (LAPAK_NODE_PORT).', min: 0, max: 65_535 }),
    'node-host': Flags.string({ summary: 'The address to listen on; this machine alone unless said (LAPAK_NODE_HOST).' }),
    'backup-folder': Flags.string({
      summary: 'Where the backup of each night goes; beside the database unless said (LAPAK_BACKUP_FOLDER).',
      env: 'LAPAK_BACKUP_FOLDER',
      helpValue: '<folder>',
    }),
    ...lanFlags,
    ...brokerFlags,
    demo: Flags.boolean({ summary: 'Give every dispenser without a device a virtual one.' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'start the store node';

  async run(): Promise<void> {
    const { startNodeAlone } = await import('#node/alone');
    const serverUrl = namedServer(this.sources);
    const node = await startNodeAlone({
      dataFolder: this.programFolder('node'),
      ...lanOf(this.sources),
      ...brokerOf(this.sources),
      port: portOf('nodePort', this.sources),
      demo: this.flags.demo,
      ...(this.flags['backup-folder'] !== undefined && { backupFolder: resolve(this.flags['backup-folder']) }),
      ...(serverUrl !== undefined && { serverUrl }),
    });
    await stayUntilStopped({
      begun: () => this.show({ url: node.url, lan: node.lan }, () => `The till is at ${node.url}\n${this.reached(node.lan)}`),
      stop: () => node.stop(),
      tell: (text) => this.note(text),
      clock: this.clock,
    });
  }

  private reached(lan: LanState | null): string {
    if (lan === null) return '';
    const addresses = lan.tlsOnly ? lan.safe : [...lan.safe, ...lan.plain];
    return `Tills of the network open ${addresses.join(', ')}\nHow they trust it: ${trustPagesOf(lan).join(', ')}\nPair one: lapak till pair\n`;
  }
}
