// Who sells at this till. Signing in, switching and locking never touch the open sale; only the person changes.
import type { StaffProof } from '#schema/wire/staff';
import { lockMinutes } from '../base/settings.ts';
import { isPending } from '../tender/payment.ts';
import { announce, change, interrupt, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { asksWho } from '../till-state.ts';
import { chooseProof, isTyped, noProof, type ProofEntry, typeProof } from './proof.ts';
import { proofProblem } from './proof-problem.ts';

/** How long before a till locks it says so. */
export const WARN_MS = 20_000;

export interface SignInActions {
  /** The node said who may sign in and whether somebody must. */
  refresh(): Promise<void>;
  choose(staffId: string): void;
  type(key: string): void;
  submit(): void;
  badge(code: string): void;
  /** Leaves the till to the next person, with its sale. */
  lock(): void;
  /** The node no longer knows who this is. */
  forgotten(): void;
  /** Somebody is there: the time until it locks begins anew. */
  touched(): void;
}

export function signInActions(parts: TillParts): SignInActions {
  const { state, calls, clock, preferences } = parts;
  let cancelLock = () => {};
  let isWatched = false;

  const setProof = (step: (proof: ProofEntry) => ProofEntry) =>
    state.update((current) => ({ ...current, proof: step(current.proof) }));

  async function signIn(body: StaffProof): Promise<void> {
    if (state.get().proof.busy) return;
    setProof((proof) => ({ ...proof, busy: true, problem: null }));
    try {
      const { token, person } = await calls.staff.signIn({ body });
      preferences.keepStaffToken(token);
      state.update((current) => ({
        ...current,
        session: current.session && { ...current.session, person },
        proof: noProof,
        notice: null,
      }));
      touched();
    } catch (error) {
      const problem = proofProblem(error, state.get());
      setProof((proof) => ({ ...proof, pin: '', busy: false, problem }));
      interrupt(parts, problem.key, problem.parts);
    }
  }

  function leave(): void {
    cancelLock();
    isWatched = false;
    preferences.keepStaffToken(null);
    state.update((current) => ({
      ...current,
      session: current.session && { ...current.session, person: null },
      proof: noProof,
      sheet: null,
      notice: null,
      saleOpen: false,
    }));
  }

  function lock(): void {
    const { session, payment } = state.get();
    if (!session?.staffed || session.person === null || isPending(payment)) return;
    // Without an answer the page is locked all the same: its token is forgotten here.
    void calls.staff.signOut().catch(() => {});
    leave();
  }

  function touched(): void {
    const { session, notice } = state.get();
    cancelLock();
    isWatched = false;
    if (notice?.key === 'locking_soon') change(parts, { notice: null });
    const { autoLockMinutes } = state.get().settings;
    const minutes = session?.person ? lockMinutes(session.store.settings.autoLockMinutes, autoLockMinutes) : null;
    if (minutes === null) return;
    isWatched = true;
    cancelLock = clock.after(minutes * 60_000 - WARN_MS, () => {
      warn(parts, noticeOf('warn', 'locking_soon'));
      cancelLock = clock.after(WARN_MS, () => (isPending(state.get().payment) ? touched() : lock()));
    });
  }

  return {
    async refresh() {
      const { session } = state.get();
      if (!session?.staffed) return change(parts, { staff: [] });
      if (!isWatched) touched();
      // A list that cannot be read now is read with the next answer of the node.
      const { items } = await calls.staff.list().catch(() => ({ items: state.get().staff }));
      change(parts, { staff: items });
    },
    choose: (staffId) => setProof((proof) => (proof.busy ? proof : chooseProof(staffId))),
    type: (key) => setProof((proof) => typeProof(proof, key)),
    submit() {
      const { proof } = state.get();
      if (asksWho(state.get()) && isTyped(proof) && proof.chosen !== null) void signIn({ staffId: proof.chosen, pin: proof.pin });
    },
    badge: (code) => void signIn({ badge: code.trim() }),
    lock,
    forgotten() {
      if (state.get().session?.person) announce(parts, 'sign_in_again');
      leave();
      setProof((proof) => ({ ...proof, problem: noticeOf('info', 'sign_in_again') }));
    },
    touched,
  };
}
