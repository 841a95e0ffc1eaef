// lapak ledger balances: the balance of each account; each store's sum to zero in each currency.
import { LapakCommand } from '../../base-command.ts';
import { storeIdOf } from '../../find.ts';
import { listFlags, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { amountCell, majorUnits } from '../../ui/money.ts';
import type { Column } from '../../ui/table.ts';

interface Balance {
  storeCode: string;
  storeId: string;
  account: string;
  currency: string;
  balance: number;
}

const moneyOf = ({ balance, currency }: Balance) => ({ amount: balance, currency });

const columns: Column<Balance>[] = [
  { name: 'store', value: (balance) => balance.storeCode },
  { name: 'account', value: (balance) => balance.account },
  { name: 'currency', value: (balance) => balance.currency },
  {
    name: 'balance',
    align: 'right',
    value: (balance) => majorUnits(moneyOf(balance)),
    text: (balance) => amountCell(moneyOf(balance)),
  },
];

export default class LedgerBalances extends LapakCommand<typeof LedgerBalances> {
  static override summary = 'Show the balance of each account.';
  static override examples = ['<%= config.bin %> ledger balances --store warung-sari'];
  static override flags = { store: storeFlag, ...listFlags };

  protected readonly attempt = 'show the balances';

  async run(): Promise<void> {
    const centre = await this.centre();
    const codes = new Map<string, string>();
    for await (const { id, code } of pages((query) => centre.store.list({ query }))) codes.set(id, code);
    const { items } = await centre.ledger.balances({ query: await storeIdOf(centre, this.flags.store) });
    const balances = items.map((item) => ({ ...item, storeCode: codes.get(item.storeId) ?? item.storeId }));
    await this.showList(balances, columns, 'Nothing has been posted yet.');
  }
}
