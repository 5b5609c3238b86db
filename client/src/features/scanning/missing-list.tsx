import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { PlaceChip } from '#ui/place-chip.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { Lying, MissingLine } from './read-missing.ts';

/** What is missing and where it lies, nearest first; what is away says when it comes back. */
export function MissingList({ lines }: { readonly lines: readonly MissingLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="min-h-0">
      <SectionHeading note={t('scanning.nearestFirst')}>{t('scanning.missingTitle')}</SectionHeading>
      <ul className="mx-4">
        {lines.map((line) => (
          <li
            key={line.productId}
            className="grid min-h-13 grid-cols-[30px_1fr_auto] items-center gap-2 border-b border-rule py-1.5"
          >
            <span className="narrower text-[20px] font-semibold">{format.count(line.missing)}</span>
            <span className="line-clamp-2 text-[15px] leading-tight">{line.productName}</span>
            <Where place={line.places[0]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ place }: { readonly place: Lying | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!place) return <span className="text-[14px] text-muted-foreground">{t('scanning.noOther')}</span>;
  if (place.kind === 'away') {
    const words =
      place.backAt === null
        ? t('scanning.away', { event: place.eventName })
        : t('scanning.awayBack', {
            time: format.shortMoment(place.backAt, nowForDisplay()),
            event: place.eventName,
          });
    return (
      <span className="max-w-[46vw] tablet:max-w-52">
        <PlaceChip kind="away">{words}</PlaceChip>
      </span>
    );
  }
  const name =
    place.caseCode === null ? place.code : t('scanning.inCase', { place: place.code, code: place.caseCode });
  return <PlaceChip kind={place.caseCode === null ? 'here' : 'case'}>{name}</PlaceChip>;
}
