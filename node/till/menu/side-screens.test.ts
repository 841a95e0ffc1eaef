// Screens beside the sale: loaded once, all of them when nobody waits, and again after the node was gone.
import { expect, test } from 'vitest';
import { type SideEntry, sideViews } from './side-screens.ts';

function loading() {
  const node = { answers: true };
  const loads: string[] = [];
  const entry = (name: string): SideEntry => ({
    word: 'settings',
    async load() {
      loads.push(name);
      if (!node.answers) throw new TypeError('Failed to fetch');
      return () => null;
    },
  });
  return { node, loads, views: sideViews({ settings: entry('settings'), other: entry('other') }) };
}

test('[SYN-02] what was fetched while nobody waited opens without the node', async () => {
  const { node, loads, views } = loading();
  expect(views.get('settings')).toBeUndefined();
  expect(await views.loadAll()).toBe(true);
  node.answers = false;
  expect(views.get('settings')).toBeTypeOf('function');
  await views.load('settings');
  expect(loads).toEqual(['settings', 'other']);
});

test('what failed is asked for again', async () => {
  const { node, loads, views } = loading();
  node.answers = false;
  expect(await views.loadAll()).toBe(false);
  await expect(views.load('settings')).rejects.toThrow();
  node.answers = true;
  expect(await views.loadAll()).toBe(true);
  expect(loads).toEqual(['settings', 'settings', 'settings', 'other']);
});
