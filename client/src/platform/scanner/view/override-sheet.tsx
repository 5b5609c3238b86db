import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KEEPS_SCANS } from '#platform/scanner/listen-to-wedge.ts';
import { HoldButton } from '#ui/hold-button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';

const HOLD_MS = 2000;
/** What the wire takes. */
const LONGEST_REASON = 500;

/** Overrides a block: a reason in words, then two seconds of holding. */
export function OverrideSheet({
  code,
  onTake,
  onClose,
}: {
  /** Null keeps the sheet closed. */
  readonly code: string | null;
  readonly onTake: (reason: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const stop = () => {
    setReason('');
    onClose();
  };
  return (
    <Sheet
      title={t('scanning.blocked.reasonTitle', { code: code ?? '' })}
      isOpen={code !== null}
      onClose={stop}
      closeLabel={t('common.close')}
    >
      <div className="flex flex-col gap-4">
        <TextField
          label={t('scanning.blocked.reasonLabel')}
          placeholder={t('scanning.blocked.reasonPlaceholder')}
          value={reason}
          maxLength={LONGEST_REASON}
          onChange={(event) => setReason(event.target.value)}
          {...{ [KEEPS_SCANS]: '' }}
        />
        <p className="text-[14px] text-muted-foreground">{t('scanning.blocked.reasonNote')}</p>
        <HoldButton
          holdMs={HOLD_MS}
          kind="danger"
          isDisabled={reason.trim() === ''}
          hint={t('scanning.blocked.holdHint')}
          onHeld={() => {
            onTake(reason.trim());
            stop();
          }}
        >
          {t('scanning.blocked.hold')}
        </HoldButton>
      </div>
    </Sheet>
  );
}
