// lapak firmware list: the firmware images that the centre has for devices.
import type { StoredFirmware } from '#schema/wire/firmware';
import { LapakCommand } from '../../base-command.ts';
import { listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<StoredFirmware>[] = [
  { name: 'firmware', value: (image) => image.firmware },
  { name: 'bytes', align: 'right', value: (image) => image.size },
  { name: 'added', value: (image) => image.addedAt, text: (image) => timeCell(image.addedAt) },
  { name: 'digest', value: (image) => image.digest, text: (image) => image.digest.slice(0, 12) },
  { name: 'by', value: (image) => image.addedBy, extra: true },
];

export default class FirmwareList extends LapakCommand<typeof FirmwareList> {
  static override summary = 'List the firmware images that the centre has.';
  static override examples = ['<%= config.bin %> firmware list'];
  static override flags = listFlags;

  protected readonly attempt = 'list the firmware images';

  async run(): Promise<void> {
    const centre = await this.centre();
    const images = pages((query) => centre.firmware.list({ query }), this.pageSize());
    await this.showList(images, columns, 'No firmware images. One is brought with its first device: lapak device update');
  }
}
