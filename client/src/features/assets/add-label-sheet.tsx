import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { Tag } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PLACE_BY_CODE, THING_BY_ID } from '#platform/labels/find-things.ts';
import { assignLabel, readTarget } from '#platform/labels/label-acts.ts';
import type { LabelledThing } from '#platform/labels/labelled-thing.ts';
import { AskForCode } from '#platform/labels/view/ask-for-code.tsx';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { FoundAsset } from '#platform/scanner/find-asset.ts';
import { findScanned } from '#platform/scanner/find-scanned.ts';
import { TypeCodeForm } from '#platform/scanner/view/type-code-form.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Sheet } from '#ui/sheet.tsx';

/** Puts a label on a thing by scanning it. One that is on something else already is put here only when that is said. */
export function AddLabelSheet({
  asset,
  onAdded,
  onClose,
}: {
  readonly asset: FoundAsset;
  /** Without an operation where it was on it already. */
  readonly onAdded: (code: string, operationId: OperationId | null) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { replica, recordOperation } = usePlatform();
  const [elsewhere, setElsewhere] = useState<{ readonly code: string; readonly thing: LabelledThing } | null>(
    null,
  );
  const [problem, setProblem] = useState<'not_a_code' | 'failed' | null>(null);

  const put = async (code: string) => {
    const recorded = await assignLabel({ replica, recordOperation }, code, { kind: 'asset', id: asset.id });
    if (recorded.ok) onAdded(code, recorded.value?.operation.id ?? null);
    else setProblem('failed');
  };
  const take = async (text: string) => {
    setElsewhere(null);
    const scanned = await findScanned(replica, { code: text, assetId: null });
    if (!scanned.ok) return setProblem('not_a_code');
    setProblem(null);
    const { code } = scanned.value;
    const target = await readTarget(replica, code);
    if (target?.id === asset.id) return put(code);
    const thing = await replica.getOptional<LabelledThing>(target === null ? PLACE_BY_CODE : THING_BY_ID, [
      target?.id ?? code,
    ]);
    if (thing === null) return put(code);
    setElsewhere({ code, thing });
  };

  return (
    <Sheet
      title={t('labels.addTitle', { code: asset.code })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      <AskForCode hint={t('labels.scanNew')} onCode={(code) => void take(code)} />
      <div className="mt-4">
        <TypeCodeForm label={t('labels.typeNew')} onCode={(code) => void take(code)} />
      </div>
      {problem !== null && (
        <div className="mt-4">
          <Notice tone={problem === 'failed' ? 'alarm' : 'warn'} title={t(`labels.${problem}`)} />
        </div>
      )}
      {elsewhere !== null && (
        <div className="mt-4">
          <Notice
            tone="warn"
            title={t('labels.elsewhere', { code: elsewhere.code, thing: elsewhere.thing.code })}
            actions={
              <Button
                kind="primary"
                size="touch"
                icon={<Tag className="icon-lg" />}
                onClick={() => void put(elsewhere.code)}
              >
                {t('labels.putHere', { code: asset.code })}
              </Button>
            }
          >
            {elsewhere.thing.title}
          </Notice>
        </div>
      )}
    </Sheet>
  );
}
