import { Check, Pencil, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSame } from '#platform/lists/list-address.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import type { SavedView } from '#platform/lists/saved-views.ts';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';

const LONGEST_NAME = 60;

/** The ways of looking at the list that the person keeps: taken up, named, renamed, deleted, and brought back. */
export function ViewsSheet({
  views,
  isKept,
  viewId,
  state,
  newId,
  onViews,
  onPick,
  onClose,
}: {
  readonly views: readonly SavedView[];
  readonly isKept: boolean;
  readonly viewId: string | null;
  readonly state: ListState;
  readonly newId: () => string;
  readonly onViews: (next: readonly SavedView[]) => void;
  /** Null is the list as it opens. */
  readonly onPick: (view: SavedView | null) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [renamed, setRenamed] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const [deleted, setDeleted] = useState<{ readonly view: SavedView; readonly index: number } | null>(null);
  const present = views.find(({ id }) => id === viewId);
  const pick = (view: SavedView | null) => {
    onPick(view);
    onClose();
  };
  return (
    <Sheet title={t('lists.views')} isOpen onClose={onClose} closeLabel={t('common.close')}>
      {!isKept && (
        <div className="mb-3">
          <Notice tone="alarm" title={t('lists.viewsNotKept')} />
        </div>
      )}
      <ul>
        <ViewRow name={t('lists.everything')} isPresent={present === undefined} onPick={() => pick(null)} />
        {views.map((view, index) =>
          renamed?.id === view.id ? (
            <li key={view.id} className="py-1.5">
              <form
                className="flex items-end gap-2"
                onSubmit={(event) => {
                  event.preventDefault();
                  const next = renamed.name.trim();
                  if (next !== '')
                    onViews(views.map((one) => (one.id === view.id ? { ...one, name: next } : one)));
                  setRenamed(null);
                }}
              >
                <TextField
                  className="flex-1"
                  label={t('lists.viewName')}
                  autoFocus
                  maxLength={LONGEST_NAME}
                  value={renamed.name}
                  onChange={(event) => setRenamed({ id: view.id, name: event.target.value })}
                />
                <Button type="submit" kind="primary" className="tablet:min-h-9">
                  {t('lists.saveView')}
                </Button>
              </form>
            </li>
          ) : (
            <ViewRow
              key={view.id}
              name={view.name}
              isPresent={view === present}
              onPick={() => pick(view)}
              onRename={() => setRenamed({ id: view.id, name: view.name })}
              onRemove={() => {
                setDeleted({ view, index });
                onViews(views.filter((one) => one !== view));
              }}
            />
          ),
        )}
      </ul>
      {views.length === 0 && <p className="mt-2 text-muted-foreground">{t('lists.noViews')}</p>}
      <div className="mt-3 flex flex-col items-start gap-2">
        {deleted !== null && (
          <Button
            kind="outline"
            icon={<Undo2 className="icon" aria-hidden="true" />}
            onClick={() => {
              onViews(views.toSpliced(deleted.index, 0, deleted.view));
              setDeleted(null);
            }}
          >
            {t('lists.bringBack', { name: deleted.view.name })}
          </Button>
        )}
        {present !== undefined && !isSame(present.state, state) && (
          <Button onClick={() => onViews(views.map((one) => (one === present ? { ...one, state } : one)))}>
            {t('lists.updateView', { name: present.name })}
          </Button>
        )}
      </div>
      <form
        className="mt-4 flex items-end gap-2 border-t border-border pt-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          const view = { id: newId(), name: name.trim(), state };
          onViews([...views, view]);
          setName('');
          pick(view);
        }}
      >
        <TextField
          className="flex-1"
          label={t('lists.viewName')}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" kind="primary" className="tablet:min-h-9" disabled={name.trim() === ''}>
          {t('lists.saveView')}
        </Button>
      </form>
      <p className="mt-2 text-[14px] text-muted-foreground tablet:text-[12px]">{t('lists.viewHint')}</p>
    </Sheet>
  );
}

function ViewRow({
  name,
  isPresent,
  onPick,
  onRename,
  onRemove,
}: {
  readonly name: string;
  readonly isPresent: boolean;
  readonly onPick: () => void;
  readonly onRename?: () => void;
  readonly onRemove?: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li className="flex items-center border-b border-rule">
      <button
        type="button"
        aria-current={isPresent}
        onClick={onPick}
        className="flex min-h-12 min-w-0 flex-1 items-center gap-3 text-start hover:bg-hover tablet:min-h-9"
      >
        <span className="w-5">
          {isPresent && <Check className="icon text-primary-text" aria-hidden="true" />}
        </span>
        <span className="truncate">{name}</span>
      </button>
      {onRename !== undefined && (
        <IconButton label={t('lists.rename', { name })} onClick={onRename}>
          <Pencil className="icon" aria-hidden="true" />
        </IconButton>
      )}
      {onRemove !== undefined && (
        <IconButton label={t('lists.remove', { name })} onClick={onRemove}>
          <Trash2 className="icon" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
