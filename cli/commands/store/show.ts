// lapak store show STORE: one store with its settings and its node.
import * as Args from '@oclif/core/args';
import { LapakCommand } from '../../base-command.ts';
import { findStore } from '../../find.ts';
import { fieldsText } from '../../ui/answer.ts';
import { timeCell } from '../../ui/time.ts';

export default class StoreShow extends LapakCommand<typeof StoreShow> {
  static override summary = 'Show one store.';
  static override examples = ['<%= config.bin %> store show warung-sari'];
  static override args = { store: Args.string({ required: true, description: 'Its code, its id or a prefix of one.' }) };

  protected readonly attempt = 'show the store';

  async run(): Promise<void> {
    const store = await findStore(await this.centre(), this.args.store);
    const { settings, node } = store;
    this.show(store, () =>
      fieldsText({
        Code: store.code,
        Name: store.name,
        Address: store.address ?? '-',
        Country: `${store.country}, ${store.currency}, ${store.timeZone}, ${settings.languages.join(' ')}`,
        Environment: store.environment,
        'Cash rounding': settings.cashStep === null ? 'none' : `to ${settings.cashStep} minor units`,
        'Day turns at': `${settings.cutOverHour}:00`,
        'Vouchers last': `${settings.voucherMinutes} minutes`,
        Node: node ? `last heard ${timeCell(node.lastSeenAt)}, ${node.waiting ?? '?'} facts waiting` : 'not enrolled',
        Id: store.id,
      }),
    );
  }
}
