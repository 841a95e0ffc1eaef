// Reports: X looks at the day, Z closes it and says what keeps it open, and the days that were closed.
import { useMemo, useState } from 'react';
import { wallTime } from '#schema/values/time';
import type { DayBlocker, DayLook, DayReport } from '#schema/wire/report';
import { Choice } from '../base/choice.tsx';
import { HoldButton } from '../base/hold-button.tsx';
import { useActions, useAmountText, useDayText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { type Loaded, useLoaded } from '../menu/use-loaded.ts';
import { useSide } from '../menu/use-side.ts';
import { PrintButton } from '../print/print-button.tsx';
import { ShiftView } from '../shift/shift-screen.tsx';
import type { WordKey } from '../words/words.ts';
import { DayChartView } from './day-chart.tsx';
import { openReportDesk, type ReportDesk } from './report-desk.ts';
import { TotalsView } from './totals-view.tsx';

type View = 'x' | 'z' | 'days';

function DayHead({ firstDate, businessDate }: Pick<DayReport, 'firstDate' | 'businessDate'>) {
  const say = useSay();
  const dayText = useDayText();
  return (
    <h2 className="side-title">
      {firstDate === businessDate
        ? say('report_day', { date: dayText(businessDate) })
        : say('report_dates', { first: dayText(firstDate), last: dayText(businessDate) })}
    </h2>
  );
}

function Look({ desk, look }: { desk: ReportDesk; look: DayLook }) {
  const say = useSay();
  const dayText = useDayText();
  const chart = useLoaded(() => desk.calls.hours(), look.at);
  const { firstDate, businessDate } = look;
  return (
    <>
      <DayHead firstDate={businessDate} businessDate={businessDate} />
      {firstDate !== businessDate && <p className="meta">{say('report_unclosed', { date: dayText(firstDate) })}</p>}
      <TotalsView totals={look.totals} vouchersOpen={look.vouchersOpen} />
      {look.shift && (
        <>
          <h2 className="side-title">{say('shift_no', { n: look.shift.number })}</h2>
          <TotalsView totals={look.shift.totals} vouchersOpen={null} />
        </>
      )}
      {chart.value && <DayChartView chart={chart.value} />}
      <div className="sheet-actions">
        <PrintButton kind="x-report" />
        <button type="button" className="action" onClick={() => void desk.save(null)}>
          {say('report_pdf')}
        </button>
      </div>
    </>
  );
}

const blockerWords: Record<DayBlocker['what'], WordKey> = {
  'open-shift': 'report_waits_shifts',
  'clock-off': 'report_waits_clock',
  'day-ahead': 'report_waits_day',
};

function Blockers({ look, onShow }: { look: DayLook; onShow: (shiftId: string) => void }) {
  const say = useSay();
  const { timeZone } = useStore();
  return (
    <div className="said-box report-waits" data-tone="warn">
      <Icon name="warn" />
      <div>
        {look.blockers.map(({ what, count }) => (
          <p key={what}>{say(blockerWords[what], { n: count })}</p>
        ))}
        {look.openShifts.map(({ id, number, tillName, openedAt }) => (
          <button key={id} type="button" className="quiet" onClick={() => onShow(id)}>
            {say('report_show', { till: tillName, n: number, time: wallTime(Date.parse(openedAt), timeZone).slice(11, 16) })}
          </button>
        ))}
      </div>
    </div>
  );
}

interface CloseProps {
  look: DayLook;
  onClose: () => void;
  onShow: (shiftId: string) => void;
}

function Close({ look, onClose, onShow }: CloseProps) {
  const say = useSay();
  const isBlocked = look.blockers.length > 0;
  return (
    <>
      <DayHead {...look} />
      {isBlocked && <Blockers look={look} onShow={onShow} />}
      {look.isEmpty ? <p>{say('report_empty')}</p> : <TotalsView totals={look.totals} vouchersOpen={look.vouchersOpen} />}
      <p className="meta">{say('report_close_note')}</p>
      <div className="sheet-actions">
        <HoldButton holding={say('hold_on')} disabled={isBlocked || look.isEmpty} onHeld={onClose}>
          {say('report_close')} <kbd>F9</kbd>
        </HoldButton>
      </div>
    </>
  );
}

function ClosedDay({ desk, report }: { desk: ReportDesk; report: DayReport }) {
  const say = useSay();
  const { timeZone } = useStore();
  const staff = useTill((state) => state.staff);
  const nameOf = (id: string | null) => staff.find((person) => person.id === id)?.name ?? '';
  const time = wallTime(Date.parse(report.closedAt), timeZone).slice(0, 16);
  return (
    <>
      <DayHead {...report} />
      <p className="meta">
        {report.label} · {say('report_closed_at', { time })} {nameOf(report.closedBy)}
      </p>
      <TotalsView totals={report.totals} vouchersOpen={report.vouchersOpen} />
      <div className="sheet-actions">
        <PrintButton kind="day-report" subjectId={report.id} />
        <button type="button" className="action" onClick={() => void desk.save(report)}>
          {say('report_pdf')}
        </button>
      </div>
    </>
  );
}

const MOST_DAYS = '60';

function Days({ desk, onShow }: { desk: ReportDesk; onShow: (report: DayReport) => void }) {
  const say = useSay();
  const amountText = useAmountText();
  const dayText = useDayText();
  const days = useLoaded(() => desk.calls.list({ query: { limit: MOST_DAYS } }));
  if (!days.value) return <p className="empty">{say(days.failed ? 'box_no_answer' : 'screen_loading')}</p>;
  if (days.value.items.length === 0) return <p className="empty">{say('report_none')}</p>;
  return (
    <ul className="report-days">
      {days.value.items.map((report) => (
        <li key={report.id}>
          <button type="button" className="action" onClick={() => onShow(report)}>
            <span>{dayText(report.businessDate)}</span>
            <span className="meta">{report.label}</span>
            <strong>{amountText(report.totals.net)}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PickedProps {
  desk: ReportDesk;
  view: View;
  look: Loaded<DayLook>;
  onClose: () => void;
  onShift: (id: string) => void;
  onDay: (report: DayReport) => void;
}

function Picked({ desk, view, look, onClose, onShift, onDay }: PickedProps) {
  const say = useSay();
  if (view === 'days') return <Days desk={desk} onShow={onDay} />;
  if (!look.value) return <p className="empty">{say(look.failed ? 'box_no_answer' : 'screen_loading')}</p>;
  if (view === 'x') return <Look desk={desk} look={look.value} />;
  return <Close look={look.value} onClose={onClose} onShow={onShift} />;
}

function Reports({ first, onShift }: { first: View; onShift: (shiftId: string) => void }) {
  const till = useActions();
  const say = useSay();
  const desk = useMemo(() => openReportDesk(till), [till]);
  const [view, setView] = useState<View>(first);
  const [report, setReport] = useState<DayReport | null>(null);
  const look = useLoaded(() => (view === 'z' ? desk.calls.unclosed() : desk.calls.look()), view);
  const show = (next: View) => {
    setView(next);
    setReport(null);
    look.again();
  };
  const close = () => void desk.close(setReport);
  useSide({
    main() {
      const mayClose = look.value && look.value.blockers.length === 0 && !look.value.isEmpty;
      if (view === 'z' && report === null && mayClose) close();
    },
  });
  return (
    <div className="report">
      <Choice<View>
        title={say('reports')}
        options={{ x: say('report_x'), z: say('report_z'), days: say('report_days') }}
        chosen={view}
        onChoose={show}
      />
      {report ? (
        <ClosedDay desk={desk} report={report} />
      ) : (
        <Picked desk={desk} view={view} look={look} onClose={close} onShift={onShift} onDay={setReport} />
      )}
    </div>
  );
}

/** A shift that keeps the day open is counted and closed from here, whatever till it is of. */
function OpenShift({ shiftId, onBack }: { shiftId: string; onBack: () => void }) {
  const say = useSay();
  return (
    <div className="report">
      <button type="button" className="quiet" onClick={onBack}>
        <Icon name="back" /> {say('reports')}
      </button>
      <ShiftView shiftId={shiftId} />
    </div>
  );
}

export function ReportScreen() {
  const [shiftId, setShiftId] = useState<string | null>(null);
  const [first, setFirst] = useState<View>('x');
  if (shiftId !== null) return <OpenShift shiftId={shiftId} onBack={() => setShiftId(null)} />;
  return (
    <Reports
      first={first}
      onShift={(id) => {
        setShiftId(id);
        setFirst('z');
      }}
    />
  );
}
