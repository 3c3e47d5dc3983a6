// The choice between the system's theme, light and dark; kept in this browser and told to whoever asks.

import { make } from './dom.js';

export type Theme = 'auto' | 'light' | 'dark';

const key = 'bearproof-theme';
const names: Record<Theme, string> = { auto: 'Auto', light: 'Light', dark: 'Dark' };

function isTheme(text: string | null): text is Theme {
  return text !== null && Object.hasOwn(names, text);
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(key);
    return isTheme(theme) ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

function apply(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/**
 * Fills `host` with the three choices and applies the one that is in force.
 * @param listener  is told the theme now and after each change
 */
export function mountThemeSwitch(host: HTMLElement, listener: (theme: Theme) => void = () => undefined): void {
  const current = remembered();
  const choose = (theme: Theme) => {
    try {
      localStorage.setItem(key, theme);
    } catch {
      // It holds for this page only, then.
    }
    apply(theme);
    listener(theme);
  };
  const choices = Object.entries(names).map(([theme, name]) => {
    const attributes = { type: 'radio', name: 'theme', value: theme, checked: theme === current };
    const input = make('input', { ...attributes, onchange: () => choose(theme as Theme) });
    return make('label', {}, input, make('span', {}, name));
  });
  const group = make('fieldset', { class: 'theme' }, make('legend', {}, 'Theme'), choices);
  host.replaceChildren(group);
  apply(current);
  listener(current);
}
