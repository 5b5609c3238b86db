import { useTranslation } from 'react-i18next';
import { Sheet } from '#ui/sheet.tsx';
import { TypeCodeForm } from './type-code-form.tsx';

/** Types a code where a label cannot be read. */
export function TypeCodeSheet({
  isOpen,
  label,
  onCode,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly label: string;
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('scanning.tick.find')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')}>
      <TypeCodeForm
        label={label}
        onCode={(code) => {
          onCode(code);
          onClose();
        }}
      />
    </Sheet>
  );
}
