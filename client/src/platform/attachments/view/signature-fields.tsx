import { MOST_SIGNATURES } from '@eventkit/shared/attachments/attachment.ts';
import { Eraser, Signature } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { blankSignature, type DrawnSignature, isSigned } from '#platform/attachments/draw-signature.ts';
import { KEEPS_SCANS } from '#platform/scanner/listen-to-wedge.ts';
import { Button } from '#ui/button.tsx';
import { SignaturePad } from '#ui/signature-pad.tsx';
import { TextField } from '#ui/text-field.tsx';

const LONGEST_NAME = 80;

/** Adds signatures to what is about to be recorded: none is asked for, a second person can sign once one has. */
export function SignatureFields({
  signatures,
  onChange,
}: {
  readonly signatures: readonly DrawnSignature[];
  readonly onChange: (signatures: readonly DrawnSignature[]) => void;
}) {
  const { t } = useTranslation();
  const hasRoom = signatures.length < MOST_SIGNATURES && signatures.every(isSigned);
  return (
    <div className="flex flex-col gap-4">
      {signatures.map((signature, index) => (
        <SignatureField
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are; none is taken out of it.
          key={index}
          legend={t(index === 0 ? 'attachments.signature' : 'attachments.secondSignature')}
          signature={signature}
          onChange={(changed) => onChange(signatures.with(index, changed))}
        />
      ))}
      {hasRoom && (
        <Button
          kind="outline"
          size="touch"
          icon={<Signature className="icon-lg" aria-hidden="true" />}
          hint={t(signatures.length === 0 ? 'attachments.signHint' : 'attachments.signTooHint')}
          onClick={() => onChange([...signatures, blankSignature])}
        >
          {t(signatures.length === 0 ? 'attachments.sign' : 'attachments.signToo')}
        </Button>
      )}
    </div>
  );
}

function SignatureField({
  legend,
  signature,
  onChange,
}: {
  readonly legend: string;
  readonly signature: DrawnSignature;
  readonly onChange: (signature: DrawnSignature) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-[14px] font-medium tablet:text-[13px]">{legend}</legend>
      <SignaturePad
        strokes={signature.strokes}
        label={t('attachments.pad')}
        hint={t('attachments.padHint')}
        onChange={(strokes) => onChange({ ...signature, strokes })}
      />
      <div className="mt-2 flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t('attachments.name')}
          value={signature.name}
          maxLength={LONGEST_NAME}
          autoComplete="off"
          onChange={(event) => onChange({ ...signature, name: event.target.value })}
          {...{ [KEEPS_SCANS]: '' }}
        />
        <Button
          kind="outline"
          className="min-h-12"
          icon={<Eraser className="icon" aria-hidden="true" />}
          disabled={!isSigned(signature)}
          onClick={() => onChange(blankSignature)}
        >
          {t('attachments.clear')}
        </Button>
      </div>
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12.5px]">
        {t('attachments.nameHint')}
      </p>
    </fieldset>
  );
}
