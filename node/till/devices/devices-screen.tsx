// Devices and vouchers: how each stands in words, and what a person can do about it. A voucher that is scanned here is shown.
import { useEffect, useState } from 'react';
import { Choice } from '../base/choice.tsx';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { isVoucherCode } from '../catalogue/codes.ts';
import { useLoaded } from '../menu/use-loaded.ts';
import { useSide } from '../menu/use-side.ts';
import { DispenserList } from './dispenser-list.tsx';
import { PrinterList } from './printer-list.tsx';
import { VoucherList } from './voucher-list.tsx';

type Tab = 'devices' | 'vouchers' | 'printing';

export function DevicesScreen() {
  const { parts, scan, done } = useActions();
  const say = useSay();
  const [tab, setTab] = useState<Tab>('devices');
  const vouchers = useLoaded(async () => (await parts.calls.voucher.list({ query: { limit: '100' } })).items);
  const cases = useLoaded(async () => (await parts.calls.voucher.cases({ query: { limit: '100' } })).items);
  const jobs = useLoaded(async () => (await parts.calls.print.jobs({ query: { limit: '30' } })).items);
  const printers = useLoaded(() => parts.calls.print.printers());
  const devices = useLoaded(async () => (await parts.calls.device.list()).items);
  const [commandNews, setCommandNews] = useState(0);
  const sync = useTill((state) => state.sync);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how the node stands is told with every change of a device.
  useEffect(devices.again, [sync, devices.again]);
  useSide({
    scan(code) {
      if (!isVoucherCode(code)) return scan.unknown(code);
      setTab('vouchers');
      void done.askVoucher(code);
    },
    news(what) {
      if (what === 'voucher') {
        vouchers.again();
        cases.again();
      }
      if (what === 'printer') printers.again();
      if (what === 'print-job') jobs.again();
      if (what === 'device') {
        setCommandNews((count) => count + 1);
        devices.again();
      }
    },
  });
  const open = vouchers.value?.length;
  return (
    <div className="stack">
      <div className="tabs">
        <Choice<Tab>
          title={say('devices_what')}
          options={{
            devices: say('devices_list'),
            vouchers: open === undefined ? say('vouchers') : say('vouchers_open', { n: open }),
            printing: say('printing'),
          }}
          chosen={tab}
          onChoose={setTab}
        />
      </div>
      {tab === 'devices' && <DispenserList devices={devices} printers={printers} commandNews={commandNews} />}
      {tab === 'vouchers' && <VoucherList vouchers={vouchers} cases={cases} />}
      {tab === 'printing' && <PrinterList printers={printers} jobs={jobs} />}
    </div>
  );
}
