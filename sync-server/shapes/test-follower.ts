// For tests: reads a source the way a node does, without a client library, and folds the messages into rows.
import { expect } from 'vitest';
import type { ShapeAnswer, ShapeSource } from './source.ts';

export interface Message {
  key?: string;
  value?: Record<string, string | null>;
  headers: Record<string, unknown>;
}

export interface Follower {
  rows: Map<string, Record<string, string | null>>;
  handle: string;
  offset: string;
  /** Asks until the source says up-to-date, and counts the answers; throws on anything but 200. */
  catchUp(): Promise<number>;
  /** One request from where the follower stands; folds what comes. */
  ask(more?: Record<string, string>): Promise<ShapeAnswer>;
}

export const messagesOf = (answer: ShapeAnswer): Message[] => JSON.parse(String(answer.body)) as Message[];

export function follow(source: ShapeSource, words: Record<string, string>): Follower {
  const follower: Follower = {
    rows: new Map(),
    handle: '',
    offset: '-1',
    async ask(more = {}) {
      const place: Record<string, string> =
        follower.offset === '-1' ? { offset: '-1' } : { offset: follower.offset, handle: follower.handle };
      const answer = await source.answer({
        words: new URLSearchParams({ ...words, ...place, ...more }),
        signal: new AbortController().signal,
      });
      if (answer.status !== 200) return answer;
      for (const message of messagesOf(answer)) fold(follower.rows, message);
      follower.handle = answer.headers['electric-handle'] ?? '';
      follower.offset = answer.headers['electric-offset'] ?? '';
      return answer;
    },
    async catchUp() {
      for (let answers = 1; ; answers += 1) {
        const answer = await follower.ask();
        expect(answer.status).toBe(200);
        if ('electric-up-to-date' in answer.headers) return answers;
      }
    },
  };
  return follower;
}

/** Strict: an insert of a row that is there, or a change of one that is not, means that the log and the snapshot do not join. */
function fold(rows: Map<string, Record<string, string | null>>, { key = '', value = {}, headers }: Message): void {
  const { operation } = headers;
  if (operation === undefined) return;
  if (rows.has(key) === (operation === 'insert'))
    throw new Error(`${operation} of ${key}, which is ${rows.has(key) ? '' : 'not '}there`);
  if (operation === 'delete') rows.delete(key);
  else rows.set(key, { ...rows.get(key), ...value });
}
