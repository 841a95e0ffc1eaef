// Theme and size of the page, as chosen or as the machine prefers: put on the page's root, where the style sheet finds them.
import type { TillSettings } from './settings.ts';

export interface Appearance {
  set(settings: Pick<TillSettings, 'theme' | 'textSize'>): void;
}

export function pageAppearance(window: Window): Appearance {
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  let chosen: TillSettings['theme'] = 'auto';
  const { documentElement: root } = window.document;
  const show = () => {
    const isDark = chosen === 'dark' || (chosen === 'auto' && prefersDark.matches);
    root.dataset.theme = isDark ? 'dark' : 'light';
  };
  prefersDark.addEventListener('change', show);
  return {
    set({ theme, textSize }) {
      chosen = theme;
      root.style.setProperty('--zoom', String(textSize / 100));
      show();
    },
  };
}
