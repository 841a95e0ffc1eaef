// What changes while a till is open, as server-sent events. A till that comes back says the last id that it saw: what it missed and is
// still remembered comes again; if that is too long ago, it is told to read everything anew.
import type { ServerResponse } from 'node:http';
import type { Clock } from '#schema/values/clock';
import type { TillEvents } from '#schema/wire/till';

const REMEMBERED = 500;
/** Shorter than the idle limits of what may stand between. */
const KEEP_ALIVE_MS = 20_000;

export interface EventHub {
  publish<Name extends keyof TillEvents>(name: Name, value: TillEvents[Name]): void;
  attach(response: ServerResponse, lastEventId: string | undefined): void;
  close(): void;
}

export function openEventHub(clock: Clock): EventHub {
  // Ids begin at the time of this start, so an id of a run before it is never mistaken for one of this.
  const first = clock.now();
  const followers = new Set<ServerResponse>();
  const remembered: { id: number; text: string }[] = [];
  let last = first;

  function missed(lastEventId: string | undefined): string {
    const since = Number(lastEventId ?? last);
    const oldest = remembered[0]?.id ?? last + 1;
    if (lastEventId !== undefined && (since < first || since + 1 < oldest))
      return eventText(last, 'catalogue', { productIds: 'all' });
    return remembered
      .filter(({ id }) => id > since)
      .map(({ text }) => text)
      .join('');
  }

  return {
    publish(name, value) {
      last += 1;
      const text = eventText(last, name, value);
      remembered.push({ id: last, text });
      if (remembered.length > REMEMBERED) remembered.shift();
      for (const response of followers) response.write(text);
    },
    attach(response, lastEventId) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      response.write(`retry: 2000\n\n${missed(lastEventId)}`);
      followers.add(response);
      let cancel = () => {};
      const beat = () => {
        response.write(': here\n\n');
        cancel = clock.after(KEEP_ALIVE_MS, beat);
      };
      cancel = clock.after(KEEP_ALIVE_MS, beat);
      response.on('close', () => {
        cancel();
        followers.delete(response);
      });
    },
    close() {
      for (const response of followers) response.end();
      followers.clear();
    },
  };
}

const eventText = (id: number, name: string, value: unknown): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
