// Runs before the first paint, so that a light or high-contrast screen never flashes dark. The app's own
// code (src/platform/browser/theme.ts) writes this value and says the same of it.
(() => {
  try {
    const choice = localStorage.getItem('eventkit.theme');
    const theme =
      choice !== 'system'
        ? choice
        : matchMedia('(prefers-contrast: more)').matches
          ? 'contrast'
          : matchMedia('(prefers-color-scheme: light)').matches
            ? 'light'
            : 'dark';
    if (theme === 'light' || theme === 'contrast') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is denied: dark stays, and the app explains what is missing.
  }
})();
