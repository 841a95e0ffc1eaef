// What the menu holds, in its order: the screens beside the sale, then what acts at once. The digits 1 to 9 and 0 pick.
import type { Till } from '../till.ts';
import { isPersonHere, type SideScreen, type TillState } from '../till-state.ts';
import type { WordKey } from '../words/words.ts';
import { sideScreens } from './side-screens.ts';

export interface MenuEntry {
  word: WordKey;
  act: (till: Till) => void;
  /** Entries that make sense only at times; always without it. */
  when?: (state: TillState) => boolean;
}

const entries: readonly MenuEntry[] = [
  ...(Object.keys(sideScreens) as SideScreen[]).map((screen) => ({
    word: sideScreens[screen].word,
    act: (till: Till) => till.side.open(screen),
  })),
  { word: 'lock', act: (till) => till.signIn.lock(), when: isPersonHere },
  { word: 'keys', act: (till) => till.openSheet('keys') },
];

export const menuEntries = (state: TillState): readonly MenuEntry[] => entries.filter(({ when }) => when?.(state) ?? true);
