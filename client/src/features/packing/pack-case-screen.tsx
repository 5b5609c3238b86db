import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import {
  Check,
  ChevronLeft,
  Keyboard,
  OctagonMinus,
  Package,
  PackagePlus,
  Undo2,
  Volume2,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { goBack } from '#platform/scanner/go-back.ts';
import { countOutcomes, nextToUndo } from '#platform/scanner/session-log.ts';
import { useCameraSwitch } from '#platform/scanner/use-camera-switch.ts';
import { Announcer } from '#platform/scanner/view/announcer.tsx';
import { CameraPanel } from '#platform/scanner/view/camera-panel.tsx';
import { FailureNotices } from '#platform/scanner/view/failure-notices.tsx';
import { LampStrip } from '#platform/scanner/view/lamp-strip.tsx';
import { LogSheet } from '#platform/scanner/view/log-sheet.tsx';
import { OutcomePlate } from '#platform/scanner/view/outcome-plate.tsx';
import { ScanButton } from '#platform/scanner/view/scan-button.tsx';
import { SoundSheet } from '#platform/scanner/view/sound-sheet.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { TypeCodeSheet } from '#platform/scanner/view/type-code-sheet.tsx';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { CaseContents } from './case-contents.tsx';
import { noteOf } from './say-packing.ts';
import { usePacking } from './use-packing.ts';

/** The packing table: scan the case, then what goes in; each thing is safe when it beeps. */
export function PackCaseScreen({
  caseId = null,
  onBack = goBack,
}: {
  /** Opens this case at once. */
  readonly caseId?: AssetId | null;
  readonly onBack?: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useMemo(() => ({ t, format }), [t, format]);
  const { openCase, closeCase, contents, session, state, isNesting, nest, unpack, goOn } = usePacking(caseId);
  const camera = useCameraSwitch();
  const [isTyping, setTyping] = useState(false);
  const [isTuning, setTuning] = useState(false);
  const [openOutcome, setOpenOutcome] = useState<ScanOutcome | null>(null);

  const { log, shown, held, flashCount } = state;
  const undoable = nextToUndo(log);
  const last = log[0];
  const things = contents?.things ?? [];
  const scanned = (code: string) => session.submit({ code, assetId: null });

  return (
    <div className="flex min-h-0 flex-1 flex-col tablet:mx-auto tablet:w-full tablet:max-w-[760px]">
      <ScreenHeader
        title={t('packing.title')}
        facts={openCase?.productName}
        back={
          <IconButton label={t('common.back')} onClick={onBack}>
            <ChevronLeft className="icon-lg" />
          </IconButton>
        }
        actions={
          <IconButton label={t('scanning.sound.open')} onClick={() => setTuning(true)}>
            <Volume2 className="icon-lg" />
          </IconButton>
        }
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {openCase ? (
          <section className="mx-4 mb-2.5 flex flex-none flex-wrap items-end justify-between gap-x-3 gap-y-1">
            <p className="flex max-w-full flex-none items-center gap-2.5">
              <Package
                className="size-8 flex-none text-muted-foreground"
                strokeWidth={1.5}
                aria-hidden="true"
              />
              <span className="truncate font-mono text-[36px] leading-none font-semibold tracking-[-0.03em]">
                {openCase.code}
              </span>
            </p>
            <p className="min-w-32 flex-1 text-right text-[14px] leading-snug text-muted-foreground">
              <span className="block text-[17px] font-semibold text-foreground">
                {things.length === 0
                  ? t('packing.empty')
                  : t('packing.holds', { count: things.length, shown: format.count(things.length) })}
              </span>
              {contents?.stands && contents.stands.kind !== 'nowhere' && (
                <span>
                  {t('packing.stands', {
                    place: contents.stands.kind === 'location' ? contents.stands.code : contents.stands.name,
                  })}
                </span>
              )}
            </p>
          </section>
        ) : (
          <section className="mx-4 mb-2.5 flex-none">
            <p className="text-[24px] leading-tight font-semibold">{t('packing.scanCase')}</p>
            <p className="mt-1 text-[15px] text-muted-foreground">{t('packing.scanCaseNote')}</p>
          </section>
        )}
        <FailureNotices state={state} session={session} />
        {camera.isShown && (
          <CameraPanel
            key={camera.attempt}
            onFail={camera.fail}
            onCode={scanned}
            onTickByHand={() => setTyping(true)}
            onClose={camera.close}
          />
        )}
        {shown && (
          <OutcomePlate
            outcome={shown.outcome}
            word={t(`scanning.outcome.${shown.outcome}`)}
            code={shown.code}
            title={shown.title}
            note={noteOf(speaker, shown.detail)}
            flashCount={flashCount}
          />
        )}
        <LampStrip counts={countOutcomes(log)} lit={shown?.outcome ?? null} onOpen={setOpenOutcome} />
        {openCase && (
          <CaseContents
            things={things}
            onUnpack={(id) => void unpack(id)}
            action={
              <Button
                kind={isNesting ? 'primary' : 'outline'}
                className="w-full tablet:w-auto"
                aria-pressed={isNesting}
                icon={<PackagePlus className="icon" />}
                onClick={() => nest(!isNesting)}
              >
                {isNesting ? t('packing.caseInCaseOn', { code: openCase.code }) : t('packing.caseInCase')}
              </Button>
            }
          />
        )}
      </div>
      {held ? (
        <div className="safe-bottom grid flex-none border-t border-border bg-surface px-2 pt-2">
          <Button
            kind="primary"
            size="main"
            icon={<OctagonMinus className="size-7" />}
            hint={t('packing.blockedTitle', { code: openCase?.code ?? '' })}
            onClick={() => void goOn()}
          >
            {t('packing.goOn')}
          </Button>
        </div>
      ) : (
        <ThumbBar>
          <ThumbButton
            icon={<Undo2 className="icon-lg" />}
            hint={undoable?.code ?? t('scanning.nothingToUndo')}
            disabled={!undoable}
            onClick={() => void session.undoLast()}
          >
            {t('scanning.undo')}
          </ThumbButton>
          <ScanButton isOn={camera.isOn} onChange={camera.set} />
          {openCase ? (
            <ThumbButton
              icon={<Check className="icon-lg" />}
              hint={t('packing.nextHint')}
              onClick={() => {
                closeCase();
                session.show(null);
              }}
            >
              {t('packing.close')}
            </ThumbButton>
          ) : (
            <ThumbButton icon={<Keyboard className="icon-lg" />} onClick={() => setTyping(true)}>
              {t('scanning.tick.find')}
            </ThumbButton>
          )}
        </ThumbBar>
      )}
      <Announcer
        number={last?.number ?? 0}
        text={
          last
            ? t('scanning.said.scan', {
                outcome: t(`scanning.outcome.${last.outcome}`),
                code: last.code,
                title: last.title ?? '',
                note: noteOf(speaker, last.detail),
              })
            : ''
        }
      />
      <TypeCodeSheet
        isOpen={isTyping}
        label={t('packing.findCase')}
        onCode={scanned}
        onClose={() => setTyping(false)}
      />
      <LogSheet
        outcome={openOutcome}
        entries={log}
        lineOf={(entry) => noteOf(speaker, entry.detail)}
        onUndo={(entry) => void session.undo(entry)}
        onSettle={(entry) => session.settle(entry.number)}
        onClose={() => setOpenOutcome(null)}
      />
      <SoundSheet isOpen={isTuning} onClose={() => setTuning(false)} />
    </div>
  );
}
