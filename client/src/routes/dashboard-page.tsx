import { DashboardScreen } from '#features/dashboard/dashboard-screen.tsx';
import { addLateTexts } from '#i18n/start-i18n.ts';

await addLateTexts(async (language) =>
  language === 'de' ? import('#i18n/de/dashboard.ts') : import('#i18n/en/dashboard.ts'),
);

export function DashboardPage() {
  return <DashboardScreen />;
}
