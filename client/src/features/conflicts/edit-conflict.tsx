import type { EditConflictDetail, KeptEdit } from '@eventkit/shared/edits/conflict-book.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { LedgerRow } from '@eventkit/shared/operations/subject-state.ts';
import { Check, RotateCcw, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { EDITS_BY_ID, type EditRow } from '#platform/edits/edit-queries.ts';
import { decisionOf, deletionOf, restorationOf } from '#platform/edits/intent-of-edit.ts';
import { useFieldWords } from '#platform/edits/view/use-field-words.ts';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Chip } from '#ui/chip.tsx';
import { Facts } from '#ui/facts.tsx';
import { Notice } from '#ui/notice.tsx';
import type { ShownConflict } from './read-conflicts.ts';
import { detailOfConflict, rowOfDetail } from './read-edit-conflict.ts';

/** Two people who wrote into one field, or one who deleted what another changed: both, and one touch for each way. */
export function EditConflict({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const detail = detailOfConflict(conflict);
  const ids = [conflict.firstMovementId, conflict.secondMovementId, conflict.settledByMovementId];
  const edits = useLiveQuery<EditRow>(EDITS_BY_ID, [JSON.stringify(ids.filter((id) => id !== null))]);
  // Nobody named is the office: that must not show while the names are read.
  if (detail === null || edits.status === 'loading') return null;
  const factOf = (id: string | null) => edits.rows.find((edit) => edit.id === id) ?? null;
  const first = factOf(conflict.firstMovementId);
  const second = factOf(conflict.secondMovementId);
  const settledBy = factOf(conflict.settledByMovementId);
  const isDeletion = conflict.class === 'deleted_and_edited';
  const isOpen = conflict.status === 'open';
  return (
    <>
      <div className="grid overflow-hidden rounded-panel border border-border laptop:grid-cols-2 laptop:divide-x laptop:divide-border max-laptop:divide-y max-laptop:divide-border">
        <Claim
          edit={first}
          label={t('conflicts.first')}
          stands={isOpen && isDeletion}
          kept={isDeletion ? [] : detail.kept}
        />
        <Claim
          edit={second}
          label={t('conflicts.second')}
          stands={isOpen && !isDeletion}
          kept={isDeletion ? detail.kept : []}
        />
      </div>
      {isOpen ? (
        <Answers conflict={conflict} detail={detail} />
      ) : (
        settledBy !== null && <Settled by={settledBy} />
      )}
    </>
  );
}

function Claim({
  edit,
  label,
  stands,
  kept,
}: {
  readonly edit: EditRow | null;
  readonly label: string;
  readonly stands: boolean;
  /** What it said, where that is kept. */
  readonly kept: readonly KeptEdit[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sayEdit, sayField, sayValue } = useFieldWords();
  const said = kept.map(({ field, value }) => `${sayField(field)}: ${sayValue(field, value)}`).join(', ');
  return (
    <section className={`min-w-0 p-4 ${stands ? 'bg-card' : ''}`}>
      <p className="flex min-h-6 items-center gap-2 text-[13px] text-muted-foreground">
        {label}
        {stands && (
          <Chip tone="good" icon={<Check />}>
            {t('conflicts.standsNow')}
          </Chip>
        )}
        {edit !== null && (
          <span className="ms-auto font-semibold text-foreground">
            {format.timeOrDay(edit.at, nowForDisplay())}
          </span>
        )}
      </p>
      <h3 className="mt-1 mb-3 text-[17px] leading-tight">
        {edit === null || (kept.length > 0 && edit.kind === 'edit_fields') ? said : sayEdit(edit)}
      </h3>
      <Facts
        facts={[
          {
            label: t('conflicts.who'),
            value: edit === null ? t('conflicts.edit.office') : (edit.who ?? '?'),
          },
          ...(edit === null ? [] : [{ label: t('conflicts.device'), value: edit.device ?? '?' }]),
        ]}
      />
    </section>
  );
}

/** What stands may stand; or what was kept takes its place. Whoever may not plan reads only. */
function Answers({
  conflict,
  detail,
}: {
  readonly conflict: ShownConflict;
  readonly detail: EditConflictDetail;
}) {
  const { t } = useTranslation();
  const { recordOperation } = usePlatform();
  const mayPlan = useSession().permissions.includes('planning:write');
  const { sayValue } = useFieldWords();
  const [hasFailed, setFailed] = useState(false);
  const query = rowOfDetail(detail);
  const [row] = useLiveQuery<LedgerRow>(query.sql, query.params).rows;
  const [kept] = detail.kept;
  if (kept === undefined) return null;
  const say = async (intent: Intent) => {
    const recorded = await recordOperation(intent);
    setFailed(!recorded.ok);
  };
  if (!mayPlan) return <Notice title={t('conflicts.edit.planner')} />;
  const { table, rowId } = detail;
  const { field } = kept;
  return (
    <section className="mt-5">
      <h2 className="mb-2 text-[13px] text-muted-foreground">{t('conflicts.edit.which')}</h2>
      <div className="flex flex-col gap-2 tablet:flex-row tablet:flex-wrap">
        {conflict.class === 'same_field' && row !== undefined && (
          <>
            <Button
              kind="primary"
              size="touch"
              icon={<Check className="icon-lg" aria-hidden="true" />}
              onClick={() => void say(decisionOf(table, row, field, detail.stands ?? null))}
            >
              {t('conflicts.edit.keep', { value: sayValue(field, detail.stands ?? null) })}
            </Button>
            <Button
              size="touch"
              icon={<Undo2 className="icon-lg" aria-hidden="true" />}
              onClick={() => void say(decisionOf(table, row, field, kept.value))}
            >
              {t('conflicts.edit.take', { value: sayValue(field, kept.value) })}
            </Button>
          </>
        )}
        {conflict.class === 'deleted_and_edited' && (
          <>
            <Button
              kind="primary"
              size="touch"
              icon={<RotateCcw className="icon-lg" aria-hidden="true" />}
              onClick={() => void say(restorationOf(table, rowId))}
            >
              {t('conflicts.edit.restore')}
            </Button>
            <Button
              size="touch"
              icon={<Trash2 className="icon-lg" aria-hidden="true" />}
              onClick={() => void say(deletionOfKept(detail))}
            >
              {t('conflicts.edit.stayDeleted')}
            </Button>
          </>
        )}
      </div>
      {hasFailed && (
        <div className="mt-3">
          <Notice tone="alarm" title={t('conflicts.resolve.notRecorded')} />
        </div>
      )}
    </section>
  );
}

/** Deleted by somebody who has seen what was kept. */
function deletionOfKept({ table, rowId, kept }: EditConflictDetail): Intent {
  return { ...deletionOf(table, { id: rowId }), saw: kept };
}

function Settled({ by }: { readonly by: EditRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sayEdit } = useFieldWords();
  return (
    <div className="mt-5">
      <Notice
        tone="good"
        title={t('conflicts.settledBy', {
          time: format.timeOrDay(by.at, nowForDisplay()),
          who: by.who ?? '?',
        })}
      >
        {sayEdit(by)}
      </Notice>
    </div>
  );
}
