// lapak audit verify: proves that a journal is whole and unchanged, and names the tail that nobody has witnessed yet.
import * as Flags from '@oclif/core/flags';
import type { AuditReport } from '#schema/facts/audit';
import { LapakCommand } from '../../base-command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { findStore } from '../../find.ts';
import { dataFolderFlag, storeFlag } from '../../flags.ts';
import { pages } from '../../pages.ts';

const SHOWN = 20;

export default class AuditVerify extends LapakCommand<typeof AuditVerify> {
  static override summary = 'Verify the journal of a store.';
  static override description =
    'Of the store node on this machine, or with --store of the copy that the centre keeps. Every hash is made again and every position that the centre signed is checked here, not by the server. Ends with 10 when something is wrong.';
  static override examples = [
    '<%= config.bin %> audit verify',
    '<%= config.bin %> audit verify --store warung-sari --centre-key kq1…',
  ];
  static override flags = {
    store: storeFlag,
    'centre-key': Flags.string({
      summary: 'The public key of the centre, where you know it from elsewhere.',
      helpValue: '<key>',
    }),
    ...dataFolderFlag,
  };

  protected readonly attempt = 'verify the journal';

  async run(): Promise<void> {
    const { store } = this.flags;
    const { of, report } = store === undefined ? await this.verifyLocal() : await this.verifyCopy(store);
    if (report.problems.length > 0) this.endWithProblems();
    this.show({ of, ...report }, () => reportText(of, report));
  }

  private async verifyLocal() {
    const folder = this.existingNodeFolder();
    const { verifyJournal } = await import('#node/main');
    return { of: folder, report: await verifyJournal({ dataFolder: folder }) };
  }

  private async verifyCopy(text: string) {
    const centre = await this.centre();
    const { startAudit } = await import('#schema/facts/audit');
    const store = await findStore(centre, text);
    const params = { storeId: store.id };
    // Before the facts: what is signed while they are read may name facts that were not read.
    const { publicKey, items: witnesses } = await centre.journal.witnesses({ params });
    const known = this.flags['centre-key'];
    if (known !== undefined && known !== publicKey)
      throw new Failure({
        exit: exitCodes.problemsFound,
        code: 'other-centre-key',
        why: `The centre says its key is ${publicKey}, not the one you know.`,
        next: 'Do not trust this answer: ask who runs the centre.',
      });
    const check = startAudit();
    const progress = this.progress(`Verifying ${store.name}`, 'facts', witnesses.at(-1)?.seq);
    let facts = 0;
    for await (const row of pages((query) => centre.journal.facts({ params, query }), '1000')) {
      check.add(row);
      progress.reach(++facts);
    }
    progress.end();
    return { of: `${store.name} (${store.code}), as the centre keeps it`, report: check.end(witnesses, publicKey) };
  }
}

function reportText(of: string, { facts, generation, seq, witnessedSeq, unwitnessed, problems }: AuditReport): string {
  const lines = [`Journal of ${of}: ${facts} facts, up to ${generation}.${seq}.`];
  lines.push(
    unwitnessed
      ? `Witnessed up to ${witnessedSeq}; not yet witnessed: ${unwitnessed.from} to ${unwitnessed.to}.`
      : 'All of it is witnessed.',
  );
  if (problems.length === 0) lines.push('Every hash and every signature holds.');
  else {
    lines.push(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`);
    for (const problem of problems.slice(0, SHOWN)) lines.push(`  ${problem.generation}.${problem.seq}  ${problem.what}`);
    if (problems.length > SHOWN) lines.push(`  and ${problems.length - SHOWN} more; --json has them all`);
  }
  return `${lines.join('\n')}\n`;
}
