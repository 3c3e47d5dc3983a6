// Runs before the page is drawn, so that a theme chosen earlier does not flash by in the wrong colours. shared/theme.ts
// does the rest.
try {
  const theme = localStorage.getItem('bearproof-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's theme it is.
}
