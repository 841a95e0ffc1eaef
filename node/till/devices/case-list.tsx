// Vouchers that wait for a person, each with what may be done about it: a new one, the money back, what somebody saw, or that it is lost.
import { useState } from 'react';
import type { Resolution, VoucherCase } from '#schema/rules/voucher';
import type { VoucherCaseView } from '#schema/wire/voucher';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useSay } from '../base/till-context.tsx';
import { type RefusalWords, sayProblem, withApproval } from '../menu/side-problem.ts';
import type { Loaded } from '../menu/use-loaded.ts';
import { isRefusal } from '../node-link/calls.ts';
import { noticeOf, warn } from '../till-parts.ts';
import type { WordKey } from '../words/words.ts';

const whats = {
  expired: 'case_expired',
  voided: 'case_voided',
  failed: 'case_failed',
  uncertain: 'case_uncertain',
  'poured-twice': 'case_twice',
  'poured-refunded': 'case_refunded',
} as const satisfies Record<VoucherCase, WordKey>;

const steps = {
  poured: ['case_poured', 'case_poured_sure'],
  'not-poured': ['case_not_poured', 'case_not_poured_sure'],
  loss: ['case_loss', 'case_loss_sure'],
} as const satisfies Record<Resolution, [WordKey, WordKey]>;

const refusals: RefusalWords = {
  'voucher-in-use': 'voucher_pours',
  'nothing-owed': 'voucher_closed',
  'nothing-to-resolve': 'voucher_closed',
};

interface Acting {
  again: (voucher: VoucherCaseView, isRisk: boolean) => void;
  refund: (voucher: VoucherCaseView) => void;
  resolve: (voucher: VoucherCaseView, as: Resolution) => void;
}

function useActing(cases: Loaded<VoucherCaseView[]>, onRisk: (id: string) => void): Acting {
  const till = useActions();
  const say = useSay();
  const { voucher: calls } = till.parts.calls;
  const failed = (error: unknown) => {
    sayProblem(till, error, refusals);
    cases.again();
  };
  return {
    again: ({ id, productName }, isRisk) => {
      const attempt = async (approval: { approvalId?: string }) => {
        await calls.again({ params: { id }, body: isRisk ? { acceptRisk: approval } : {} });
        warn(till.parts, noticeOf('info', 'case_renewed', { name: productName }));
        cases.again();
      };
      const otherwise = (error: unknown) => {
        if (!isRefusal(error) || error.problem.code !== 'dispenser-unreachable') return failed(error);
        warn(till.parts, noticeOf('warn', 'risk_again'));
        onRisk(id);
      };
      void withApproval(till, { action: 'accept-pour-risk', reason: say('case_expired'), attempt }, otherwise);
    },
    refund: ({ receipt }) => {
      if (receipt === null) return;
      till.returns.begin(receipt);
      till.side.open('returns');
    },
    resolve: ({ id }, as) => {
      const reason = say(steps[as][0]);
      const attempt = async (approval: { approvalId?: string }) => {
        await calls.resolve({ params: { id }, body: { as, reason, ...approval } });
        cases.again();
      };
      void withApproval(till, { action: 'settle-voucher', reason, attempt }, failed);
    },
  };
}

function Steps({ voucher, acting, isRisky }: { voucher: VoucherCaseView; acting: Acting; isRisky: boolean }) {
  const say = useSay();
  const seen = voucher.may.filter((step) => step !== 'again' && step !== 'refund');
  return (
    <>
      {voucher.may.includes('again') && !isRisky && voucher.receipt !== null && (
        <button type="button" className="action" onClick={() => acting.again(voucher, false)}>
          {say('case_again')}
        </button>
      )}
      {isRisky && (
        <ConfirmButton label={say('risk_take')} sure={say('risk_take_sure')} onConfirm={() => acting.again(voucher, true)} />
      )}
      {voucher.may.includes('refund') && voucher.receipt !== null && (
        <button type="button" className="action" onClick={() => acting.refund(voucher)}>
          {say('case_refund')}
        </button>
      )}
      {seen.map((step) => (
        <ConfirmButton
          key={step}
          label={say(steps[step][0])}
          sure={say(steps[step][1])}
          onConfirm={() => acting.resolve(voucher, step)}
        />
      ))}
    </>
  );
}

export function CaseList({ cases }: { cases: Loaded<VoucherCaseView[]> }) {
  const say = useSay();
  const [risky, setRisky] = useState<string | null>(null);
  const acting = useActing(cases, setRisky);
  if (cases.value === null || cases.value.length === 0) return null;
  return (
    <section className="stack" aria-label={say('cases')}>
      <h2>{say('cases')}</h2>
      <ul className="rows">
        {cases.value.map((voucher) => (
          <li className="goods-line" key={voucher.id} data-case={voucher.what}>
            <div className="row">
              <span className="row-what">
                <strong>{voucher.productName}</strong>
                <span className="meta">
                  {[
                    voucher.receipt && say('receipt_no', { no: voucher.receipt }),
                    voucher.dispenserName,
                    say(whats[voucher.what]),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <Steps voucher={voucher} acting={acting} isRisky={risky === voucher.id} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
