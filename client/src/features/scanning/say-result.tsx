import { nowForDisplay } from '#i18n/format.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import type { ResultFact } from '#platform/scanner/view/result-panel.tsx';
import { Code } from '#ui/code.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import type { CheckOutDetail } from './check-out-detail.ts';
import { placeName, type Speaker } from './say-check-out.ts';

export type Said = { readonly hint: string; readonly facts: readonly ResultFact[]; readonly note: string };

/** What a person has to know to answer a scan that needs one; null for outcomes that only need a plate. */
export function sayResult(
  speaker: Speaker,
  entry: LogEntry<CheckOutDetail>,
  waitingCount: number,
): Said | null {
  const { detail } = entry;
  switch (detail.kind) {
    case 'ok':
    case 'already':
      return null;
    case 'wrong_event':
      return sayWrong(speaker, detail);
    case 'blocked':
      return sayBlocked(speaker, detail, waitingCount);
    case 'no_label':
      return sayNoLabel(speaker);
    case 'not_a_code':
    case 'place_label':
      return sayNotEquipment(speaker, detail);
  }
}

function sayWrong(
  speaker: Speaker,
  { why, from, tally }: Extract<CheckOutDetail, { kind: 'wrong_event' }>,
): Said {
  const { t, format } = speaker;
  const facts: ResultFact[] = [];
  if (from.kind === 'event') {
    const until =
      from.backAt && t('scanning.wrong.until', { time: format.shortMoment(from.backAt, nowForDisplay()) });
    facts.push({
      label: t('scanning.wrong.belongsTo'),
      value: from.name,
      ...(until === null ? {} : { more: until }),
    });
  }
  facts.push({
    label: t('scanning.wrong.thisEvent'),
    value: tally
      ? t('scanning.wrong.tally', {
          out: format.count(Math.min(tally.outCount, tally.wantedCount)),
          wanted: format.count(tally.wantedCount),
        })
      : t('scanning.wrong.notWanted'),
  });
  if (from.kind !== 'event') {
    const place = placeName(speaker, from);
    facts.push({
      label: t('scanning.wrong.layItIn'),
      value: place === null ? t('scanning.wrong.elsewhere') : <PlaceChip>{place}</PlaceChip>,
    });
  }
  return { hint: t(`scanning.wrong.${why}`), facts, note: t('scanning.wrong.note') };
}

function sayBlocked(
  speaker: Speaker,
  { why, from, twin }: Extract<CheckOutDetail, { kind: 'blocked' }>,
  waitingCount: number,
): Said {
  const { t, format } = speaker;
  const place = placeName(speaker, from);
  const facts: ResultFact[] = [
    {
      label: t('scanning.blocked.why'),
      value: t(`scanning.blocked.more.${why}`),
    },
  ];
  if (place !== null)
    facts.push({ label: t('scanning.blocked.lies'), value: <PlaceChip>{place}</PlaceChip> });
  facts.push({
    label: t('scanning.blocked.instead'),
    value: twin ? (
      <span className="flex flex-wrap items-center gap-2">
        <PlaceChip>{twin.placeCode}</PlaceChip> <Code>{twin.code}</Code>
      </span>
    ) : (
      t('scanning.blocked.noTwin')
    ),
  });
  const note =
    waitingCount === 0
      ? t('scanning.blocked.note')
      : t('scanning.blocked.noteWaiting', { count: waitingCount, shown: format.count(waitingCount) });
  return { hint: t(`scanning.blocked.${why}`), facts, note };
}

function sayNoLabel({ t }: Speaker): Said {
  return {
    hint: t('scanning.unknown.no_label'),
    facts: [
      {
        label: t('scanning.unknown.what'),
        value: t('scanning.unknown.noLabelValue'),
        more: t('scanning.unknown.noLabelMore'),
      },
      {
        label: t('scanning.unknown.kept'),
        value: t('scanning.unknown.keptValue'),
        more: t('scanning.unknown.keptMore'),
      },
    ],
    note: t('scanning.unknown.note'),
  };
}

function sayNotEquipment(
  { t, format }: Speaker,
  detail: Extract<CheckOutDetail, { kind: 'not_a_code' | 'place_label' }>,
): Said {
  const isPlace = detail.kind === 'place_label';
  return {
    hint: isPlace ? t('scanning.unknown.place_label') : t(`scanning.unknown.${detail.why}`),
    facts: [
      {
        label: t('scanning.unknown.what'),
        value: isPlace
          ? detail.name
          : t('scanning.unknown.tooLongValue', { shown: format.count(detail.length) }),
      },
      {
        label: t('scanning.unknown.kept'),
        value: t('scanning.unknown.notKeptValue'),
        more: t('scanning.unknown.notKeptMore'),
      },
    ],
    note: t('scanning.unknown.noteNothing'),
  };
}
