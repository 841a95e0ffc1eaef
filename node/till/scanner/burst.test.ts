// Who is typing: a scanner or a person. Times in milliseconds.
import { describe, expect, test } from 'vitest';
import { type Heard, hearKey, hearSilence, type Listening, listening, type Tempo, tempoOf, usualTempo } from './burst.ts';

interface Played {
  state: Listening;
  at: number;
  scans: string[];
  swallowed: string[];
}

const begun = (): Played => ({ state: listening, at: 1_000, scans: [], swallowed: [] });

function note(played: Played, key: string, heard: Heard) {
  played.state = heard.next;
  if (heard.scan !== undefined) played.scans.push(heard.scan);
  if (heard.swallow) played.swallowed.push(key);
}

/** Keys, each after its gap. */
function type(played: Played, keys: readonly string[], gapMs: number, tempo = usualTempo): Played {
  for (const key of keys) {
    played.at += gapMs;
    note(played, key, hearKey(played.state, { key, at: played.at }, tempo));
  }
  return played;
}

function wait(played: Played, ms: number): Played {
  played.at += ms;
  note(played, 'silence', hearSilence(played.state, played.at));
  return played;
}

const code = '8991234567890';

describe('scanner bursts', () => {
  test('a person typing at 120 ms a key is never a scan, with Enter or without', () => {
    const played = wait(type(begun(), [...code, 'Enter', ...code], 120), 500);
    expect(played).toMatchObject({ scans: [], swallowed: [] });
  });

  test('a quick person, 70 ms a key, is no scan either', () => {
    expect(wait(type(begun(), [...'kopi susu', 'Enter'], 70), 500)).toMatchObject({ scans: [], swallowed: [] });
  });

  test.each(['Enter', 'Tab'])('a burst ended by %s is a scan and the key is swallowed', (ending) => {
    expect(type(begun(), [...code, ending], 8)).toMatchObject({ scans: [code], swallowed: [ending] });
  });

  test('a burst without an ending key is a scan after 120 ms of silence', () => {
    const played = wait(type(begun(), [...code], 8), 119);
    expect(played.scans).toEqual([]);
    expect(wait(played, 1).scans).toEqual([code]);
  });

  test('an Enter within 100 ms of the scan belongs to the scanner, a later one to the person', () => {
    const played = type(wait(type(begun(), [...code], 8), 120), ['Enter'], 90);
    expect(played.swallowed).toEqual(['Enter']);
    expect(type(played, ['Enter'], 30).swallowed).toEqual(['Enter']);
  });

  test('three keys are too few, four enough', () => {
    expect(type(begun(), [...'123', 'Enter'], 10).scans).toEqual([]);
    expect(type(begun(), [...'1234', 'Enter'], 10).scans).toEqual(['1234']);
  });

  test('the mean gap may be 35 ms and no more; one gap above 80 ms breaks the burst', () => {
    expect(type(begun(), [...code, 'Enter'], 35).scans).toEqual([code]);
    expect(type(begun(), [...code, 'Enter'], 36).scans).toEqual([]);
    expect(type(type(begun(), [...'89912'], 8), [...'3'], 81).state.run?.text).toBe('3');
  });

  test('a letter of a person before the scanner starts is not part of the code', () => {
    expect(type(type(begun(), ['k'], 200), ['8'], 150).state.run?.text).toBe('8');
  });

  test('ten codes within a second are ten scans in their order', () => {
    const codes = Array.from({ length: 10 }, (_, index) => String(8_990_000_000_000 + index));
    const played = begun();
    for (const each of codes) type(played, [...each, 'Enter'], 7);
    expect(played.at - 1_000).toBeLessThanOrEqual(1_000);
    expect(played.scans).toEqual(codes);
  });

  test('the same code again counts again, but not within 150 ms', () => {
    const played = type(begun(), [...'1234', 'Enter'], 10);
    expect(type(played, [...'1234', 'Enter'], 10).scans).toEqual(['1234']);
    expect(played.swallowed).toEqual(['Enter', 'Enter']);
    played.at += 200;
    expect(type(played, [...'1234', 'Enter'], 10).scans).toEqual(['1234', '1234']);
  });

  test('keys that a busy machine held up belong to those before them, by their times', () => {
    const played = type(begun(), [...'899'], 8);
    note(played, 'silence', hearSilence(played.state, played.at + 500));
    expect(type(played, [...code.slice(3), 'Enter'], 8).scans).toEqual([code]);
  });

  test('shift does not break a burst; an arrow does', () => {
    expect(type(begun(), ['S', 'Shift', 'D', '1', ':', 'A', 'Enter'], 8).scans).toEqual(['SD1:A']);
    expect(type(begun(), [...'12', 'ArrowLeft', ...'34', 'Enter'], 8).scans).toEqual([]);
  });

  test('only the first key of a run asks to remember the screen', () => {
    const first = hearKey(listening, { key: '8', at: 0 });
    expect(first.begins).toBe(true);
    expect(hearKey(first.next, { key: '9', at: 8 }).begins).toBeUndefined();
  });
});

describe('a scanner that this till has learned', () => {
  const learned = (gapMs: number, prefix = ''): Tempo => tempoOf({ gapMs, prefix });
  const keys = (prefix: string) => [...prefix, ...'8991234567892', 'Enter'];

  test('a slow one is heard at its own tempo, and a quick one as before', () => {
    expect(type(begun(), keys(''), 38, learned(38)).scans).toEqual(['8991234567892']);
    expect(type(begun(), keys(''), 38).scans).toEqual([]);
    expect(type(begun(), keys(''), 35, learned(5)).scans).toEqual(['8991234567892']);
  });

  test('however slow it was, a person at 70 ms a key is none', () => {
    expect(type(begun(), keys(''), 70, learned(80)).scans).toEqual([]);
  });

  test('a sign before each code is enough at any tempo, up to the ending key', () => {
    const tempo = learned(8, ']');
    expect(type(begun(), keys(']'), 120, tempo)).toMatchObject({ scans: [']8991234567892'], swallowed: ['Enter'] });
    expect(type(begun(), keys(''), 120, tempo).scans).toEqual([]);
    expect(type(begun(), keys(']'), 501, tempo).scans).toEqual([]);
  });

  test('letters before each code are not: a person begins words with them', () => {
    expect(type(begun(), [...'Ayam goreng', 'Enter'], 120, learned(8, 'A')).scans).toEqual([]);
  });

  test('a quick code behind the sign that no key ends is a scan after the silence', () => {
    const played = type(begun(), [...']8991234567892'], 8, learned(8, ']'));
    const heard = hearSilence(played.state, played.at + 120, learned(8, ']'));
    expect(heard.scan).toBe(']8991234567892');
  });
});
