// Something said beside the sale: how grave it is, and its words.
import type { Parts, WordKey } from '../words/words.ts';

export interface Notice {
  tone: 'ok' | 'info' | 'warn' | 'fault';
  key: WordKey;
  parts: Parts;
}
