// What a manager is asked for.
import type { GuardedAction } from '#schema/rules/staff';

export interface WantedApproval {
  action: GuardedAction;
  /** Minor units; 0 where the action has none. */
  amount: number;
  /** For the manager and for the books. */
  reason: string;
}
