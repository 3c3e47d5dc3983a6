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
  const inputs = Object.keys(names).map((theme) => {
    const attributes = { type: 'radio', name: 'theme', value: theme, checked: theme === current };
    return make('input', { ...attributes, onchange: () => choose(theme as Theme) });
  });
  const choices = inputs.map((input) =>
    make('label', { title: names[input.value as Theme] }, input, make('span', {}, names[input.value as Theme])),
  );
  // A choice in another page of the same place holds here, too.
  window.addEventListener('storage', (event) => {
    if (event.key !== key && event.key !== null) return;
    const theme = remembered();
    for (const input of inputs) input.checked = input.value === theme;
    apply(theme);
    listener(theme);
  });
  const group = make('fieldset', { class: 'theme' }, make('legend', {}, 'Theme'), choices);
  host.replaceChildren(group);
  apply(current);
  listener(current);
}
