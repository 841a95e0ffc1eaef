// What changes at the node while the page is open. A broken stream is reported once; whoever opened it decides when to open again.
import type { TillEvents } from '#schema/wire/till';

/** What this page listens to. */
const names = [
  'catalogue',
  'sync',
  'stock',
  'voucher',
  'session',
  'trouble',
  'drafts',
  'printer',
  'print-job',
  'device-command',
  'low-stock',
] as const satisfies (keyof TillEvents)[];

export type EventHandlers = { [Name in (typeof names)[number]]: (event: TillEvents[Name]) => void } & {
  onOpen: () => void;
  onBroken: () => void;
};

/** Opens the stream; the returned function closes it. */
export type OpenEvents = (token: string, handlers: EventHandlers) => () => void;

export const browserEvents =
  (baseUrl: string): OpenEvents =>
  (token, handlers) => {
    const url = new URL('/api/v1/events', baseUrl);
    url.searchParams.set('token', token);
    const source = new EventSource(url);
    source.onopen = handlers.onOpen;
    // A browser reconnects by itself after some failures and gives up for ever after others; one way for both is ours.
    source.onerror = () => {
      source.close();
      handlers.onBroken();
    };
    for (const name of names)
      source.addEventListener(name, (event) => handlers[name](JSON.parse((event as MessageEvent<string>).data)));
    return () => source.close();
  };
