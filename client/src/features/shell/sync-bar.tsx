import { Link } from '@tanstack/react-router';
import { ArrowUp, Check, CloudOff, LogIn, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { classNames } from '#ui/class-names.ts';
import { type BarLead, type BarLook, type BarNote, describeSync } from './describe-sync.ts';

/** Always in sight: offline, waiting, sending or all sent. Leads to every scan of this device. */
export function SyncBar() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const state = useSyncState();
  const leadText = useLeadText();
  const noteText = useNoteText();
  const { look, lead, notes } = describeSync(state);
  const content = (
    <>
      <span
        className={classNames(
          'grid w-10 flex-none place-items-center self-stretch border-e border-border bg-secondary tablet:w-8 tablet:border-0 tablet:bg-transparent',
          look === 'hatched' && 'hatched tablet:hatched',
          look === 'warn' && 'text-wrong-text',
          look === 'calm' && 'text-ok-text',
        )}
      >
        {lookIcon(look, lead)}
      </span>
      <span className="min-w-0 truncate px-2.5 narrow">
        <b className={classNames('font-medium', look === 'warn' && 'text-wrong-text')}>{leadText(lead)}</b>
        {notes.map((note) => (
          <span key={note.kind} className="text-muted-foreground">
            {' · '}
            {noteText(note)}
          </span>
        ))}
      </span>
    </>
  );
  const frame =
    'flex h-8 w-full flex-none items-center bg-muted text-start text-[13px] hover:bg-hover focus-visible:-outline-offset-2 tablet:h-[26px] tablet:bg-surface tablet:text-[12px]';
  return (
    <div role="status" className="border-b border-border tablet:border-t tablet:border-b-0">
      {lead.kind === 'sign_in' || lead.kind === 'sign_in_again' ? (
        <button type="button" className={frame} onClick={() => platform.signIn()}>
          {content}
        </button>
      ) : (
        <Link to="/outbox" className={frame}>
          {content}
          <span className="sr-only">{`. ${t('shell.bar.label')}`}</span>
        </Link>
      )}
    </div>
  );
}

function lookIcon(look: BarLook, lead: BarLead): ReactNode {
  if (lead.kind === 'sign_in' || lead.kind === 'sign_in_again') return <LogIn className="icon" />;
  if (look === 'warn') return <TriangleAlert className="icon" />;
  if (look === 'hatched') return <CloudOff className="icon" />;
  return look === 'busy' ? <ArrowUp className="icon" /> : <Check className="icon" />;
}

function useLeadText(): (lead: BarLead) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (lead) => {
    switch (lead.kind) {
      case 'offline':
        return t('shell.bar.offline');
      case 'held':
        return t('shell.bar.held');
      case 'unreachable':
        return t('shell.bar.unreachable');
      case 'all_sent':
        return t('shell.bar.allSent');
      case 'revoked':
        return t('shell.bar.revoked');
      case 'sign_in_again':
        return t('shell.bar.signInAgain');
      case 'sign_in':
        return t('shell.bar.signIn', { count: lead.count, shown: format.count(lead.count) });
      case 'lost':
        return t('shell.bar.lostLead', { count: lead.count, shown: format.count(lead.count) });
      case 'late':
        return t('shell.bar.late', { count: lead.count, shown: format.count(lead.count) });
      case 'sending':
        return t('shell.bar.sending', { count: lead.count, shown: format.count(lead.count) });
      case 'waiting':
        return t('shell.bar.waiting', { count: lead.count, shown: format.count(lead.count) });
    }
  };
}

function useNoteText(): (note: BarNote) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (note) => {
    switch (note.kind) {
      case 'since':
        return t('shell.bar.since', { time: format.timeOrDay(note.at, nowForDisplay()) });
      case 'as_of':
        return t('common.as_of', { time: format.timeOrDay(note.at, nowForDisplay()) });
      case 'network_fine':
        return t('shell.bar.networkFine');
      case 'nothing_waiting':
        return t('shell.bar.nothingWaiting');
      case 'storage_low':
        return t('shell.bar.storageLow');
      case 'clock_unchecked':
        return t('shell.bar.clockUnchecked');
      case 'kept':
        return t('shell.bar.kept', { count: note.count, shown: format.count(note.count) });
      case 'kept_unread':
        return t('shell.bar.keptUnread', { count: note.count, shown: format.count(note.count) });
      case 'photos':
        return t('shell.bar.photos', { count: note.count, shown: format.count(note.count) });
      case 'lost':
        return t('shell.bar.lost', { count: note.count, shown: format.count(note.count) });
      case 'refused':
        return t('shell.bar.refused', { count: note.count, shown: format.count(note.count) });
      case 'applied':
        return t('shell.bar.applied', { done: format.count(note.done), left: format.count(note.left) });
      case 'catching_up':
        return t('shell.bar.catchingUp', { percent: note.percent });
    }
  };
}
