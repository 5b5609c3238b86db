import './ui/app.css';
import { createRoot } from 'react-dom/client';
import { currentLanguage } from '#i18n/language.ts';
import { startI18n } from '#i18n/start-i18n.ts';
import { followSystemTheme } from '#platform/browser/theme.ts';
import { trustOwnScripts } from '#platform/browser/trust-own-scripts.ts';
import { createCodeDesk } from '#platform/scanner/code-desk.ts';
import { listenToWedge } from '#platform/scanner/listen-to-wedge.ts';
import { startPlatform } from '#platform/start-platform.ts';
import { App } from '#routes/app.tsx';

trustOwnScripts(globalThis);
followSystemTheme();

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');

// Before anything is shown: who scans while the app still opens is heard as well.
const codeDesk = createCodeDesk(() => performance.now());
listenToWedge(window, codeDesk.hear);

await startI18n(currentLanguage(localStorage, navigator.languages));
if (import.meta.env.DEV && location.pathname === '/dev/components') {
  (await import('./dev/show-components.tsx')).showComponents(container);
} else {
  createRoot(container).render(<App start={startPlatform} codeDesk={codeDesk} />);
}
