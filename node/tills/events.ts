// What changes while a till is open, as server-sent events. A till that comes back says the last id that it saw: what it missed and is
// still remembered comes again; if that is too long ago, it is told to read everything anew. How the link stands is not remembered: it
// is told again and again, so that no stream is silent for long, and only the last word counts.
import type { ServerResponse } from 'node:http';
import type { Clock } from '#schema/values/clock';
import type { TillEvents } from '#schema/wire/till';

const REMEMBERED = 500;

export interface EventHub {
  publish<Name extends keyof TillEvents>(name: Name, value: TillEvents[Name]): void;
  attach(tillId: string, response: ServerResponse, lastEventId: string | undefined): void;
  /** Ends the streams of a till that was withdrawn. */
  drop(tillId: string): void;
  close(): void;
}

export function openEventHub(clock: Clock): EventHub {
  // Ids begin at the time of this start, so an id of a run before it is never mistaken for one of this.
  const first = clock.now();
  const followers = new Map<ServerResponse, string>();
  const remembered: { id: number; text: string }[] = [];
  let last = first;

  function remember(name: string, value: unknown): string {
    last += 1;
    const text = eventText(last, name, value);
    remembered.push({ id: last, text });
    if (remembered.length > REMEMBERED) remembered.shift();
    return text;
  }

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
      const text = name === 'sync' ? bareText(name, value) : remember(name, value);
      for (const response of followers.keys()) response.write(text);
    },
    attach(tillId, response, lastEventId) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      response.write(`retry: 2000\n\n${missed(lastEventId)}`);
      followers.set(response, tillId);
      response.on('close', () => followers.delete(response));
    },
    drop(tillId) {
      for (const [response, till] of followers) if (till === tillId) response.end();
    },
    close() {
      for (const response of followers.keys()) response.end();
      followers.clear();
    },
  };
}

const bareText = (name: string, value: unknown): string => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;

const eventText = (id: number, name: string, value: unknown): string => `id: ${id}\n${bareText(name, value)}`;
