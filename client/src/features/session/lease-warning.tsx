import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Notice } from '#ui/notice.tsx';

/** In good time before a device locks that does not reach the server. */
export function LeaseWarning({ endsAt }: { readonly endsAt: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="flex-none p-4 pb-0" role="status">
      <Notice
        tone="offline"
        icon={<Clock className="icon-lg" aria-hidden="true" />}
        title={t('session.locked.soonTitle', { time: format.timeOrDay(endsAt, nowForDisplay()) })}
      >
        {t('session.locked.soonText')}
      </Notice>
    </div>
  );
}
