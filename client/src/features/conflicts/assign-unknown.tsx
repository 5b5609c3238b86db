import { useTranslation } from 'react-i18next';
import { GiveCode } from '#platform/labels/view/give-code.tsx';
import type { ShownConflict } from './read-conflicts.ts';

/** Says what a code is on that nobody knew. */
export function AssignUnknown({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  return (
    <section className="mt-5 flex flex-col items-start gap-3">
      <GiveCode code={conflict.status === 'open' ? conflict.code : null} note={t('conflicts.assignLater')} />
    </section>
  );
}
