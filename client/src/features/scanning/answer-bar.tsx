import { ArrowRight, Inbox, OctagonMinus, Tag, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { HalfButton } from '#platform/scanner/view/half-button.tsx';
import { SurplusButtons } from '#platform/surplus/view/surplus-buttons.tsx';
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
  return (
    <div className="safe-bottom grid flex-none gap-2 border-t border-border bg-surface px-2 pt-2">
      {detail.kind === 'wrong_event' && (
        <SurplusButtons
          detail={detail}
          onPutBack={() => answers.putBack(entry)}
          onPutOnList={() => answers.putOnList(entry)}
          onInstead={() => answers.instead(entry)}
          onKeep={() => answers.keep(entry)}
        />
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
