import {
  MOST_LAYOUTS,
  type Widget,
  type WidgetKind,
  widgetKinds,
} from '@eventkit/shared/dashboards/widgets.ts';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { TextField } from '#ui/text-field.tsx';
import type { Layout } from './layout.ts';

/** What can be done to the layout that is being arranged: another name, more widgets, away with it. */
export function LayoutEditor({
  layout,
  layoutCount,
  onSave,
  onAdd,
  onNew,
  onRemove,
}: {
  readonly layout: Layout;
  readonly layoutCount: number;
  readonly onSave: (layout: Layout) => void;
  readonly onAdd: (widget: Widget) => void;
  readonly onNew: () => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(layout.name);
  const keepName = () => {
    const trimmed = name.trim();
    if (trimmed !== layout.name) onSave({ ...layout, name: trimmed });
  };
  return (
    <div className="grid gap-3 border-b border-border px-4 pb-4">
      <p className="text-muted-foreground">{t('dashboard.arrangeHint')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label={t('dashboard.layoutName')}
          value={name}
          maxLength={60}
          placeholder={t('dashboard.firstName')}
          onChange={({ target }) => setName(target.value)}
          onBlur={keepName}
          onKeyDown={({ key }) => {
            if (key === 'Enter') keepName();
          }}
        />
        <Button kind="outline" disabled={layoutCount >= MOST_LAYOUTS} onClick={onNew}>
          {t('dashboard.newLayout')}
        </Button>
        {layoutCount > 1 && (
          <HoldButton kind="outline" onHeld={onRemove}>
            {t('dashboard.deleteLayout')}
          </HoldButton>
        )}
      </div>
      {layoutCount >= MOST_LAYOUTS && (
        <p className="text-muted-foreground">{t('dashboard.mostLayouts', { count: MOST_LAYOUTS })}</p>
      )}
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-1.5 text-[14px] font-medium tablet:text-[12px]">{t('dashboard.add')}</legend>
        {widgetKinds.map((kind: WidgetKind) => (
          <Button
            key={kind}
            kind="outline"
            icon={<Plus className="icon" aria-hidden="true" />}
            onClick={() => onAdd({ kind, days: 7, isWide: false })}
          >
            {t(`dashboard.kind.${kind}`)}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
