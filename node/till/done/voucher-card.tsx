// One voucher at a time: its code, how it stands, and in a demo the button that holds it before the virtual dispenser.
import type { Voucher } from '#schema/wire/voucher';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon, type IconName } from '../look/icon.tsx';
import { clockText } from '../node-link/state-line.ts';
import type { Pour } from '../till-state.ts';
import type { Say, WordKey } from '../words/words.ts';
import { refusedWord } from './done-actions.ts';
import { QrCode } from './qr-code.tsx';

const tones: Record<string, IconName> = {
  open: 'info',
  dispensed: 'ok',
  failed: 'fault',
  uncertain: 'warn',
  expired: 'warn',
  voided: 'fault',
};

function pourText({ outcome, reason }: Pour, say: Say): string {
  if (outcome === 'pouring') return say('voucher_pouring');
  if (outcome !== 'refused') return say(`pour_${outcome.replace('-', '_')}` as WordKey);
  const word = refusedWord(reason);
  return say('pour_refused', { why: word ? say(word) : (reason ?? '–') });
}

function Pages({ index, count }: { index: number; count: number }) {
  const { done } = useActions();
  const say = useSay();
  const position = <span className="meta">{say('voucher_of', { n: index + 1, count })}</span>;
  if (count < 2) return <div className="pages">{position}</div>;
  return (
    <div className="pages">
      <button
        type="button"
        className="action"
        aria-label={say('voucher_previous')}
        aria-disabled={index === 0 || undefined}
        onClick={() => done.showVoucher(index - 1)}
      >
        <Icon name="back" />
      </button>
      {position}
      <button
        type="button"
        className="action"
        aria-label={say('voucher_next')}
        aria-disabled={index === count - 1 || undefined}
        onClick={() => done.showVoucher(index + 1)}
      >
        <Icon name="next" />
      </button>
    </div>
  );
}

export function VoucherCard({ voucher, index, count }: { voucher: Voucher; index: number; count: number }) {
  const { done } = useActions();
  const say = useSay();
  const { timeZone } = useStore();
  const pour = useTill((state) => state.done?.pours[voucher.id]);
  const isPlayed = useTill(
    ({ session }) =>
      session?.demo === true && session.dispensers.some(({ id, virtual }) => virtual && id === voucher.dispenserId),
  );
  const tone = tones[voucher.state] ?? 'info';
  const time = clockText(Date.parse(voucher.expiresAt), timeZone);
  const device = voucher.dispenserName;
  return (
    <section className="voucher" aria-label={say('voucher_of', { n: index + 1, count })}>
      <div className="voucher-code" data-state={voucher.state}>
        {voucher.code && <QrCode text={voucher.code} label={say('voucher_qr', { name: voucher.productName })} />}
      </div>
      <div className="voucher-words">
        <Pages index={index} count={count} />
        <h2>{voucher.productName}</h2>
        <p className="voucher-state" data-tone={tone}>
          <Icon name={tone} /> {say(`state_${voucher.state}` as WordKey)}
        </p>
        {voucher.state === 'open' && <p>{say('voucher_at', { device, time })}</p>}
        {isPlayed && voucher.code && voucher.state === 'open' && (
          <button
            type="button"
            className="action"
            aria-disabled={pour?.outcome === 'pouring' || undefined}
            onClick={() => void done.pour(voucher.id)}
          >
            <Icon name="qr" /> {say('voucher_hold', { device })}
          </button>
        )}
        <p className="pour" role="status">
          {pour ? pourText(pour, say) : ''}
        </p>
      </div>
    </section>
  );
}
