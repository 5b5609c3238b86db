import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeZoneName } from '#i18n/time-zone-names.ts';
import { Notice } from '#ui/notice.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { TextField } from '#ui/text-field.tsx';
import { clockOfMinute, minuteOfClock } from './clock-minutes.ts';
import { type QuietHours, useSaveQuiet } from './use-preferences.ts';

/** What most people sleep. */
const NIGHT: QuietHours = { fromMinute: 22 * 60, untilMinute: 6 * 60 };

/** When nothing is pushed, by the person's own clock. */
export function QuietTimes({
  quiet: kept,
  timeZone,
  isWithout,
}: {
  readonly quiet: QuietHours | null;
  readonly timeZone: string;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const save = useSaveQuiet();
  const [quiet, setQuiet] = useState(kept);
  /** Seen at once, and put back where it cannot be kept. */
  const change = (next: QuietHours | null) => {
    setQuiet(next);
    save.mutateAsync(next).catch(() => setQuiet(quiet));
  };
  const changePart = (part: keyof QuietHours, clock: string) => {
    const minute = minuteOfClock(clock);
    if (quiet !== null && minute !== null && minute !== quiet[part]) change({ ...quiet, [part]: minute });
  };
  return (
    <section aria-label={t('notifications.quiet')}>
      <SectionHeading>{t('notifications.quiet')}</SectionHeading>
      <fieldset disabled={isWithout} className="px-4 py-2">
        <label className="flex min-h-12 items-center gap-3 tablet:min-h-10">
          <input
            type="checkbox"
            className="size-5 accent-primary tablet:size-4"
            checked={quiet !== null}
            onChange={() => change(quiet === null ? NIGHT : null)}
          />
          {t('notifications.quietOn')}
        </label>
        {quiet !== null && (
          <div className="flex gap-3 pt-1 pb-2">
            <TextField
              key={`from-${quiet.fromMinute}`}
              type="time"
              label={t('notifications.from')}
              defaultValue={clockOfMinute(quiet.fromMinute)}
              onBlur={({ target }) => changePart('fromMinute', target.value)}
            />
            <TextField
              key={`until-${quiet.untilMinute}`}
              type="time"
              label={t('notifications.until')}
              defaultValue={clockOfMinute(quiet.untilMinute)}
              onBlur={({ target }) => changePart('untilMinute', target.value)}
            />
          </div>
        )}
        <p className="text-[14px] text-muted-foreground tablet:text-[12px]">
          {t('notifications.quietHint', { zone: timeZoneName(timeZone) })}
        </p>
      </fieldset>
      <div className="px-4 not-empty:pb-3" aria-live="polite">
        {save.isError && <Notice tone="warn" title={t('notifications.saveFailed')} />}
      </div>
    </section>
  );
}
