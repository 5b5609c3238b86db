import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { Check, Package, PackageMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Button } from '#ui/button.tsx';
import { Code } from '#ui/code.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { PackedThing } from './read-packed-things.ts';

/** What the open case holds, the last packed first; each with its way out. */
export function CaseContents({
  things,
  seenIds,
  onUnpack,
  action,
}: {
  readonly things: readonly PackedThing[];
  /** Scanned at this table, so really inside: whoever checks a case that came back scans all of it. */
  readonly seenIds: ReadonlySet<AssetId>;
  readonly onUnpack: (id: AssetId) => void;
  readonly action: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const seenCount = things.filter(({ id }) => seenIds.has(id)).length;
  return (
    <section>
      <div className="mx-2 mt-2 tablet:mx-4">{action}</div>
      <SectionHeading
        note={t('packing.newestFirst')}
        end={
          seenCount > 0 &&
          t('packing.seen', { seen: format.count(seenCount), all: format.count(things.length) })
        }
      >
        {t('packing.contents')}
      </SectionHeading>
      {things.length === 0 && (
        <p className="px-4 py-3 text-muted-foreground">
          {t('packing.emptyCase')}. {t('packing.emptyCaseNote')}
        </p>
      )}
      <ul className="mx-4">
        {things.map((thing) => (
          <li
            key={thing.id}
            className="flex min-h-13 items-center gap-3 border-b border-rule py-1 last:border-b-0"
          >
            <Code className="w-24 flex-none truncate">{thing.code}</Code>
            <span className="flex min-w-0 flex-1 items-center gap-1.5 truncate text-[15px]">
              {thing.isCase && <Package className="icon text-muted-foreground" aria-hidden="true" />}
              <span className="truncate">{thing.productName}</span>
            </span>
            {seenIds.has(thing.id) && (
              <Check className="icon text-ok-text" aria-label={t('packing.seenHere')} />
            )}
            <Button
              kind="quiet"
              aria-label={t('packing.unpackLabel', { code: thing.code })}
              icon={<PackageMinus className="icon" />}
              onClick={() => onUnpack(thing.id)}
            >
              <span className="hidden tablet:inline">{t('packing.unpack')}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
