// The choice between the system's theme, light and dark; kept in this browser and told to whoever asks.

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
  const group = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = 'Theme';
  group.append(legend);
  group.className = 'theme';
  const current = remembered();
  for (const theme of Object.keys(names) as Theme[]) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = 'theme';
    input.value = theme;
    input.checked = theme === current;
    input.addEventListener('change', () => {
      try {
        localStorage.setItem(key, theme);
      } catch {
        // It holds for this page only, then.
      }
      apply(theme);
      listener(theme);
    });
    const text = document.createElement('span');
    text.textContent = names[theme];
    label.append(input, text);
    group.append(label);
  }
  host.replaceChildren(group);
  apply(current);
  listener(current);
}
