// lapak firmware remove IMAGE: the centre forgets a firmware image that no device is asked to take.
import * as Args from '@oclif/core/args';
import type { StoredFirmware } from '#schema/wire/firmware';
import { LapakCommand } from '../../base-command.ts';
import type { Centre } from '../../connect.ts';
import { wrongUse } from '../../failure.ts';
import { pickOne } from '../../find.ts';
import { dryRunFlag, yesFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';

type Image = StoredFirmware & { id: string };

export default class FirmwareRemove extends LapakCommand<typeof FirmwareRemove> {
  static override summary = 'Remove a firmware image from the centre.';
  static override description = 'Devices keep what they run, and store nodes what they fetched.';
  static override examples = ['<%= config.bin %> firmware remove 1.4.0'];
  static override args = {
    image: Args.string({ required: true, description: 'The image: its version, its digest or a prefix of one.' }),
  };
  static override flags = { ...dryRunFlag, ...yesFlag };

  protected readonly attempt = 'remove the firmware image';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { digest, firmware, size } = await this.findImage(centre);
    await this.ask(`Remove the image of ${firmware} (${size} bytes, ${digest.slice(0, 12)})?`);
    const removed = await centre.firmware.remove({ params: { digest } });
    this.show(removed, () => `Removed the image of ${firmware}.\n`);
  }

  /** Two builds may say the same version of themselves: then the digest decides. */
  private async findImage(centre: Centre): Promise<StoredFirmware> {
    const text = this.args.image;
    const images: Image[] = [];
    for await (const image of pages((query) => centre.firmware.list({ query }))) images.push({ ...image, id: image.digest });
    const called = images.filter(({ firmware }) => firmware === text);
    if (called.length > 1)
      throw wrongUse(
        `${called.length} images are called ${text}.`,
        `Name the digest: ${called.map(({ digest }) => digest.slice(0, 12)).join(', ')}`,
        'ambiguous-firmware',
      );
    return pickOne(images, { noun: 'image', text, list: 'lapak firmware list', namesOf: ({ firmware }) => [firmware] });
  }
}
