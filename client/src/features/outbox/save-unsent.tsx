import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { fileNameOf, saveFile } from '#platform/browser/save-file.ts';
import { useDevice, usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { exportUnsent, webSha256 } from './export-unsent.ts';

/** The way out when operations cannot go up by themselves: a file that an admin brings in. */
export function SaveUnsent({ count, isUrgent }: { readonly count: number; readonly isUrgent: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { replica } = usePlatform();
  const { tenantId } = useSession();
  const { deviceId, name } = useDevice();
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);

  const save = async () => {
    const madeAt = nowForDisplay();
    const appVersion = import.meta.env.VITE_APP_VERSION;
    const of = { tenantId, deviceId, deviceName: name, appVersion, madeAt, sha256: webSha256 };
    const { text } = await exportUnsent(replica, of);
    const fileName = fileNameOf(['eventkit', name, madeAt.slice(0, 16)], 'json');
    saveFile(fileName, text);
    setSavedAs(fileName);
  };

  return (
    <div>
      <Button
        kind={isUrgent ? 'primary' : 'outline'}
        icon={<Download className="icon" aria-hidden="true" />}
        onClick={() => {
          setFailed(false);
          save().catch(() => setFailed(true));
        }}
      >
        {t('outbox.save.button', { count, shown: format.count(count) })}
      </Button>
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]" aria-live="polite">
        {hasFailed && <span className="text-blocked-text">{t('outbox.save.failed')}</span>}
        {!hasFailed && (savedAs === null ? t('outbox.save.hint') : t('outbox.save.done', { name: savedAs }))}
      </p>
    </div>
  );
}
