import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/notice.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { type Choice, useSaveChoice } from './use-preferences.ts';

const ways = [
  { way: 'isListed', text: 'notifications.listed' },
  { way: 'isPushed', text: 'notifications.push' },
  { way: 'isMailed', text: 'notifications.mail' },
] as const;

/** Each kind with the ways in which it is told; what is ticked is kept at once. */
export function ChoiceRows({
  choices,
  sendsMail,
  isWithout,
}: {
  readonly choices: readonly Choice[];
  readonly sendsMail: boolean;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const save = useSaveChoice();
  const [shown, setShown] = useState(choices);
  const show = (choice: Choice) =>
    setShown((all) => all.map((one) => (one.kind === choice.kind ? choice : one)));
  /** Seen at once, and put back where it cannot be kept. */
  const change = (before: Choice, after: Choice) => {
    show(after);
    save.mutateAsync(after).catch(() => show(before));
  };
  const offered = ways.filter(({ way }) => sendsMail || way !== 'isMailed');
  return (
    <section aria-label={t('notifications.whatTold')}>
      <SectionHeading
        end={
          <span aria-hidden="true" className="hidden tablet:flex">
            {offered.map(({ way, text }) => (
              <span key={way} className="w-20 text-center">
                {t(text)}
              </span>
            ))}
          </span>
        }
      >
        {t('notifications.whatTold')}
      </SectionHeading>
      <ul>
        {shown.map((choice) => (
          <li key={choice.kind} className="border-b border-rule px-4 py-2 tablet:py-0">
            <fieldset
              disabled={isWithout}
              className="flex flex-wrap items-center gap-x-6 tablet:flex-nowrap tablet:gap-x-0"
            >
              {/* A legend takes no part in the row. */}
              <legend className="sr-only">{t(`notifications.about.${choice.kind}`)}</legend>
              <span
                aria-hidden="true"
                className="basis-full text-[16px] font-medium tablet:flex-1 tablet:basis-auto tablet:text-[14px]"
              >
                {t(`notifications.about.${choice.kind}`)}
              </span>
              {offered.map(({ way, text }) => (
                <label
                  key={way}
                  className="flex min-h-12 items-center gap-2 tablet:min-h-10 tablet:w-20 tablet:justify-center"
                >
                  <input
                    type="checkbox"
                    className="size-5 accent-primary tablet:size-4"
                    checked={choice[way]}
                    onChange={({ target }) => change(choice, { ...choice, [way]: target.checked })}
                  />
                  <span className="tablet:sr-only">{t(text)}</span>
                </label>
              ))}
            </fieldset>
          </li>
        ))}
      </ul>
      <p className="px-4 py-2 text-[14px] text-muted-foreground tablet:text-[12px]">
        {sendsMail ? t('notifications.mailHint') : t('notifications.noMail')}
      </p>
      <div className="px-4 not-empty:pb-3" aria-live="polite">
        {save.isError && <Notice tone="warn" title={t('notifications.saveFailed')} />}
      </div>
    </section>
  );
}
