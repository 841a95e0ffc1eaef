// What screen readers hear: politely what was added and what is due, at once a payment's result or a lost node.
import { useTill } from '../base/till-context.tsx';

export function LiveRegions() {
  const { polite, assertive } = useTill((state) => state.announced);
  return (
    <>
      <div className="unseen" role="status" aria-live="polite">
        {polite}
      </div>
      <div className="unseen" role="alert" aria-live="assertive">
        {assertive}
      </div>
    </>
  );
}
