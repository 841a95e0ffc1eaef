// What the doctor makes of versions that differ.
import { describe, expect, it } from 'vitest';
import { askSpeaker, checkVersions } from './versions.ts';

const centre = { who: 'the centre', version: '0.2.0', wireVersion: 2 };
const node = { who: 'the store node', version: '0.1.0', wireVersion: 1 };
const command = { who: 'this command', version: '0.2.1', wireVersion: 2 };

describe('[OPS-01] the doctor', () => {
  it('says which program to update, and to what, where wire versions differ', () => {
    const { state, detail, next } = checkVersions([command, centre, node]);
    expect(state).toBe('problem');
    expect(detail).toContain('the store node speaks wire version 1');
    expect(next).toMatch(/^Update the store node to Lapak 0\.2\.1/);
    expect(checkVersions([{ ...command, version: '0.1.0', wireVersion: 1 }, centre]).next).toMatch(
      /^Update this command to Lapak 0\.2\.0/,
    );
  });

  it('is content with programs that differ in version alone, and with nobody to compare with', () => {
    expect(checkVersions([command, centre])).toMatchObject({ state: 'ok', detail: expect.stringContaining('the centre 0.2.0') });
    expect(checkVersions([command])).toMatchObject({ state: 'off', next: null });
  });

  it.each([
    ['a version of the wire', async () => Response.json({ status: 'ok', version: '0.2.0', wireVersion: 2 }), [centre]],
    ['none, by something else', async () => new Response('hello'), []],
    ['nothing', async () => Promise.reject(new Error('refused')), []],
  ])('hears %s', async (_, fetch, heard) => {
    expect(await askSpeaker({ who: 'the centre', baseUrl: 'http://centre', fetch, timeoutMs: 1_000 })).toEqual(heard);
  });
});
