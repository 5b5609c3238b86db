// Runs before the first paint, so that a light or high-contrast screen never flashes dark. The app's own
// code (src/features/session/theme.ts) writes this value.
(() => {
  try {
    const theme = localStorage.getItem('eventkit.theme');
    if (theme === 'light' || theme === 'contrast') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is denied: dark stays, and the app explains what is missing.
  }
})();
