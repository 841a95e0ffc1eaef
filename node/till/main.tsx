// Starts the till page: gives it the browser's clock, chance, network and storage, and draws it.
import { createRoot } from 'react-dom/client';
import { present } from '#schema/values/assert';
import { idMaker } from '#schema/values/id';
import { pageAppearance } from './base/appearance.ts';
import { browserClock, browserRandom } from './base/browser-clock.ts';
import { browserGiveFile } from './base/give-file.ts';
import { browserKeep } from './base/keep.ts';
import { browserPreferences } from './base/preferences.ts';
import { browserTab } from './base/tab.ts';
import { catalogueBox } from './catalogue/catalogue-box.ts';
import { draftOutbox } from './held/outbox.ts';
import { listenForKeys } from './keys/key-listener.ts';
import { sideViews } from './menu/side-screens.ts';
import { nodeCalls } from './node-link/calls.ts';
import { browserEvents } from './node-link/event-stream.ts';
import { takeInvitation } from './pairing/invitation.ts';
import { draftBox } from './sale/draft-box.ts';
import { beep } from './scanner/beep.ts';
import { keepSinkFocused } from './scanner/sink.ts';
import { listenForScans } from './scanner/wedge.ts';
import { createTill } from './till.ts';
import { TillView } from './till-view.tsx';
import { isLanguage } from './words/words.ts';

/** What a till does when it opens comes first. */
const IDLE_MS = 2_000;

const baseUrl = window.location.origin;
const preferences = browserPreferences(() => window.localStorage);
const keep = browserKeep(window.indexedDB, () => window.localStorage);
const makeId = idMaker(browserClock, browserRandom);
const tab = browserTab({
  page: makeId(),
  clock: browserClock,
  storage: () => window.sessionStorage,
  channel: new BroadcastChannel('lapak-till'),
});
const [tongue] = navigator.language.split('-');

const till = createTill({
  clock: browserClock,
  makeId,
  calls: nodeCalls({
    baseUrl,
    fetch: (input, init) => window.fetch(input, init),
    token: preferences.token,
    staffToken: preferences.staffToken,
  }),
  openEvents: browserEvents(baseUrl),
  drafts: draftBox({ keep, tab, makeId }),
  outbox: draftOutbox(keep),
  page: tab.page,
  giveFile: browserGiveFile,
  catalogues: catalogueBox(keep),
  keep,
  preferences,
  invitation: takeInvitation(window),
  beep,
  browserLanguage: isLanguage(tongue) ? tongue : 'id',
});

// The scanner listens first: its keys reach nothing else.
listenForScans({
  clock: browserClock,
  onScan: till.scan.scanned,
  scanner: () => till.state.get().settings.scanner,
  remember: till.scan.remember,
});
listenForKeys(till);
for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, till.signIn.touched, true);
window.addEventListener('online', till.link.probe);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && till.link.probe());

// Once the till can sell and nobody waits, the screens beside the sale are fetched: they open without the node too.
const sides = sideViews();
let isFetched = false;
till.state.subscribe(() => {
  const { catalogue, link } = till.state.get();
  if (!catalogue.complete || link === 'lost' || isFetched) return;
  isFetched = true;
  browserClock.after(IDLE_MS, async () => {
    isFetched = await sides.loadAll();
  });
});

const appearance = pageAppearance(window);
appearance.set(till.state.get().settings);
let shown = till.state.get().settings;
till.state.subscribe(() => {
  const { settings } = till.state.get();
  if (settings !== shown) appearance.set(settings);
  shown = settings;
});

createRoot(present(document.getElementById('till'), 'the page has no place for the till')).render(
  <TillView till={till} sides={sides} />,
);
keepSinkFocused();
void till.start();
