// Takings by the hour beside the same weekday before: bars for the eye, a table for whoever listens.

import type { DayChart } from '#schema/wire/report';
import { useAmountText, useDayText, useSay } from '../base/till-context.tsx';
import { type Bar, barsOf, mostOf } from './chart-bars.ts';

const BarView = ({ which, height }: { which: 'today' | 'before'; height: number }) => (
  <span
    className="chart-bar"
    data-which={which}
    data-none={height === 0 || undefined}
    style={{ height: `${Math.round(height * 100)}%` }}
  />
);

const hourText = (hour: number): string => String(hour).padStart(2, '0');

export function DayChartView({ chart }: { chart: DayChart }) {
  const say = useSay();
  const dayText = useDayText();
  const amountText = useAmountText();
  const bars = barsOf(chart);
  if (bars.length === 0) return <p className="meta">{say('report_no_hours')}</p>;
  return (
    <figure className="day-chart">
      <figcaption>
        <strong>{say('report_hours')}</strong>
        <span className="chart-key" data-which="today">
          {say('report_today', { date: dayText(chart.businessDate) })}
        </span>
        <span className="chart-key" data-which="before">
          {say('report_before', { date: dayText(chart.beforeDate) })}
        </span>
        <span className="meta">{say('report_most', { amount: amountText(mostOf(bars)) })}</span>
      </figcaption>
      <div className="chart-bars" aria-hidden="true">
        {bars.map((bar) => (
          <div key={bar.hour} className="chart-hour">
            <BarView which="before" height={bar.heightBefore} />
            <BarView which="today" height={bar.height} />
            <span className="chart-label">{hourText(bar.hour)}</span>
          </div>
        ))}
      </div>
      <ChartTable chart={chart} bars={bars} />
    </figure>
  );
}

function ChartTable({ chart, bars }: { chart: DayChart; bars: readonly Bar[] }) {
  const say = useSay();
  const dayText = useDayText();
  const amountText = useAmountText();
  return (
    <table className="unseen">
      <thead>
        <tr>
          <th scope="col">{say('report_hour')}</th>
          <th scope="col">{say('report_today', { date: dayText(chart.businessDate) })}</th>
          <th scope="col">{say('report_before', { date: dayText(chart.beforeDate) })}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ hour, takings, takingsBefore }) => (
          <tr key={hour}>
            <th scope="row">{hourText(hour)}</th>
            <td>{amountText(takings)}</td>
            <td>{amountText(takingsBefore)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
