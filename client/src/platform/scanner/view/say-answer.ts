import type { TFunction } from 'i18next';
import type { ScanAnswer } from '#platform/scanner/scan-report.ts';

/** What a person said about an earlier scan, in one line under the code. */
export function sayAnswer(t: TFunction, { said }: ScanAnswer): string {
  switch (said.kind) {
    case 'labelled':
      return t(said.opensConflict ? 'labels.said.labelledConflict' : 'labels.said.labelled', said);
    case 'listed':
      return t('labels.said.listed');
    case 'instead':
      return t('labels.said.instead', said);
  }
}
