// The settings of one dispenser: the centre's newest go to it until it says that it runs them; while it is paused, with the word to pour nothing
// alone, which it keeps whatever becomes of its link. One that will not take them is asked a few times at each link-up, then a person is told.
//
//   CONFIG_REPORT, others than wanted → CONFIG → CONFIG_REPORT …   the wanted ones: settled   others after the last try: refused
import type { PouringConfig } from '#schema/rules/device';
import type { Clock } from '#schema/values/clock';
import type { MessageOf } from '#schema/wire/dispenser';
import type { Conversation } from './conversation.ts';

/** A pour in between is over by the last of them. */
const RETRY_MS = [5_000, 20_000, 60_000];

export interface WantedSettings {
  version: number;
  config: PouringConfig;
  paused: boolean;
}

/** What the dispenser knows them by: the centre's version, and in the last bit whether it is paused. */
const wireVersion = ({ version, paused }: WantedSettings): number => version * 2 + Number(paused);

export interface Configuring {
  /** The centre's version that it runs, once it has said so. */
  running(): number | null;
  /** Whether it keeps refusing what is wanted. */
  refused(): boolean;
  /** What is wanted may have changed. */
  follow(): void;
  stop(): void;
}

interface ConfiguringParts {
  conversation: Pick<Conversation, 'sendSealed' | 'on'>;
  clock: Clock;
  wanted: () => WantedSettings;
  onChange(): void;
}

export function openConfiguring({ conversation, clock, wanted, onChange }: ConfiguringParts): Configuring {
  let report: MessageOf<'configReport'> | undefined;
  let tries = 0;
  let isRefused = false;
  let asked = wireVersion(wanted());
  let cancel = () => {};

  function begin(): void {
    cancel();
    asked = wireVersion(wanted());
    tries = 0;
    isRefused = false;
    if (report) send();
  }

  function send(): void {
    cancel();
    const { config, paused } = wanted();
    if (!report || report.version === asked) return;
    const waitMs = RETRY_MS[tries];
    if (waitMs === undefined) {
      isRefused = true;
      onChange();
      return;
    }
    const { vendsAlone, ...times } = config;
    const isTaken = conversation.sendSealed<'config'>({
      kind: 'config',
      version: asked,
      // Slots are built, not set.
      slots: report.slots,
      vendsAlone: vendsAlone && !paused ? 'yes' : 'no',
      ...times,
    });
    // What nobody is there to take is not refused.
    if (isTaken) tries += 1;
    cancel = clock.after(waitMs, send);
  }

  const forgets = [
    conversation.on('hello', begin),
    conversation.on('configReport', (told) => {
      const isFirst = report === undefined;
      report = told;
      if (told.version === asked) {
        cancel();
        isRefused = false;
      } else if (isFirst) send();
      onChange();
    }),
  ];

  return {
    running: () => (report ? Math.floor(report.version / 2) : null),
    refused: () => isRefused,
    follow() {
      if (wireVersion(wanted()) !== asked) begin();
    },
    stop() {
      cancel();
      for (const forget of forgets) forget();
    },
  };
}
