import type { AssetId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import { type TemplateProgress, templateProgress } from '@eventkit/shared/scanning/template-progress.ts';
import { readCaseContents } from '#platform/scanner/case-contents.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** How far a case is filled as it belongs, with the names of what is missing. */
export type CaseTemplate = Omit<TemplateProgress, 'missing'> & {
  readonly missing: readonly {
    readonly productId: ProductId;
    readonly count: number;
    readonly productName: string;
  }[];
};

type Row = { readonly productId: ProductId; readonly quantity: number; readonly productName: string };

const linesBy = (condition: string) => `SELECT l.product_id AS productId, l.quantity,
  coalesce((SELECT p.name FROM products p WHERE p.id = l.product_id), '') AS productName
  FROM case_template_lines l WHERE ${condition} ORDER BY l.position, l.id`;

/** The case's own template, or else that of its product; null where there is none. */
export async function readTemplate(
  replica: ReplicaReader,
  caseId: AssetId,
  caseProductId: ProductId,
): Promise<CaseTemplate | null> {
  const own = await replica.getAll<Row>(linesBy('l.case_id = ?'), [caseId]);
  const lines =
    own.length > 0 ? own : await replica.getAll<Row>(linesBy('l.case_product_id = ?'), [caseProductId]);
  if (lines.length === 0) return null;
  const inside = await readCaseContents(replica, [caseId]);
  const progress = templateProgress(
    lines,
    inside.map(({ productId }) => productId),
  );
  return {
    ...progress,
    missing: progress.missing.map((line) => ({
      ...line,
      productName: lines.find(({ productId }) => productId === line.productId)?.productName ?? '',
    })),
  };
}
