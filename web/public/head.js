// What has to happen before the page is drawn.

// A theme chosen earlier does not flash by in the wrong colours; shared/theme.ts does the rest.
try {
  const theme = localStorage.getItem('bearproof-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's theme it is.
}

// The policy admits no image. Firefox would ask for /favicon.ico all the same, and be refused, unless it is told of an icon
// that needs no asking; Chromium would take that very line for an image.
if (CSS.supports('-moz-appearance', 'none')) {
  const icon = document.createElement('link');
  icon.rel = 'icon';
  icon.href = 'about:blank';
  document.head.append(icon);
}
