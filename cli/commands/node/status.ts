// lapak node status: how the store node on this machine stands.
import type { BackupState } from '#schema/wire/backup';
import type { LanState } from '#schema/wire/node';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag } from '../../flags.ts';
import { fieldsText } from '../../ui/answer.ts';
import { ageText, timeCell } from '../../ui/time.ts';

export default class NodeStatus extends LapakCommand<typeof NodeStatus> {
  static override summary = 'Show how the store node on this machine stands.';
  static override examples = ['<%= config.bin %> node status', '<%= config.bin %> node status --json'];
  static override flags = dataFolderFlag;

  protected readonly attempt = 'ask the store node';

  async run(): Promise<void> {
    const node = await this.localNode();
    const status = await node.node.status();
    const { sync, devices } = status;
    const oldest = sync.oldestWaitingAt
      ? `, the oldest since ${ageText(this.clock.now() - Date.parse(sync.oldestWaitingAt))}`
      : '';
    this.show({ ...status, url: node.baseUrl }, () =>
      fieldsText({
        Address: node.baseUrl,
        Version: status.version,
        Store: status.enrolled ? (status.storeId ?? '-') : 'not enrolled: lapak node enrol',
        Centre: `${sync.link}, last heard ${timeCell(sync.lastContactAt)}`,
        Catalogue: sync.catalogueComplete ? 'complete' : 'still arriving',
        Journal: `generation ${status.generation}, ${status.seq} facts`,
        Waiting: sync.waiting === 0 ? 'nothing' : `${sync.waiting} facts not yet at the centre${oldest}`,
        Backup: backupText(status.backup),
        Troubles:
          status.troubles.length === 0 ? 'none' : status.troubles.map(({ detail, next }) => `${detail} ${next}`).join(' '),
        LAN: lanText(status.lan),
        Devices: `${devices.online} of ${devices.total} online`,
      }),
    );
  }
}

function lanText(lan: LanState | null): string {
  if (lan === null) return 'off: tills on this machine alone';
  const addresses = lan.tlsOnly ? lan.safe : [...lan.safe, ...lan.plain];
  return `${addresses.join(', ')}; certificate ${lan.fingerprint}, renewed before ${timeCell(lan.certificateEndsAt)}`;
}

function backupText({ lastAt, failedAt, why, nextAt }: BackupState): string {
  if (failedAt !== null) return `failed ${timeCell(failedAt)}: ${why}; the last good one ${timeCell(lastAt)}`;
  return lastAt === null ? `none yet, the first ${timeCell(nextAt)}` : `${timeCell(lastAt)} ok, next ${timeCell(nextAt)}`;
}
