import './ui/app.css';
import { createRoot } from 'react-dom/client';
import { currentLanguage } from '#i18n/language.ts';
import { startI18n } from '#i18n/start-i18n.ts';
import { startPlatform } from '#platform/start-platform.ts';
import { App } from '#routes/app.tsx';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');

await startI18n(currentLanguage(localStorage, navigator.languages));
createRoot(container).render(<App start={startPlatform} />);
