// A manager's word for what a seller may not do alone. Whoever was refused asks here and is called again with the approval.
import type { StaffProof } from '#schema/wire/staff';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { isTyped, noProof } from '../sign-in/proof.ts';
import { proofProblem } from '../sign-in/proof-problem.ts';
import { announce, change, interrupt, noticeOf, type TillParts } from '../till-parts.ts';
import type { WantedApproval } from './wanted-approval.ts';

export interface ApprovalActions {
  /** Opens the sheet; once a manager has approved, `then` gets the approval's id. */
  ask(wanted: WantedApproval, then: (approvalId: string) => void): void;
  setReason(reason: string): void;
  submit(): void;
  badge(code: string): void;
}

export function approvalActions(parts: TillParts): ApprovalActions {
  const { state, calls, makeId } = parts;
  let granted: (approvalId: string) => void = () => {};

  async function approve(proof: StaffProof): Promise<void> {
    const wanted = state.get().approval;
    if (!wanted || state.get().proof.busy || wanted.reason.trim() === '') return;
    state.update((current) => ({ ...current, proof: { ...current.proof, busy: true, problem: null } }));
    try {
      const { id } = await calls.staff.approve({ body: { id: makeId(), ...wanted, reason: wanted.reason.trim(), ...proof } });
      change(parts, { proof: noProof });
      // Whoever closed the sheet meanwhile no longer wants it.
      if (state.get().sheet !== 'approval' || state.get().approval !== wanted) return;
      change(parts, { sheet: null, approval: null });
      announce(parts, 'approved');
      granted(id);
    } catch (error) {
      const isOther = isRefusal(error) && refusalCode(error) === 'not-a-manager';
      const problem = isOther ? noticeOf('fault', 'not_a_manager') : proofProblem(error, state.get());
      state.update((current) => ({ ...current, proof: { ...current.proof, pin: '', busy: false, problem } }));
      interrupt(parts, problem.key, problem.parts);
    }
  }

  return {
    ask(wanted, then) {
      granted = then;
      change(parts, { sheet: 'approval', approval: wanted, proof: noProof, notice: null, saleOpen: false });
      interrupt(parts, 'approval_title');
    },
    setReason: (reason) =>
      state.update((current) => ({ ...current, approval: current.approval && { ...current.approval, reason } })),
    submit() {
      const { proof } = state.get();
      if (isTyped(proof) && proof.chosen !== null) void approve({ staffId: proof.chosen, pin: proof.pin });
    },
    badge: (code) => void approve({ badge: code.trim() }),
  };
}
