import { Link } from '@tanstack/react-router';
import { ChevronLeft, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { findAsset } from '#platform/scanner/find-asset.ts';
import { useLiveRead } from '#platform/scanner/use-live-read.ts';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { TextField } from '#ui/text-field.tsx';
import { JudgeSheet } from './judge-sheet.tsx';
import { type JudgementForm, type JudgementKind, judgementOf, mayJudge } from './judgement.ts';
import { type BoardColumn, type BoardThing, boardColumns, onBoard, readBoard } from './read-board.ts';

const TABLES = [
  'assets',
  'assets_overlay',
  'movements',
  'movements_overlay',
  'products',
  'storage_locations',
  'vehicles',
  'events',
  'events_overlay',
];

/** The next steps from each column, one touch away. */
const nextSteps: Readonly<Record<BoardColumn, readonly JudgementKind[]>> = {
  quarantined: ['repair_start', 'release'],
  in_repair: ['repair_done'],
  inspection_due: ['inspect'],
  lost: ['found'],
};

/** Everything that must not go out, or soon will not: held back, in repair, to be inspected, lost. Works offline. */
export function BoardScreen({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { replica, recordOperation } = usePlatform();
  const board = useLiveRead('board', TABLES, readBoard);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<{ thing: BoardThing; kind: JudgementKind } | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const record = async (thing: BoardThing, kind: JudgementKind, form: JudgementForm) => {
    const asset = await findAsset(replica, thing.id);
    const recorded = asset && (await recordOperation(judgementOf(kind, asset, form), form.photos));
    setFailed(recorded !== null && !recorded.ok);
  };
  const things = onBoard(board.value ?? [], text);
  return (
    <Screen
      header={
        <ScreenHeader
          title={t('assets.board.title')}
          facts={t('assets.board.facts')}
          back={
            <IconButton label={t('common.back')} onClick={onBack}>
              <ChevronLeft className="icon-lg" />
            </IconButton>
          }
        />
      }
    >
      {(board.hasFailed || hasFailed) && (
        <div className="p-4">
          <Notice
            tone="alarm"
            title={t(board.hasFailed ? 'common.readFailed' : 'assets.judge.storage_failed')}
          />
        </div>
      )}
      {board.value?.length === 0 ? (
        <EmptyState icon={<Wrench />} title={t('assets.board.emptyTitle')}>
          {t('assets.board.emptyText')}
        </EmptyState>
      ) : (
        <>
          <div className="max-w-md px-4 pb-2">
            <TextField
              label={t('assets.board.filter')}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <div className="laptop:grid laptop:grid-cols-4 laptop:border-t laptop:border-border">
            {boardColumns.map((column) => {
              const own = things.filter((thing) => thing.column === column);
              return (
                <section
                  key={column}
                  className="min-w-0 laptop:border-e laptop:border-border laptop:last:border-e-0"
                >
                  <SectionHeading end={format.count(own.length)}>
                    {t(`assets.board.${column}`)}
                  </SectionHeading>
                  {own.length === 0 && (
                    <p className="px-4 py-3 text-muted-foreground">{t('assets.board.none')}</p>
                  )}
                  <ul className="mx-4">
                    {own.map((thing) => (
                      <BoardRow key={thing.id} thing={thing} onAsk={(kind) => setAsked({ thing, kind })} />
                    ))}
                  </ul>
                </section>
              );
            })}
          </div>
        </>
      )}
      {asked !== null && (
        <JudgeSheet
          kind={asked.kind}
          code={asked.thing.code}
          lastPlaceId={asked.thing.placeId}
          onRecord={(form) => void record(asked.thing, asked.kind, form)}
          onClose={() => setAsked(null)}
        />
      )}
    </Screen>
  );
}

function BoardRow({
  thing,
  onAsk,
}: {
  readonly thing: BoardThing;
  readonly onAsk: (kind: JudgementKind) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  const { permissions } = useSession();
  const steps = nextSteps[thing.column].filter((step) => mayJudge(step, permissions));
  const date = thing.column === 'inspection_due' ? thing.inspectionDueAt : thing.since;
  return (
    <li className="border-b border-rule py-2 last:border-b-0">
      <Link
        to="/assets/$assetId"
        params={{ assetId: thing.id }}
        className="flex min-h-12 items-center gap-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <Code className="font-semibold">{thing.code}</Code>
          <span className="block truncate text-[15px]">{thing.productName}</span>
        </span>
        {thing.placeName !== null && <PlaceChip>{thing.placeName}</PlaceChip>}
      </Link>
      {thing.words !== null && <p className="text-[14px]">{thing.words}</p>}
      {date !== null && (
        <p className="text-[13px] text-muted-foreground">
          {t(thing.column === 'inspection_due' ? 'assets.board.due' : 'assets.board.since', {
            time: format.timeOrDay(date, now),
          })}
        </p>
      )}
      <div className="mt-1 flex flex-wrap gap-2">
        {steps.map((step) => (
          <Button key={step} kind="secondary" size="control" onClick={() => onAsk(step)}>
            {t(`assets.judge.${step}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}
