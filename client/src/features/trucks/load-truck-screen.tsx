import type { EventId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { OctagonMinus, Truck as TruckIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import type { DrawnSignature } from '#platform/attachments/draw-signature.ts';
import { OverrideSheet } from '#platform/scanner/view/override-sheet.tsx';
import { ScanFrame } from '#platform/scanner/view/scan-frame.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { TypeCodeSheet } from '#platform/scanner/view/type-code-sheet.tsx';
import type { SurplusDetail } from '#platform/surplus/surplus-detail.ts';
import { useSurplusAnswers } from '#platform/surplus/use-surplus-answers.ts';
import { InsteadOf } from '#platform/surplus/view/instead-of.tsx';
import { SurplusButtons } from '#platform/surplus/view/surplus-buttons.tsx';
import { Button } from '#ui/button.tsx';
import { CountOf } from '#ui/count-of.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { AboardList } from './aboard-list.tsx';
import { confirmTruck, dispatchTruck } from './confirm-truck.ts';
import { ConfirmationCard } from './confirmation-card.tsx';
import { LeaveSheet, type Leaving } from './leave-sheet.tsx';
import { NotAboardList } from './not-aboard-list.tsx';
import { noteOf } from './say-truck.ts';
import { takeSignatures } from './take-signatures.ts';
import type { TruckDetail } from './truck-detail.ts';
import type { Truck } from './truck-view.ts';
import { useTruck } from './use-truck.ts';
import { WeightBar } from './weight-bar.tsx';
import { WitnessSheet } from './witness-sheet.tsx';

/** Loading one vehicle for one event: what is on it, what is not, how heavy it is, and who answers for it. */
export function LoadTruckScreen({
  vehicleId,
  eventId,
  onBack,
}: {
  readonly vehicleId: VehicleId;
  readonly eventId: EventId;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useMemo(() => ({ t, format }), [t, format]);
  const { attachments, session, state, truck, recordOperation, setAside, takeAnyway } = useTruck(
    vehicleId,
    eventId,
  );
  const [isLeaving, setLeaving] = useState(false);
  const [isTyping, setTyping] = useState(false);
  const [isOverriding, setOverriding] = useState(false);
  const [isSigning, setSigning] = useState(false);
  const [failure, setFailure] = useState<'notRecorded' | 'notSigned' | null>(null);
  const surplus = useSurplusAnswers(eventId, session, surplusOf);
  const { held, shown } = state;
  const tooMuch = shown === null || shown.isSettled ? null : surplusOf(shown.detail);
  if (truck.hasFailed) {
    return (
      <div className="p-4">
        <Notice tone="alarm" title={t('common.readFailed')}>
          {t('common.readFailedSafe')}
        </Notice>
      </div>
    );
  }
  if (truck.value === null) return null;
  const { now } = truck.value;
  if (now === null) {
    return (
      <EmptyState icon={<TruckIcon />} title={t('trucks.goneTitle')}>
        {t('trucks.goneText')}
      </EmptyState>
    );
  }
  const confirm = async ({ leftBehind, signatures, andLeave }: Leaving) => {
    const taken = await takeSignatures(attachments, signatures);
    if (!taken.ok) {
      setFailure('notSigned');
      return;
    }
    const confirmed = await confirmTruck(recordOperation, now, leftBehind, taken.value);
    const left = confirmed.ok && andLeave ? await dispatchTruck(recordOperation, now) : confirmed;
    setFailure(left.ok ? null : 'notRecorded');
  };
  const confirmAgain = (signatures: readonly DrawnSignature[]) =>
    void confirm({ leftBehind: now.confirmation?.leftBehind ?? [], signatures, andLeave: false });
  const counts = { done: format.count(now.loadedCount), of: format.count(now.wantedCount) };
  return (
    <ScanFrame
      session={session}
      state={state}
      noteOf={(entry) => noteOf(speaker, entry.detail)}
      title={t('trucks.load', { vehicle: now.vehicle.name })}
      facts={
        now.event.loadAt === null
          ? now.event.name
          : t('trucks.leaves', {
              event: now.event.name,
              time: format.shortMoment(now.event.loadAt, nowForDisplay()),
            })
      }
      onBack={onBack}
      head={
        <>
          {failure !== null && (
            <div className="px-4 pb-2">
              <Notice tone="alarm" title={t(`trucks.${failure}`)} />
            </div>
          )}
          <TruckHead truck={now} />
          <WeightBar
            weightGrams={now.weightGrams}
            payloadGrams={now.vehicle.payloadGrams}
            unweighedCount={now.unweighedCount}
          />
          {now.confirmation !== null && (
            <ConfirmationCard
              confirmation={now.confirmation}
              onConfirmAgain={() => confirmAgain([])}
              onSign={() => setSigning(true)}
            />
          )}
        </>
      }
      first={{ title: t('trucks.first'), note: t('trucks.firstNote') }}
      below={
        <>
          <AboardList
            things={now.aboard}
            title={t('trucks.aboardTitle')}
            emptyText={t('trucks.nothingAboard')}
          />
          {now.otherCount > 0 && (
            <p className="px-4 py-2 text-[14px] text-muted-foreground">
              {t('trucks.others', { count: now.otherCount, shown: format.count(now.otherCount) })}
            </p>
          )}
          <div className="tablet:hidden">
            <NotAboardList missing={now.notAboard} />
          </div>
        </>
      }
      aside={<NotAboardList missing={now.notAboard} />}
      answer={
        held?.detail.kind === 'blocked' ? (
          <div className="safe-bottom grid flex-none gap-2 border-t border-border bg-surface px-2 pt-2">
            <Button
              kind="primary"
              size="main"
              icon={<OctagonMinus className="size-7" />}
              hint={t('scanning.blocked.setAsideHint')}
              onClick={() => void setAside()}
            >
              {t('trucks.setAside')}
            </Button>
            <Button
              kind="outline"
              size="touch"
              hint={t('trucks.takeAnywayHint')}
              onClick={() => setOverriding(true)}
            >
              {t('trucks.takeAnyway')}
            </Button>
          </div>
        ) : (
          shown &&
          tooMuch && (
            <div className="safe-bottom grid flex-none gap-2 border-t border-border bg-surface px-2 pt-2">
              <SurplusButtons
                detail={tooMuch}
                onPutBack={() => surplus.answers.putBack(shown)}
                onPutOnList={() => void surplus.answers.putOnList(shown)}
                onInstead={() => surplus.answers.instead(shown)}
                onKeep={() => surplus.answers.keep(shown)}
              />
            </div>
          )
        )
      }
      byHand={
        <ThumbButton
          icon={<TruckIcon className="icon-lg" />}
          hint={t('trucks.leaveHint', counts)}
          onClick={() => setLeaving(true)}
        >
          {t('trucks.leave')}
        </ThumbButton>
      }
      onByHand={() => setTyping(true)}
      sheets={
        <>
          <LeaveSheet
            truck={now}
            isOpen={isLeaving}
            onConfirm={(said) => void confirm(said)}
            onClose={() => setLeaving(false)}
          />
          <WitnessSheet isOpen={isSigning} onConfirm={confirmAgain} onClose={() => setSigning(false)} />
          <TypeCodeSheet
            isOpen={isTyping}
            label={t('trucks.find')}
            onCode={(code) => session.submit({ code, assetId: null })}
            onClose={() => setTyping(false)}
          />
          <InsteadOf
            standIn={surplus.standIn}
            eventId={eventId}
            onReplaced={surplus.takeReplaced}
            onClose={surplus.closeInstead}
          />
          <OverrideSheet
            code={isOverriding ? (held?.code ?? null) : null}
            onTake={(reason) => void takeAnyway(reason)}
            onClose={() => setOverriding(false)}
          />
        </>
      }
    />
  );
}

function surplusOf(detail: TruckDetail): SurplusDetail | null {
  return detail.kind === 'wrong_event' ? detail : null;
}

/** The one big number, and what is not on board. */
function TruckHead({ truck }: { readonly truck: Truck }) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = truck.wantedCount - truck.loadedCount;
  return (
    <section className="flex flex-none items-end justify-between gap-3 px-4 pb-2.5">
      <CountOf done={format.count(truck.loadedCount)} of={format.count(truck.wantedCount)} size="big" />
      <p className="text-end text-[17px] leading-snug font-semibold">
        {missing === 0
          ? t('trucks.allAboard')
          : t('trucks.notAboard', { count: missing, shown: format.count(missing) })}
        {truck.vehicle.onRoadSince !== null && (
          <span className="block text-[14px] font-normal text-muted-foreground">
            {t('trucks.onRoadSince', { time: format.time(truck.vehicle.onRoadSince) })}
          </span>
        )}
      </p>
    </section>
  );
}
