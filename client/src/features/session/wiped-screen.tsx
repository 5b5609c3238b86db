import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { StartScreen } from './start-screen.tsx';

/** The office had this device emptied: nothing of the company is left on it. */
export function WipedScreen({ isTold, onRetry }: { readonly isTold: boolean; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <StartScreen
      title={t('session.wiped.title')}
      actions={
        <Button size="main" icon={<RotateCw className="icon-lg" />} onClick={onRetry}>
          {t(isTold ? 'session.wiped.again' : 'session.signIn.retry')}
        </Button>
      }
    >
      <p>{t('session.wiped.text')}</p>
      {!isTold && <p className="mt-4">{t('session.wiped.untold')}</p>}
    </StartScreen>
  );
}
