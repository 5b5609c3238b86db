import type { ConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, CircleHelp, ScanLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { buttonClass } from '#ui/button-class.ts';
import { Chip } from '#ui/chip.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Facts } from '#ui/facts.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { AssignUnknown } from './assign-unknown.tsx';
import { BulkShort } from './bulk-short.tsx';
import { ClaimCard } from './claim-card.tsx';
import { EditConflict } from './edit-conflict.tsx';
import type { ShownConflict } from './read-conflicts.ts';
import { isAboutFields } from './read-edit-conflict.ts';
import { SayWhatIsTrue } from './say-what-is-true.tsx';
import { SayWhichLabel } from './say-which-label.tsx';
import { TimeLine } from './time-line.tsx';
import { useConflict } from './use-conflicts.ts';

/** Two claims side by side in the same order of facts, what stands now, and what to do. */
export function ConflictDetail({ conflictId }: { readonly conflictId: string }) {
  const { t } = useTranslation();
  const { conflicts, status } = useConflict(conflictId);
  const [conflict] = conflicts;
  if (conflict === undefined) {
    return status === 'loading' ? null : (
      <EmptyState icon={<CircleHelp />} title={t('conflicts.goneTitle')}>
        {t('conflicts.goneText')}
      </EmptyState>
    );
  }
  return (
    <Screen header={<Header conflict={conflict} />}>
      <div className="max-w-4xl px-4 tablet:px-6">
        <p className="mb-4 max-w-prose text-muted-foreground">{t(`conflicts.explain.${conflict.class}`)}</p>
        <Matter conflict={conflict} />
        <TimeLine conflict={conflict} />
        {conflict.class === 'unknown_code' && <AssignUnknown conflict={conflict} />}
        {conflict.class === 'label_on_two' && <SayWhichLabel conflict={conflict} />}
        {conflict.status === 'open' ? <WhatToDo conflict={conflict} /> : <HowSettled conflict={conflict} />}
      </div>
    </Screen>
  );
}

/** What the conflict is about, by its class. */
function Matter({ conflict }: { readonly conflict: ShownConflict }) {
  if (conflict.class === 'bulk_short') return <BulkShort conflict={conflict} />;
  return isAboutFields(conflict) ? <EditConflict conflict={conflict} /> : <Claims conflict={conflict} />;
}

function Header({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  return (
    <header className="flex min-h-14 items-center gap-2 px-4 py-3 tablet:px-6">
      <Link
        to="/conflicts"
        aria-label={t('common.back')}
        className="-ms-3 grid size-12 flex-none place-items-center text-muted-foreground tablet:hidden"
      >
        <ChevronLeft className="icon-lg" />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="text-[20px] leading-tight text-balance">
          {t(`conflicts.headline.${conflict.class}`, { code: conflict.title })}
        </h1>
        {conflict.productName !== null && conflict.productName !== conflict.title && (
          <p className="text-muted-foreground">{conflict.productName}</p>
        )}
      </div>
      {conflict.status === 'settled' && <Chip tone="good">{t('conflicts.settledItself')}</Chip>}
    </header>
  );
}

function Claims({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const { first, second } = conflict;
  if (first === null && second === null) {
    const facts = [
      { label: t('conflicts.code'), value: <span className="font-mono">{conflict.title}</span> },
      ...(conflict.eventName === null ? [] : [{ label: t('conflicts.event'), value: conflict.eventName }]),
    ];
    return (
      <div className="rounded-panel border border-border p-4">
        <Facts facts={facts} />
      </div>
    );
  }
  if (first === null && conflict.class === 'unknown_code') {
    return (
      <div className="rounded-panel border border-border">
        {second !== null && <ClaimCard side={second} label="" stands={false} />}
      </div>
    );
  }
  return (
    <div className="grid overflow-hidden rounded-panel border border-border laptop:grid-cols-2 laptop:divide-x laptop:divide-border max-laptop:divide-y max-laptop:divide-border">
      {first !== null && <ClaimCard side={first} label={t('conflicts.first')} stands={false} />}
      {second !== null && (
        <ClaimCard side={second} label={t('conflicts.second')} stands={conflict.status === 'open'} />
      )}
    </div>
  );
}

function WhatToDo({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  // These have their answers beside what is known of them.
  if (hasAnswersOfItsOwn(conflict)) return null;
  return (
    <section className="mt-5">
      <h2 className="mb-2 text-[13px] text-muted-foreground">{t('conflicts.todo')}</h2>
      <SayWhatIsTrue conflict={conflict} />
      <Notice
        icon={<ScanLine className="icon-lg text-primary-text" aria-hidden="true" />}
        title={t('conflicts.scanAgain')}
        actions={
          <>
            <Link to="/check-in" className={buttonClass('outline', 'control')}>
              {t('conflicts.checkIn')}
            </Link>
            {conflict.assetId !== null && (
              <Link
                to="/assets/$assetId"
                params={{ assetId: conflict.assetId }}
                className={buttonClass('outline', 'control')}
              >
                {t('conflicts.history')}
              </Link>
            )}
          </>
        }
      >
        {t('conflicts.scanAgainHint')}
      </Notice>
    </section>
  );
}

function hasAnswersOfItsOwn(conflict: ShownConflict): boolean {
  const classes: readonly ConflictClass[] = ['bulk_short', 'unknown_code', 'label_on_two'];
  return classes.includes(conflict.class) || isAboutFields(conflict);
}

function HowSettled({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { settledBy } = conflict;
  if (settledBy === null) return null;
  return (
    <section className="mt-5">
      <Notice
        tone="good"
        title={t('conflicts.settledBy', {
          time: format.timeOrDay(settledBy.effectiveAt, nowForDisplay()),
          who: settledBy.who ?? '?',
        })}
      />
      <div className="mt-3 rounded-panel border border-border">
        <ClaimCard side={settledBy} label="" stands={false} />
      </div>
    </section>
  );
}
