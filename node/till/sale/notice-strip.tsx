// What just happened, beside the sale: never over Due or Pay, never in the way of the scanner, gone with the next change.
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';

export function NoticeStrip() {
  const { dismissNotice } = useActions();
  const notice = useTill((state) => state.notice);
  const say = useSay();
  if (!notice) return null;
  return (
    <div className="notice" data-tone={notice.tone}>
      <Icon name={notice.tone} />
      <span>{say(notice.key, notice.parts)}</span>
      <button type="button" className="bare" aria-label={say('close')} onClick={dismissNotice}>
        <Icon name="close" />
      </button>
    </div>
  );
}
