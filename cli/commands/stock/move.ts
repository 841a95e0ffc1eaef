// lapak stock move STORE PRODUCT QUANTITY: asks a store to record a movement; what comes back up is the fact that it was done.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { awaitDirective } from '../../directive.ts';
import { findProduct, findStore } from '../../find.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { readCurrency, readPrice } from '../../ui/money.ts';
import { readQuantity } from '../../ui/quantity.ts';

const kinds = ['receive', 'return', 'transfer-in', 'transfer-out', 'count', 'waste', 'adjust'] as const;

export default class StockMove extends LapakCommand<typeof StockMove> {
  static override summary = 'Ask a store to record a movement of stock.';
  static override description = 'The store does it when it hears of it, also weeks later; --wait stays until it has.';
  static override examples = [
    '<%= config.bin %> stock move warung-sari KOPI-SUSU 24 --kind receive --cost 240000 --expires 2027-06-30 --wait',
    '<%= config.bin %> stock move warung-sari KOPI-SUSU --kind waste -- -2',
  ];
  static override args = {
    store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
    product: Args.string({ required: true, description: 'The product: its SKU, barcode or id, or a prefix of one.' }),
    quantity: Args.string({ required: true, description: 'How many came, or after -- with a minus how many went.' }),
  };
  static override flags = {
    kind: Flags.option({ options: kinds, required: true, summary: 'Why it moved.' })(),
    reason: Flags.string({ summary: 'In words, for whoever reads it later.' }),
    cost: Flags.string({ summary: 'What all of it cost, of goods that come in.', helpValue: '<amount>' }),
    lot: Flags.string({ summary: 'The lot code that is printed on goods that come in.', helpValue: '<code>' }),
    expires: Flags.string({
      summary: 'The last day on which goods that come in may be sold, like 2026-12-31.',
      helpValue: '<day>',
    }),
    wait: Flags.boolean({ summary: 'Stay until the store has done it.' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'move the stock';

  async run(): Promise<void> {
    const { kind: movement, reason, cost, lot, expires, wait } = this.flags;
    const centre = await this.centre();
    const store = await findStore(centre, this.args.store);
    const product = await findProduct(centre, this.args.product);
    const quantity = readQuantity(this.args.quantity, product.quantityScale);
    const brought = {
      ...(cost !== undefined && { cost: readPrice(cost, readCurrency(store.currency, 'the store’s'), '--cost') }),
      ...(lot !== undefined && { lotCode: lot }),
      ...(expires !== undefined && { expiresOn: expires }),
    };
    const wish = { movement, quantity, ...(reason && { reason }), ...brought };
    const sent = await centre.inventory.direct({
      body: { id: makeId(), storeId: store.id, productId: product.id, ...wish },
    });
    const directive = wait ? await awaitDirective(centre, sent.directiveId, this.waiting()) : sent;
    const state = directive.state === 'done' ? `${store.name} has done it.` : `${store.name} does it when it hears of it.`;
    this.show(directive, () => `${movement} ${this.args.quantity} × ${product.name}: ${state}\n`);
  }
}
