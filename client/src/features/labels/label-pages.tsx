import './label-print.css';
import { createPortal } from 'react-dom';
import { type LabelFormat, pagesOf } from './label-formats.ts';
import type { LabelToPrint } from './labels-to-print.ts';
import { PrintedLabel } from './printed-label.tsx';

/** What the browser prints while this is mounted: the labels and nothing of the app. */
export function LabelPages({
  labels,
  format,
  skipCount,
  company,
}: {
  readonly labels: readonly LabelToPrint[];
  readonly format: LabelFormat;
  readonly skipCount: number;
  readonly company: string;
}) {
  const pages = pagesOf(labels, format, skipCount).map((places, number) => ({
    id: `page ${number}`,
    places: places.map((label, place) => ({ id: label?.code ?? `empty ${place}`, label })),
  }));
  return createPortal(
    <div className="label-pages" aria-hidden="true">
      {pages.map((page) => (
        <div key={page.id} className="label-page" data-format={format.id}>
          {page.places.map(({ id, label }) =>
            label === null ? (
              <div key={id} />
            ) : (
              <PrintedLabel key={id} label={label} format={format} company={company} />
            ),
          )}
        </div>
      ))}
    </div>,
    document.body,
  );
}
