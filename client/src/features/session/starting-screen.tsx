import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StartScreen } from './start-screen.tsx';

/** Opening usually takes less than anybody can read, so words come only after that. */
const WORDS_AFTER_MS = 400;

export function StartingScreen() {
  const { t } = useTranslation();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), WORDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow ? <StartScreen title={t('session.starting')} /> : null;
}
