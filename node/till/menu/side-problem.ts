// What a screen beside the sale says when the node refuses, or does not answer: what happened, and that nothing was lost. Where a manager
// must approve, it asks and goes on.
import { isRefusal } from '../node-link/calls.ts';
import type { Till } from '../till.ts';
import { noticeOf, warn } from '../till-parts.ts';
import type { WordKey } from '../words/words.ts';

/** What the actions of a screen beside the sale work with. */
export type SideTill = Pick<Till, 'parts' | 'signIn' | 'approval'>;

/** Words for refusals that people meet; others are told as the node words them. */
export type RefusalWords = Readonly<Record<string, WordKey>>;

export function sayProblem({ parts, signIn }: SideTill, error: unknown, words: RefusalWords = {}): void {
  const { code, detail } = isRefusal(error) ? error.problem : { code: undefined, detail: '' };
  const key = words[code ?? ''];
  if (code === undefined) warn(parts, noticeOf('warn', 'box_no_answer'));
  else if (code === 'sign-in-needed') signIn.forgotten();
  else warn(parts, key ? noticeOf('fault', key) : noticeOf('fault', 'not_done', { why: detail.replace(/\.$/, '') }));
}

/** Does it; where the node wants a manager's approval it is asked for, and then it is done with that. */
export async function withApproval(
  till: SideTill,
  {
    action,
    reason,
    attempt,
  }: {
    action: Parameters<Till['approval']['ask']>[0]['action'];
    /** For the manager and for the books. */
    reason: string;
    attempt: (approval: { approvalId?: string }) => Promise<void>;
  },
  otherwise: (error: unknown) => void,
): Promise<void> {
  const go = async (approval: { approvalId?: string }): Promise<void> => {
    try {
      await attempt(approval);
    } catch (error) {
      if (!isRefusal(error) || error.problem.code !== 'needs-approval') return otherwise(error);
      const amount = Number(error.problem.facts?.amount ?? 0);
      till.approval.ask({ action, amount, reason }, (approvalId) => void go({ approvalId }));
    }
  };
  await go({});
}
