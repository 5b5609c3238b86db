import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Code } from '#ui/code.tsx';
import { type Fact, Facts } from '#ui/facts.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import type { AssetView } from './read-asset.ts';

/** What is known of the thing itself; what is not known is left out. */
export function AssetFacts({ view }: { readonly view: AssetView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { asset, product, home } = view;
  const facts: Fact[] = [
    { label: t('assets.fact.state'), value: t(`assets.status.${asset.state.status}`) },
    { label: t('assets.fact.condition'), value: t(`assets.condition.${asset.state.condition}`) },
  ];
  if (asset.state.inspectionDueAt !== null) {
    const date = format.day(asset.state.inspectionDueAt);
    const value = asset.isInspectionOverdue ? t('assets.overdue', { date }) : date;
    facts.push({ label: t('assets.fact.inspection'), value });
  }
  if (asset.state.sealedBy !== null) facts.push({ label: t('assets.fact.seal'), value: t('assets.sealed') });
  if (asset.serial !== null)
    facts.push({ label: t('assets.fact.serial'), value: <Code>{asset.serial}</Code> });
  if (product !== null && product.manufacturer !== '') {
    facts.push({ label: t('assets.fact.manufacturer'), value: product.manufacturer });
  }
  if (product?.weightGrams != null) {
    const number = format.count(product.weightGrams / 1000);
    facts.push({ label: t('assets.fact.weight'), value: t('assets.kilograms', { number }) });
  }
  const size = product && sizeOf(product);
  if (size) {
    facts.push({
      label: t('assets.fact.size'),
      value: t('assets.size', {
        width: format.count(size.width),
        height: format.count(size.height),
        depth: format.count(size.depth),
      }),
    });
  }
  if (product?.powerWatts != null && product.powerWatts > 0) {
    const number = format.count(product.powerWatts);
    facts.push({ label: t('assets.fact.power'), value: t('assets.watts', { number }) });
  }
  if (home.kind === 'location') {
    facts.push({ label: t('assets.fact.home'), value: <PlaceChip>{home.code}</PlaceChip> });
  }
  return <Facts facts={facts} />;
}

function sizeOf({
  widthMillimetres: width,
  heightMillimetres: height,
  depthMillimetres: depth,
}: NonNullable<AssetView['product']>) {
  return width === null || height === null || depth === null ? null : { width, height, depth };
}
