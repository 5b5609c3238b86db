import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { MapPin, Search, Tag } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIKELY_THINGS, THING_BY_ID, THINGS_BY_TEXT, typedOf } from '#platform/labels/find-things.ts';
import { assignLabel, opensConflict } from '#platform/labels/label-acts.ts';
import { type LabelledThing, targetOfThing } from '#platform/labels/labelled-thing.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { findScanned } from '#platform/scanner/find-scanned.ts';
import { Code } from '#ui/code.tsx';
import { Notice } from '#ui/notice.tsx';
import { PickRow } from '#ui/pick-row.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { AskForCode } from './ask-for-code.tsx';

/** A code and what it was given to; without an operation where it was on that already. */
export type Assigned = {
  readonly code: string;
  readonly thing: LabelledThing;
  readonly operationId: OperationId | null;
  /** It says something of the thing that a person has to look at. */
  readonly opensConflict: boolean;
};

/** Gives a code to a thing: scan another of its labels, or find it by code, product or place. One touch, undoable. */
export function AssignSheet({
  code,
  onAssigned,
  onClose,
}: {
  readonly code: string;
  readonly onAssigned: (assigned: Assigned) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { replica, recordOperation } = usePlatform();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<{
    readonly kind: 'unknown' | 'itself' | 'failed';
    readonly code: string;
  }>();
  const wanted = useDeferredValue(text.trim());
  const likely = useLiveQuery<LabelledThing>(LIKELY_THINGS, [code, code]);
  const found = useLiveQuery<LabelledThing>(THINGS_BY_TEXT, typedOf(wanted));

  const give = async (thing: LabelledThing) => {
    const target = targetOfThing(thing);
    const recorded = await assignLabel({ replica, recordOperation }, code, target);
    if (!recorded.ok) return setProblem({ kind: 'failed', code });
    onAssigned({
      code,
      thing,
      operationId: recorded.value?.operation.id ?? null,
      opensConflict: recorded.value !== null && opensConflict(recorded.value, target),
    });
  };
  const takeOther = async (text: string) => {
    const scanned = await findScanned(replica, { code: text, assetId: null });
    if (!scanned.ok) return setProblem({ kind: 'unknown', code: scanned.error.shown });
    const { found: other } = scanned.value;
    if (scanned.value.code === code) return setProblem({ kind: 'itself', code });
    if (other.kind === 'nothing') return setProblem({ kind: 'unknown', code: scanned.value.code });
    const id = other.kind === 'asset' ? other.asset.id : other.location.id;
    const thing = await replica.getOptional<LabelledThing>(THING_BY_ID, [id]);
    if (thing !== null) await give(thing);
  };

  const isSearching = wanted !== '';
  const things = isSearching ? found.rows : likely.rows;
  return (
    <Sheet title={t('labels.giveTitle', { code })} isOpen onClose={onClose} closeLabel={t('common.close')}>
      <AskForCode hint={t('labels.scanOther')} onCode={(other) => void takeOther(other)} />
      {problem && (
        <div className="mt-3">
          <Notice
            tone={problem.kind === 'failed' ? 'alarm' : 'warn'}
            title={t(`labels.problem.${problem.kind}`, { code: problem.code })}
          />
        </div>
      )}
      <TextField
        className="mt-4"
        label={t('labels.find')}
        icon={<Search className="icon" aria-hidden="true" />}
        value={text}
        type="search"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      {!isSearching && likely.rows.length > 0 && (
        <h3 className="mt-4 text-[13px] text-muted-foreground">{t('labels.likely')}</h3>
      )}
      {isSearching && found.status === 'ready' && found.rows.length === 0 && (
        <p className="mt-4 text-muted-foreground">{t('labels.nothingFound')}</p>
      )}
      <ul className="mt-2">
        {things.map((thing) => (
          <ThingRow key={thing.id} thing={thing} onGive={() => void give(thing)} />
        ))}
      </ul>
    </Sheet>
  );
}

function ThingRow({ thing, onGive }: { readonly thing: LabelledThing; readonly onGive: () => void }) {
  const Icon = thing.kind === 'asset' ? Tag : MapPin;
  return (
    <PickRow onPick={onGive}>
      <Icon className="icon flex-none text-primary-text" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <Code className="block truncate font-medium">{thing.code}</Code>
        <span className="block truncate text-[14px] text-muted-foreground">{thing.title}</span>
      </span>
      {thing.placeName !== null && <PlaceChip>{thing.placeName}</PlaceChip>}
    </PickRow>
  );
}
