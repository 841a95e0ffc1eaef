// Keeps the page and its node together: pairs, follows the events, notices when the node is gone and asks every two seconds until it
// is back. Nothing here ever gives up, and nothing here touches the open sale.

import type { DeviceCommand } from '#schema/wire/device-command';
import type { Printer, PrintJob } from '#schema/wire/print';
import type { LowStock } from '#schema/wire/stock';
import { announce, change, interrupt, type TillParts } from '../till-parts.ts';
import type { WordKey } from '../words/words.ts';
import { refusalCode } from './calls.ts';

const RETRY_MS = 2_000;
const BACK_SHOWN_MS = 4_000;
/** The node says how it stands every ten seconds; a stream that is silent for longer died without a word and is opened anew. */
const SILENCE_MS = 15_000;

/** What a till asks for and says when it may not be one yet. */
const codeProblems: Record<string, WordKey | null> = {
  'pairing-code-needed': null,
  'bad-pairing-code': 'pair_bad',
  'pairing-code-used': 'pair_used',
  'pairing-code-expired': 'pair_expired',
  'too-many-tries': 'pair_wait',
};

export interface LinkReactions {
  /** The page may have missed anything: read it all again. */
  refresh: () => void;
  /** The node said who and where this till is. */
  onSession: () => void;
  onCatalogue: (productIds: string[] | 'all') => void;
  onStock: (levels: { productId: string; available: number }[]) => void;
  onVoucher: (event: { id: string; state: string }) => void;
  onDrafts: () => void;
  onPrinter: (printer: Printer) => void;
  onPrintJob: (job: PrintJob) => void;
  onDeviceCommand: (command: DeviceCommand) => void;
  onLowStock: (low: LowStock[]) => void;
}

export interface LinkActions {
  start(): void;
  pairWith(code: string): void;
  /** Asks the node now instead of waiting: the screen woke up, or the network came back. */
  probe(): void;
}

export function linkActions(parts: TillParts, reactions: LinkReactions): LinkActions {
  const { state, clock, calls, preferences } = parts;
  let close = () => {};
  let cancelNext = () => {};
  let asking = false;
  let following = false;
  /** One wish to be paired, whatever becomes of its answers. */
  let pairingId: string | undefined;
  /** The code that a person or the address gave, until the node has answered it. */
  let code = parts.invitation ?? undefined;

  const next = (delayMs: number, call: () => void) => {
    cancelNext();
    cancelNext = clock.after(delayMs, call);
  };

  /** Leaves the stream, dead or alive, and asks; the answer opens another. */
  function reopen(): void {
    close();
    following = false;
    void ask();
  }

  function greet(): void {
    const { link } = state.get();
    if (link === 'up') return;
    const wasLost = link === 'lost';
    change(parts, { link: wasLost ? 'back' : 'up' });
    if (!wasLost) return;
    announce(parts, 'node_back');
    clock.after(BACK_SHOWN_MS, () => state.get().link === 'back' && change(parts, { link: 'up' }));
  }

  function lose(): void {
    const { phase, link } = state.get();
    if (phase !== 'ready' || link === 'lost') return;
    change(parts, { link: 'lost' });
    interrupt(parts, 'node_lost');
  }

  /** One question to the node; everything else follows from its answer. */
  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      if (preferences.token() === null) {
        pairingId ??= parts.makeId();
        const paired = await calls.till.pair({ body: { id: pairingId, ...(code !== undefined && { code }) } });
        pairingId = undefined;
        code = undefined;
        preferences.keepToken(paired.token);
      }
      const session = await calls.till.session();
      const own = preferences.language();
      const language = own ?? session.store.settings.languages[0] ?? state.get().language;
      change(parts, {
        phase: 'ready',
        session,
        sync: session.sync,
        troubles: session.troubles,
        language,
        clockOffsetMs: Date.parse(session.serverTime) - clock.now(),
      });
      reactions.onSession();
      greet();
      if (!following) follow();
      next(SILENCE_MS, reopen);
    } catch (error) {
      understand(error);
    } finally {
      asking = false;
    }
  }

  function understand(error: unknown): void {
    const refusal = refusalCode(error);
    if (refusal === 'not-signed-in' && preferences.token() !== null) {
      // The node no longer knows this till: it was reset, or the pairing was withdrawn.
      preferences.keepToken(null);
      next(0, ask);
    } else if (refusal !== undefined && Object.hasOwn(codeProblems, refusal)) {
      code = undefined;
      // A person must act now; asking again would only wear out the code.
      change(parts, { phase: 'pairing', pairing: { busy: false, problem: codeProblems[refusal] ?? null } });
    } else {
      if (refusal === undefined) lose();
      if (refusal === 'not-ready' && state.get().phase !== 'ready')
        change(parts, { phase: 'pairing', pairing: { busy: true, problem: 'pair_not_ready' } });
      next(RETRY_MS, ask);
    }
  }

  function follow(): void {
    const token = preferences.token();
    if (token === null) return;
    following = true;
    const heard =
      <Event>(react: (event: Event) => void) =>
      (event: Event) => {
        next(SILENCE_MS, reopen);
        react(event);
      };
    close = parts.openEvents(token, {
      onOpen: reactions.refresh,
      onBroken() {
        following = false;
        next(0, ask);
      },
      catalogue: heard(({ productIds }) => reactions.onCatalogue(productIds)),
      sync: heard((sync) => change(parts, { sync })),
      trouble: heard((troubles) => change(parts, { troubles })),
      stock: heard(reactions.onStock),
      voucher: heard(reactions.onVoucher),
      session: heard(() => void ask()),
      drafts: heard(reactions.onDrafts),
      printer: heard(reactions.onPrinter),
      'print-job': heard(reactions.onPrintJob),
      'device-command': heard(reactions.onDeviceCommand),
      'low-stock': heard(reactions.onLowStock),
    });
  }

  return {
    start: () => void ask(),
    pairWith(typed) {
      code = typed;
      change(parts, { pairing: { busy: true, problem: null } });
      void ask();
    },
    probe: reopen,
  };
}
