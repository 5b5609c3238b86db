import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { StartScreen } from './start-screen.tsx';

/** No network, and nobody ever signed in on this device: there is nothing to work on. */
export function UnreachableScreen({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <StartScreen
      title={t('session.signIn.offlineTitle')}
      actions={
        <Button size="main" icon={<RotateCw className="icon-lg" />} onClick={onRetry}>
          {t('session.signIn.retry')}
        </Button>
      }
    >
      <div className="mb-4 h-2 rounded-chip border border-border hatched" aria-hidden="true" />
      <p>{t('session.signIn.offlineText')}</p>
    </StartScreen>
  );
}
