import { LogIn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { StartScreen } from './start-screen.tsx';

/** Nobody is signed in here. Leaves for the sign-in page and comes back. */
export function SignInScreen({ onSignIn }: { readonly onSignIn: () => void }) {
  const { t } = useTranslation();
  return (
    <StartScreen
      title={t('session.signIn.title')}
      actions={
        <Button kind="primary" size="main" icon={<LogIn className="icon-lg" />} onClick={onSignIn}>
          {t('session.signIn.button')}
        </Button>
      }
    >
      <p>{t('session.signIn.text')}</p>
    </StartScreen>
  );
}
