import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import { Check, Copy } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { permissionKey } from '#i18n/permission-key.ts';
import { useCopy } from '#platform/browser/use-copy.ts';
import { refusalOf } from '#platform/rpc/refusal-of.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { TickRow } from '#ui/tick-row.tsx';
import { useCreateKey } from './use-api-keys.ts';

/** In days. */
type Life = '30' | '90' | '365' | '730';

/** Asks what a new key is for and shows its secret, once. */
export function NewKeySheet({
  grantable,
  onClose,
}: {
  readonly grantable: readonly Permission[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const create = useCreateKey();
  const isMade = create.data !== undefined;
  return (
    <Sheet
      isOpen
      title={isMade ? t('apiKeys.made.title') : t('apiKeys.sheet.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      {isMade ? (
        <Secret secret={create.data} onDone={onClose} />
      ) : (
        <KeyForm create={create} grantable={grantable} />
      )}
    </Sheet>
  );
}

function KeyForm({
  create,
  grantable,
}: {
  readonly create: ReturnType<typeof useCreateKey>;
  readonly grantable: readonly Permission[];
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Permission[]>([]);
  const [life, setLife] = useState<Life>('365');
  const [isChecked, setChecked] = useState(false);
  const isNameMissing = name.trim() === '';
  const brokenFields = [...(refusalOf(create.error)?.rulesByField.keys() ?? [])];
  const isNameWrong = (isChecked && isNameMissing) || brokenFields.includes('name');
  const areRightsWrong =
    (isChecked && chosen.length === 0) || brokenFields.some((field) => field.startsWith('permissions'));
  const toggle = (permission: Permission) =>
    setChosen((before) =>
      before.includes(permission) ? before.filter((one) => one !== permission) : [...before, permission],
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isNameMissing || chosen.length === 0) return;
    create.mutate({ name: name.trim(), permissions: chosen, expiresAfterDays: Number(life) });
  };
  return (
    <form className="grid gap-5" onSubmit={submit} noValidate>
      <TextField
        label={t('apiKeys.sheet.name')}
        placeholder={t('apiKeys.sheet.namePlaceholder')}
        maxLength={80}
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={isNameWrong ? t('apiKeys.sheet.nameMissing') : null}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-[14px] font-medium tablet:text-[12px]">
          {t('apiKeys.sheet.may')}
        </legend>
        {grantable.map((permission) => (
          <TickRow
            key={permission}
            isTicked={chosen.includes(permission)}
            onChange={() => toggle(permission)}
          >
            {t(permissionKey(permission))}
          </TickRow>
        ))}
        {areRightsWrong && (
          <p className="mt-1.5 text-blocked-text" role="alert">
            {t(chosen.length === 0 ? 'apiKeys.sheet.mayMissing' : 'apiKeys.sheet.mayWrong')}
          </p>
        )}
      </fieldset>
      <Segmented<Life>
        legend={t('apiKeys.sheet.life')}
        value={life}
        choices={[
          { value: '30', label: t('apiKeys.sheet.month') },
          { value: '90', label: t('apiKeys.sheet.quarter') },
          { value: '365', label: t('apiKeys.sheet.year') },
          { value: '730', label: t('apiKeys.sheet.twoYears') },
        ]}
        onChange={setLife}
      />
      {create.isError && !isNameWrong && !areRightsWrong && (
        <Notice tone="alarm" title={t('apiKeys.sheet.failed')} />
      )}
      <Button type="submit" kind="primary" size="touch" disabled={create.isPending}>
        {t(create.isPending ? 'apiKeys.sheet.making' : 'apiKeys.sheet.make')}
      </Button>
    </form>
  );
}

function Secret({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { isCopied, copy } = useCopy(secret);
  return (
    <div className="grid gap-4">
      <p>{t('apiKeys.made.text')}</p>
      <TextField
        label={t('apiKeys.made.secret')}
        readOnly
        className="font-mono"
        value={secret}
        onFocus={(event) => event.target.select()}
      />
      <div className="flex gap-2">
        <Button
          kind="outline"
          size="touch"
          className="flex-1"
          icon={
            isCopied ? (
              <Check className="icon" aria-hidden="true" />
            ) : (
              <Copy className="icon" aria-hidden="true" />
            )
          }
          onClick={copy}
        >
          {t(isCopied ? 'apiKeys.made.copied' : 'apiKeys.made.copy')}
        </Button>
        <Button kind="primary" size="touch" className="flex-1" onClick={onDone}>
          {t('apiKeys.made.done')}
        </Button>
      </div>
    </div>
  );
}
