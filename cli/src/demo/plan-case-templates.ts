import type { CaseTemplateLineRow } from './demo-rows.ts';
import type { StockPlan } from './plan-stock.ts';

/** Each kind of case belongs filled as it was bought: so many of its one product. */
export function planCaseTemplates(newId: () => string, { cases }: StockPlan): CaseTemplateLineRow[] {
  const perCaseByProduct = new Map(cases.map((one) => [one.product.id, one]));
  return [...perCaseByProduct.values()].map(({ product, contents, perCase }) => ({
    id: newId(),
    case_product_id: product.id,
    product_id: contents.product.id,
    quantity: perCase,
    position: 1,
  }));
}
