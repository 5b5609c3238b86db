import { ScanLine, UserRound } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice, useSession, useSyncState } from '#platform/live/replica-context.tsx';
import type { EnrolledPerson } from '#platform/shared-device/enrolled-person.ts';
import type { SharedDevice } from '#platform/shared-device/shared-device.ts';
import { EnterPin } from './enter-pin.tsx';
import type { ScannedBadge } from './shared-device-frame.tsx';
import { usePassingTime } from './use-passing-time.ts';

/** Somebody who is about to get in: known here, or by a badge that the server has to look at. */
export type Entering = { readonly known: EnrolledPerson } | { readonly badgeCode: string };

/** Asks who is there: by badge or name, then by PIN. */
export function LockScreen({
  device,
  badge,
}: {
  readonly device: SharedDevice;
  readonly badge: ScannedBadge | null;
}) {
  const { t } = useTranslation();
  const people = usePassingTime(device);
  const { name: deviceName } = useDevice();
  const { tenantName } = useSession();
  const { waitingCount } = useSyncState();
  const [entering, setEntering] = useState<Entering | null>(null);
  const leave = useCallback(() => setEntering(null), []);

  // With signal a badge that was withdrawn is out before it is tried.
  useEffect(() => void device.refresh(), [device]);

  useEffect(() => {
    if (badge === null) return;
    let isGone = false;
    void device.findByBadge(badge.code).then((known) => {
      if (!isGone) setEntering(known === null ? { badgeCode: badge.code } : { known });
    });
    return () => {
      isGone = true;
    };
  }, [badge, device]);

  return (
    <main className="safe-top safe-bottom flex h-dvh flex-col overflow-y-auto bg-background">
      <p className="border-b border-border bg-surface px-4 py-3 text-[14px] text-muted-foreground">
        {tenantName} · {deviceName}
        {waitingCount > 0 && ` · ${t('sharedDevice.waiting', { count: waitingCount })}`}
      </p>
      {entering === null ? (
        <ChoosePerson people={people} onChoose={(known) => setEntering({ known })} />
      ) : (
        <EnterPin
          key={'known' in entering ? entering.known.enrolmentId : entering.badgeCode}
          device={device}
          entering={entering}
          waitMs={waitOf(entering, people)}
          onLeave={leave}
        />
      )}
    </main>
  );
}

function waitOf(entering: Entering, people: readonly EnrolledPerson[]): number {
  if (!('known' in entering)) return 0;
  return people.find(({ enrolmentId }) => enrolmentId === entering.known.enrolmentId)?.waitLeftMs ?? 0;
}

function ChoosePerson({
  people,
  onChoose,
}: {
  readonly people: readonly EnrolledPerson[];
  readonly onChoose: (person: EnrolledPerson) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="m-auto grid w-full max-w-lg gap-6 p-4">
      <div className="grid justify-items-center gap-3 text-center">
        <ScanLine className="size-16 text-muted-foreground" aria-hidden="true" />
        <h1 className="text-[26px] font-semibold">{t('sharedDevice.scanBadge')}</h1>
        <p className="text-muted-foreground">
          {t(people.length === 0 ? 'sharedDevice.nobodyYet' : 'sharedDevice.orChoose')}
        </p>
      </div>
      <ul className="grid gap-2">
        {people.map((person) => (
          <li key={person.enrolmentId}>
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="flex min-h-16 w-full items-center gap-3 rounded-control border border-border bg-secondary px-4 text-start text-[18px] font-medium hover:bg-hover active:bg-hover"
            >
              <UserRound className="icon-lg flex-none text-muted-foreground" aria-hidden="true" />
              <span className="min-w-0 flex-1 truncate">{person.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
