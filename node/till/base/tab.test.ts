// Tabs of one browser among each other: who lives, and who is told that its sale was taken over.
import { expect, test, vi } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import { browserTab } from './tab.ts';

function tabs(...pages: string[]) {
  const clock = handClock();
  const channels = pages.map(() => new BroadcastChannel('tab.test'));
  const opened = pages.map((page, index) =>
    browserTab({ page, clock, storage: () => ({}) as Storage, channel: channels[index] as BroadcastChannel }),
  );
  const close = () => {
    for (const channel of channels) channel.close();
  };
  return { clock, opened, close };
}

test('[ORD-15] the page that had a sale open is told that it was taken over, and no other', async () => {
  const { opened, close } = tabs('one', 'two', 'three');
  const heard: string[] = [];
  for (const tab of opened) tab.onTaken((sale) => heard.push(`${tab.page} ${sale}`));
  opened[2]?.tellTaken('open-sale/1', 'one');
  opened[2]?.tellTaken('open-sale/2', 'two');
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(['one open-sale/1', 'two open-sale/2']));
  close();
});
