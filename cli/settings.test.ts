// Where a setting comes from, in its order of strength, and which of them a node's centre yields to.
import { expect, it } from 'vitest';
import { namedServer, resolveSetting, type Sources, serverOf } from './settings.ts';

const profiles = { demo: { server: 'http://profile.test' } };
const sources = (more: Partial<Sources>): Sources => ({ flags: {}, env: {}, config: { profile: 'demo', profiles }, ...more });
const byFlag = sources({ flags: { server: 'http://flag.test' }, env: { LAPAK_SERVER: 'http://environment.test' } });
const byEnvironment = sources({ env: { LAPAK_SERVER: 'http://environment.test' } });

it('[OPS-02] a flag is stronger than the environment, which is stronger than the profile', () => {
  expect([byFlag, byEnvironment, sources({})].map((each) => serverOf(each))).toEqual([
    'http://flag.test',
    'http://environment.test',
    'http://profile.test',
  ]);
  expect(resolveSetting('server', sources({}))).toMatchObject({ origin: 'config.toml', from: 'profiles.demo.server' });
});

it('[OPS-01] a node leaves the centre that it enrolled with only for one that was named for its start', () => {
  expect(namedServer(byFlag)).toBe('http://flag.test');
  expect(namedServer(byEnvironment)).toBe('http://environment.test');
  expect(namedServer(sources({}))).toBeUndefined();
  expect(() => namedServer(sources({ env: { LAPAK_SERVER: 'moved.test' } }))).toThrow('not a server address');
});
