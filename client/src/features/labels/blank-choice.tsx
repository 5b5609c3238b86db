import { blankPrefixOf } from '@eventkit/shared/labels/blank-code.ts';
import { Shuffle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/text-field.tsx';
import { MOST_BLANKS } from './labels-to-print.ts';
import { NumberField } from './number-field.tsx';

/** How many labels that are on nothing yet, and how their codes begin. */
export function BlankChoice({
  prefix,
  count,
  onPrefix,
  onCount,
  onDrawAnew,
}: {
  readonly prefix: string;
  readonly count: number;
  readonly onPrefix: (prefix: string) => void;
  readonly onCount: (count: number) => void;
  readonly onDrawAnew: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(prefix);
  return (
    <>
      <p className="max-w-prose text-muted-foreground">{t('labels.print.blankText')}</p>
      <div className="grid gap-4 tablet:grid-cols-2">
        <NumberField
          label={t('labels.print.howMany')}
          value={count}
          least={1}
          most={MOST_BLANKS}
          onChange={onCount}
        />
        <TextField
          label={t('labels.print.prefix')}
          value={text}
          maxLength={8}
          autoCapitalize="characters"
          autoComplete="off"
          error={blankPrefixOf(text) === null ? t('labels.print.prefixWrong') : null}
          onChange={(event) => {
            setText(event.target.value);
            const next = blankPrefixOf(event.target.value);
            if (next !== null) onPrefix(next);
          }}
        />
      </div>
      <Button className="justify-self-start" icon={<Shuffle className="icon" />} onClick={onDrawAnew}>
        {t('labels.print.drawAnew')}
      </Button>
    </>
  );
}
