// What the node says of a PIN or a badge, in words for who stands before it.
import type { Notice } from '../base/notice.ts';
import { isRefusal } from '../node-link/calls.ts';
import { clockText } from '../node-link/state-line.ts';
import { noticeOf } from '../till-parts.ts';
import { storeSettings, type TillState } from '../till-state.ts';

export function proofProblem(error: unknown, { session, staff, proof }: TillState): Notice {
  if (!isRefusal(error)) return noticeOf('warn', 'node_lost');
  const { code, detail, facts } = error.problem;
  if (code === 'wrong-badge') return noticeOf('fault', 'wrong_badge');
  if (code === 'wrong-pin') return noticeOf('fault', 'wrong_pin');
  if (code !== 'locked-out') return noticeOf('fault', 'said', { what: detail });
  const name = staff.find(({ id }) => id === proof.chosen)?.name ?? '';
  return noticeOf('fault', 'locked_out', {
    name,
    time: clockText(Date.parse(String(facts?.until)), storeSettings({ session }).timeZone, 'seconds'),
  });
}
