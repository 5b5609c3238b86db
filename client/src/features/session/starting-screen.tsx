import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const StartScreen = lazyRouteComponent(() => import('./start-screen.tsx'), 'StartScreen');

/** Opening usually takes less than anybody can read, so words come only after that. */
const WORDS_AFTER_MS = 400;

export function StartingScreen() {
  const { t } = useTranslation();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), WORDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow ? (
    <Suspense fallback={null}>
      <StartScreen title={t('session.starting')} />
    </Suspense>
  ) : null;
}
