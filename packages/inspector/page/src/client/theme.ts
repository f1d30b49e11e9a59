/** What the page looks like: as chosen, else as the system says. */
export type Theme = 'light' | 'dark';

const KEY = 'stasis-rx.inspector.theme';

/** The theme that shows. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Shows a theme, and remembers it where the browser lets the page do so. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Inside of another page nothing may be kept.
  }
}

/** Shows what was chosen last time. */
export function restoreTheme(): void {
  try {
    const theme = localStorage.getItem(KEY);
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Nothing was kept.
  }
}
