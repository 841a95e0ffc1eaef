// lapak printer jobs: what was printed at the store node on this machine, what waits, and what became of the rest.
import * as Flags from '@oclif/core/flags';
import { printJobStates } from '#schema/rules/print-job';
import type { PrintJob } from '#schema/wire/print';
import { LapakCommand } from '../../base-command.ts';
import { dataFolderFlag, listFlags } from '../../flags.ts';
import { pages } from '../../pages.ts';
import { problemText } from '../../printers.ts';
import type { Column } from '../../ui/table.ts';
import { timeCell } from '../../ui/time.ts';

const columns: Column<PrintJob>[] = [
  { name: 'queued', value: (job) => job.queuedAt, text: (job) => timeCell(job.queuedAt) },
  { name: 'what', value: (job) => job.kind },
  { name: 'printer', value: (job) => job.printerName },
  { name: 'state', value: (job) => job.state },
  { name: 'copy', value: (job) => job.copy ?? false, text: (job) => (job.copy ? 'copy' : '-') },
  { name: 'problem', value: (job) => job.problem, text: (job) => problemText(job.problem) || '-' },
  { name: 'of', value: (job) => job.subjectId, extra: true },
  { name: 'ended', value: (job) => job.endedAt, text: (job) => timeCell(job.endedAt), extra: true },
  { name: 'id', value: (job) => job.id, extra: true },
];

export default class PrinterJobs extends LapakCommand<typeof PrinterJobs> {
  static override summary = 'List print jobs, newest first.';
  static override examples = ['<%= config.bin %> printer jobs', '<%= config.bin %> printer jobs --state unknown'];
  static override flags = {
    state: Flags.option({ options: printJobStates, summary: 'Only those that stand so.' })(),
    ...dataFolderFlag,
    ...listFlags,
  };

  protected readonly attempt = 'list the print jobs';

  async run(): Promise<void> {
    const { state } = this.flags;
    const node = await this.localNode();
    const jobs = pages((page) => node.print.jobs({ query: { ...page, ...(state && { state }) } }), this.pageSize());
    await this.showList(jobs, columns, 'Nothing was printed yet.');
  }
}
