// lapak store settings STORE: every setting of a store; with --set they change, and its tills have it in about a second.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { Currency } from '#schema/values/currency';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { readSettings, settingsText } from '../../store-settings.ts';
import { fieldsText } from '../../ui/answer.ts';

export default class StoreSettings extends LapakCommand<typeof StoreSettings> {
  static override summary = 'Show or change the settings of a store.';
  static override examples = [
    '<%= config.bin %> store settings warung-sari',
    '<%= config.bin %> store settings warung-sari --set tips=yes --set refundLimit=200000 --set discountLimit.percent=15',
    '<%= config.bin %> store settings warung-sari --set receiptHeader=none --set languages=id,en',
  ];
  static override args = { store: Args.string({ required: true, description: 'Its code, its id or a prefix of one.' }) };
  static override flags = {
    set: Flags.string({
      multiple: true,
      summary: 'A setting and its new value; may be said several times.',
      helpValue: '<key=value>',
    }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'reach the settings';

  async run(): Promise<void> {
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const place = { settings: store.settings, currency: store.currency as Currency };
    const settings = this.flags.set
      ? await centre.store.changeSettings({ params: { id: store.id }, body: readSettings(this.flags.set, place) })
      : await centre.store.settings({ params: { id: store.id } });
    this.show(settings, () => fieldsText(settingsText({ ...place, settings })));
  }
}
