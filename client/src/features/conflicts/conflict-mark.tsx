import type { ConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import { Layers, ListX, PackageX, PencilLine, Repeat, Split, Tags, Truck } from 'lucide-react';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';

/** What kind of conflict, by shape. */
export function ConflictMark({ kind }: { readonly kind: ConflictClass }) {
  const className = 'icon mt-0.5 text-wrong-text';
  switch (kind) {
    case 'double_check_out':
      return <Split className={className} aria-hidden="true" />;
    case 'two_cases':
      return <PackageX className={className} aria-hidden="true" />;
    case 'case_in_itself':
      return <Repeat className={className} aria-hidden="true" />;
    case 'blocked_went_out':
      return <OutcomeGlyph outcome="blocked" className="mt-0.5 size-4" />;
    case 'bulk_short':
      return <Layers className={className} aria-hidden="true" />;
    case 'same_field':
      return <PencilLine className={className} aria-hidden="true" />;
    case 'deleted_and_edited':
      return <ListX className={className} aria-hidden="true" />;
    case 'truck_changed':
      return <Truck className={className} aria-hidden="true" />;
    case 'label_on_two':
      return <Tags className={className} aria-hidden="true" />;
    case 'unknown_code':
      return <OutcomeGlyph outcome="unknown" className="mt-0.5 size-4" />;
  }
}
