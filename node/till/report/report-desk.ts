// What the reports' screen asks of the node: looking changes nothing; closing the day is one deed, however often it is pressed.
import type { Client } from '#schema/client';
import { type DayReport, reportContract } from '#schema/wire/report';
import { type SideTill, sayProblem, withApproval } from '../menu/side-problem.ts';
import { noticeOf, warn } from '../till-parts.ts';
import { sayIn } from '../words/words.ts';

export interface ReportDesk {
  calls: Client<typeof reportContract>;
  /** `closed` is called with the report once the node has it. */
  close(closed: (report: DayReport) => void): Promise<void>;
  /** As a PDF: the day so far where no report is named. */
  save(report: DayReport | null): Promise<void>;
}

export function openReportDesk(till: SideTill): ReportDesk {
  const { parts } = till;
  const { calls: node, giveFile, makeId, state } = parts;
  const calls = node.of(reportContract);
  let id = makeId();
  let isClosing = false;

  async function close(closed: (report: DayReport) => void): Promise<void> {
    if (isClosing) return;
    isClosing = true;
    const attempt = async (approval: { approvalId?: string }) => {
      const report = await calls.close({ body: { id, ...approval } });
      id = makeId();
      warn(parts, noticeOf('ok', 'report_closed', { no: report.label }));
      closed(report);
    };
    const reason = sayIn(state.get().language)('action_close-day');
    await withApproval(till, { action: 'close-day', reason, attempt }, (error) =>
      sayProblem(till, error, { 'nothing-to-close': 'report_empty', 'day-blocked': 'report_blocked' }),
    );
    isClosing = false;
  }

  return {
    calls,
    close,
    async save(report) {
      const query = { language: state.get().language };
      try {
        const file = report
          ? await node.file(reportContract.pdf, { params: { id: report.id }, query })
          : await node.file(reportContract.lookPdf, { query });
        await giveFile(file, `${report?.label ?? 'X'}.pdf`);
      } catch (error) {
        sayProblem(till, error);
      }
    },
  };
}
