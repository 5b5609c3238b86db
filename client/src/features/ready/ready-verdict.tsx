import { Truck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/notice.tsx';
import { type Check, sumUp } from './judge-ready.ts';

/** The one line that counts at the dock. */
export function ReadyVerdict({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation();
  const { mendCount, isWaiting } = sumUp(checks);
  if (mendCount > 0) {
    return (
      <Notice tone="warn" title={t('ready.mendTitle', { count: mendCount })}>
        {t('ready.mendText')}
      </Notice>
    );
  }
  if (isWaiting) return <Notice title={t('ready.waitTitle')}>{t('ready.waitText')}</Notice>;
  return (
    <Notice
      tone="good"
      icon={<Truck className="icon-lg text-ok-text" aria-hidden="true" />}
      title={t('ready.goodTitle')}
    >
      {t('ready.goodText')}
    </Notice>
  );
}
