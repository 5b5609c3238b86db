import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '#ui/button-class.ts';
import { EmptyState } from '#ui/empty-state.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<MapPinOff />}
      title={t('shell.notFound.title')}
      action={
        <Link to="/" className={buttonClass('primary', 'touch')}>
          {t('shell.error.today')}
        </Link>
      }
    >
      {t('shell.notFound.text')}
    </EmptyState>
  );
}
