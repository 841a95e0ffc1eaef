// lapak store add CODE: a new store; country decides currency, time zone and language unless they are said.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { readCurrency } from '../../ui/money.ts';

const languages = ['id', 'en', 'sv'] as const;

const usual: Record<string, { currency: string; timeZone: string; language: (typeof languages)[number] }> = {
  ID: { currency: 'IDR', timeZone: 'Asia/Jakarta', language: 'id' },
  SE: { currency: 'SEK', timeZone: 'Europe/Stockholm', language: 'sv' },
};

export default class StoreAdd extends LapakCommand<typeof StoreAdd> {
  static override summary = 'Add a store.';
  static override examples = [
    '<%= config.bin %> store add warung-sari --name "Warung Sari"',
    '<%= config.bin %> store add tvattstugan --name Tvättstugan --country SE',
  ];
  static override args = {
    code: Args.string({ required: true, description: 'Its short code: small letters, digits and hyphens.' }),
  };
  static override flags = {
    name: Flags.string({ required: true, summary: 'The name that customers read.' }),
    country: Flags.string({ default: 'ID', summary: 'Two letters, like ID or SE.' }),
    currency: Flags.string({ summary: 'The currency it sells in.' }),
    'time-zone': Flags.string({ summary: 'Its zone, like Asia/Makassar.' }),
    language: Flags.option({ options: languages, summary: 'What its till speaks.' })(),
    address: Flags.string({ summary: 'What stands on its receipts.' }),
    environment: Flags.option({ options: ['prod', 'demo'] as const, summary: 'demo never reaches live providers.' })(),
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the store';

  async run(): Promise<void> {
    const { name, address, environment } = this.flags;
    const country = this.flags.country.toUpperCase();
    const { currency, timeZone, language } = { ...usual[country], ...this.said() };
    if (!currency || !timeZone || !language)
      throw wrongUse(`For ${country} we know no usual settings.`, 'Say --currency, --time-zone and --language.');
    const centre = await this.centre();
    const body = { id: makeId(), code: this.args.code, name, country, currency, timeZone, language };
    const store = await centre.store.create({
      body: { ...body, ...(address && { address }), ...(environment && { environment }) },
    });
    this.show(store, () => `Added ${store.name} (${store.code}). Next: lapak store enrolment-code ${store.code}\n`);
  }

  private said() {
    const { currency, 'time-zone': timeZone, language } = this.flags;
    return {
      ...(currency && { currency: readCurrency(currency, '--currency') }),
      ...(timeZone && { timeZone }),
      ...(language && { language }),
    };
  }
}
