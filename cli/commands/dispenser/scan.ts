// lapak dispenser scan CODE: holds a voucher before the virtual dispenser of this machine's store node, as a customer would.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { Device } from '#schema/wire/device';
import { LapakCommand } from '../../base-command.ts';
import type { LocalNode } from '../../connect.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Failure, notFound } from '../../failure.ts';
import { pickOne } from '../../find.ts';
import { dataFolderFlag } from '../../flags.ts';
import { readStandardInput } from '../../ui/secret.ts';

type Outcome = 'fail' | 'uncertain' | 'refused' | 'no-answer';

const endings: Record<Outcome, { exit: ExitCode; why: string; next: string }> = {
  refused: {
    exit: exitCodes.refused,
    why: 'The dispenser would not start',
    next: 'Sell a new voucher, or see why with the till.',
  },
  fail: { exit: exitCodes.outsideFailed, why: 'The pour failed', next: 'The till can issue a new voucher for the line.' },
  uncertain: {
    exit: exitCodes.outsideFailed,
    why: 'Nobody can say whether it poured',
    next: 'Look at the dispenser; the till shows the voucher.',
  },
  'no-answer': { exit: exitCodes.timedOut, why: 'The dispenser did not answer', next: 'See `lapak device list --here`.' },
};

const reasons: Record<string, string> = {
  used: 'this voucher has been poured',
  expired: 'this voucher is too old',
  voided: 'this voucher was taken back',
  malformed: 'this is no voucher',
  forged: 'this voucher was not made by this store',
};

export default class DispenserScan extends LapakCommand<typeof DispenserScan> {
  static override summary = 'Hold a voucher before the virtual dispenser.';
  static override examples = ['<%= config.bin %> dispenser scan SD1:…', 'pbpaste | <%= config.bin %> dispenser scan -'];
  static override args = { code: Args.string({ required: true, description: 'What the QR says; - reads standard input.' }) };
  static override flags = {
    dispenser: Flags.string({ summary: 'Which one, where the store has several: its name, its id or a prefix.' }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'pour';

  async run(): Promise<void> {
    const code = this.args.code === '-' ? await readStandardInput() : this.args.code;
    const node = await this.localNode();
    const device = await this.device(node, code);
    const { outcome, reason, serial } = await node.device.scan({ params: { id: device.id }, body: { code } });
    const ending = endings[outcome as Outcome];
    if (ending)
      throw new Failure({
        ...ending,
        code: outcome,
        what: `${device.name} did not pour.`,
        why: `${ending.why}${reason ? `: ${reasons[reason] ?? reason}` : ''}.`,
      });
    const poured = device.slots.map(({ productName }) => productName).join(', ');
    this.show(
      { outcome, reason, serial, dispenser: device.name },
      () => `${device.name} poured ${poured || 'it'} (voucher ${serial}).\n`,
    );
  }

  private async device(node: LocalNode, code: string): Promise<Device> {
    const { items } = await node.device.list();
    const virtual = items.filter(({ driver }) => driver === 'virtual');
    const search = { noun: 'dispenser', list: 'lapak device list --here', namesOf: (device: Device) => [device.name] };
    if (this.flags.dispenser !== undefined) return pickOne(virtual, { ...search, text: this.flags.dispenser });
    const [only, second] = virtual;
    if (!only)
      throw notFound(
        'This store has no virtual dispenser.',
        'Start one with `lapak up`; a real one has its own scanner.',
        'no-dispenser',
      );
    if (!second) return only;
    // With several, the voucher itself says which one it is for.
    const { voucher } = await node.voucher.validate({ body: { code } });
    return pickOne(virtual, { ...search, text: voucher.dispenserId });
  }
}
