import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blankSignature, type DrawnSignature, isSigned } from '#platform/attachments/draw-signature.ts';
import { SignatureFields } from '#platform/attachments/view/signature-fields.tsx';
import { Button } from '#ui/button.tsx';
import { Sheet } from '#ui/sheet.tsx';

const blank = [blankSignature];

/** Somebody confirms a list that is confirmed already, with their hand. */
export function WitnessSheet({
  isOpen,
  onConfirm,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onConfirm: (signatures: readonly DrawnSignature[]) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [signatures, setSignatures] = useState<readonly DrawnSignature[]>(blank);
  const close = () => {
    setSignatures(blank);
    onClose();
  };
  return (
    <Sheet title={t('trucks.signTitle')} isOpen={isOpen} onClose={close} closeLabel={t('common.close')}>
      <div className="flex flex-col gap-4">
        <SignatureFields signatures={signatures} onChange={setSignatures} />
        <Button
          kind="primary"
          size="main"
          disabled={!signatures.some(isSigned)}
          onClick={() => {
            onConfirm(signatures);
            close();
          }}
        >
          {t('trucks.confirmSigned')}
        </Button>
      </div>
    </Sheet>
  );
}
