import {
  ArrowLeftRight,
  ArrowRight,
  Inbox,
  ListPlus,
  type LucideIcon,
  OctagonMinus,
  Replace,
  Tag,
  Undo2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#platform/live/replica-context.tsx';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { Button } from '#ui/button.tsx';
import type { CheckOutDetail } from './check-out-detail.ts';

export type Answers = {
  readonly putBack: (entry: LogEntry<CheckOutDetail>) => void;
  readonly keep: (entry: LogEntry<CheckOutDetail>) => void;
  readonly putOnList: (entry: LogEntry<CheckOutDetail>) => void;
  readonly instead: (entry: LogEntry<CheckOutDetail>) => void;
  readonly assign: (entry: LogEntry<CheckOutDetail>) => void;
  readonly setAside: () => void;
  readonly takeAnyway: () => void;
};

/** What can be done about a scan that needs a person, by the thumb. */
export function AnswerBar({
  entry,
  isHeld,
  answers,
}: {
  readonly entry: LogEntry<CheckOutDetail>;
  readonly isHeld: boolean;
  readonly answers: Answers;
}) {
  const { t } = useTranslation();
  const { detail } = entry;
  const mayExtend = useSession().permissions.includes('planning:extend');
  return (
    <div className="safe-bottom grid flex-none gap-2 border-t border-border bg-surface px-2 pt-2">
      {detail.kind === 'wrong_event' && (
        <>
          <Button
            kind="primary"
            size="main"
            className="justify-start"
            icon={<Undo2 className="size-7" />}
            hint={t('scanning.wrong.putBackHint')}
            onClick={() => answers.putBack(entry)}
          >
            {t('scanning.wrong.putBack')}
          </Button>
          <div className="grid grid-cols-2 gap-2 empty:hidden">
            {detail.toList !== undefined && mayExtend && (
              <HalfButton icon={ListPlus} onClick={() => answers.putOnList(entry)}>
                {t('scanning.wrong.list')}
              </HalfButton>
            )}
            {detail.productId !== undefined && (
              <HalfButton icon={Replace} onClick={() => answers.instead(entry)}>
                {t('scanning.wrong.instead')}
              </HalfButton>
            )}
          </div>
          <Button
            kind="outline"
            size="touch"
            className="justify-start"
            icon={<ArrowLeftRight className="icon-lg" />}
            hint={
              detail.from.kind === 'event'
                ? t('scanning.wrong.keepHintMoved', { event: detail.from.name })
                : t('scanning.wrong.keepHint')
            }
            onClick={() => answers.keep(entry)}
          >
            {t('scanning.wrong.keep')}
          </Button>
        </>
      )}
      {detail.kind === 'no_label' && (
        <>
          <Button
            kind="primary"
            size="main"
            className="justify-start"
            icon={<Tag className="size-7" />}
            hint={t('labels.giveHint')}
            onClick={() => answers.assign(entry)}
          >
            {t('labels.give')}
          </Button>
          <div className="grid grid-cols-2 gap-2">
            <HalfButton icon={Inbox} onClick={() => answers.keep(entry)}>
              {t('scanning.unknown.later')}
            </HalfButton>
            <HalfButton icon={Undo2} onClick={() => answers.putBack(entry)}>
              {t('scanning.log.takeBack')}
            </HalfButton>
          </div>
        </>
      )}
      {(detail.kind === 'not_a_code' || detail.kind === 'place_label') && (
        <Button
          kind="primary"
          size="main"
          icon={<ArrowRight className="size-7" />}
          onClick={() => answers.keep(entry)}
        >
          {t('scanning.unknown.dismiss')}
        </Button>
      )}
      {detail.kind === 'blocked' && (
        <>
          <Button
            kind="primary"
            size="main"
            className="justify-start"
            icon={<OctagonMinus className="size-7" />}
            hint={t('scanning.blocked.setAsideHint')}
            onClick={isHeld ? answers.setAside : () => answers.keep(entry)}
          >
            {t('scanning.blocked.setAside')}
          </Button>
          {isHeld && (
            <div className="grid grid-cols-2 gap-2">
              {detail.twin ? (
                <Button
                  kind="outline"
                  size="touch"
                  className="narrower min-h-18 px-2.5"
                  hint={t('scanning.blocked.takeTwinHint', { place: detail.twin.placeCode })}
                  onClick={answers.setAside}
                >
                  {t('scanning.blocked.takeTwin', { code: detail.twin.code })}
                </Button>
              ) : (
                <span />
              )}
              {detail.canOverride && (
                <Button
                  kind="outline"
                  size="touch"
                  className="narrower min-h-18 px-2.5"
                  hint={t('scanning.blocked.anywayHint')}
                  onClick={answers.takeAnyway}
                >
                  {t('scanning.blocked.anyway')}
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </div>
  );
}

/** One of two answers side by side. */
function HalfButton({
  icon: Icon,
  onClick,
  children,
}: {
  readonly icon: LucideIcon;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <Button
      kind="outline"
      size="touch"
      className="narrower px-2.5"
      icon={<Icon className="icon-lg flex-none" />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
