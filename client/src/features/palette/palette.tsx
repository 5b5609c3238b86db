import { ArrowDown, ArrowUp, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { KeyCap } from '#ui/key-cap.tsx';
import type { Entry, EntryGroup } from './entries.ts';
import { readQuery } from './read-query.ts';
import { useEntries } from './use-entries.ts';
import { useFound } from './use-found.ts';

/** Goes anywhere and does anything that can be done from anywhere: type, arrows, Enter. All of it works offline. */
export function Palette({ onClose, onHelp }: { readonly onClose: () => void; readonly onHelp: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={t('palette.title')}
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className="m-0 h-dvh max-h-none w-full max-w-none overflow-hidden bg-popover text-foreground backdrop:bg-scrim tablet:mx-auto tablet:mt-[10dvh] tablet:h-auto tablet:max-h-[70dvh] tablet:max-w-2xl tablet:rounded-sheet tablet:shadow-[var(--shadow-float)]"
    >
      <Content onClose={onClose} onHelp={onHelp} />
    </dialog>
  );
}

function Content({ onClose, onHelp }: { readonly onClose: () => void; readonly onHelp: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [isEntered, setEntered] = useState(false);
  const query = readQuery(typed);
  const { found, hasFailed, isCurrent } = useFound(query);
  const groups = useEntries(query, found, { onClose, onHelp });
  const entries = groups.flatMap((group) => group.entries);
  const chosen = Math.min(at, entries.length - 1);

  // Who types on and presses Enter at once means what was typed, not what is still shown of before.
  useEffect(() => {
    if (!isEntered || !isCurrent) return;
    setEntered(false);
    entries[chosen]?.run();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      Home: 0,
      End: entries.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined && entries.length > 0) {
      event.preventDefault();
      setAt((next + entries.length) % entries.length);
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    setEntered(true);
  };

  return (
    <div className="flex h-full max-h-[inherit] flex-col tablet:h-auto">
      <search className="flex h-14 flex-none items-center gap-3 border-b border-border px-4">
        <Search className="icon-lg text-muted-foreground" aria-hidden="true" />
        <input
          role="combobox"
          aria-label={t('palette.title')}
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={entries.length > 0 ? `${id}-${chosen}` : undefined}
          placeholder={t('palette.hint')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
            setEntered(false);
          }}
          onKeyDown={onKeyDown}
          type="text"
          enterKeyHint="go"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="h-full min-w-0 flex-1 bg-transparent text-[17px] outline-none placeholder:text-faint-foreground"
        />
        {found !== null && <Took ms={found.tookMs} />}
      </search>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('palette.results')}
        aria-busy={isCurrent ? undefined : true}
        className="min-h-0 flex-1 overflow-y-auto py-1"
      >
        <Groups groups={groups} chosen={chosen} idOf={(index) => `${id}-${index}`} onPoint={setAt} />
      </div>
      {entries.length === 0 && (
        <p className="px-4 pb-6 text-muted-foreground" role="status">
          {t(hasFailed ? 'palette.failed' : 'palette.nothing')}
        </p>
      )}
      <KeyHints />
    </div>
  );
}

function Took({ ms }: { readonly ms: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="hidden text-[12px] text-muted-foreground tablet:block">
      {t('palette.took', { ms: format.count(Math.max(1, Math.round(ms))) })}
    </span>
  );
}

function Groups({
  groups,
  chosen,
  idOf,
  onPoint,
}: {
  readonly groups: readonly EntryGroup[];
  readonly chosen: number;
  readonly idOf: (index: number) => string;
  readonly onPoint: (index: number) => void;
}) {
  let index = -1;
  return groups.map((group) => (
    // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by this role alone
    <div key={group.title} role="group" aria-label={group.title}>
      <p aria-hidden="true" className="px-4 pt-2 pb-1 text-[12px] font-medium text-muted-foreground">
        {group.title}
      </p>
      {group.entries.map((entry) => {
        index += 1;
        const own = index;
        return (
          <Option
            key={entry.key}
            id={idOf(own)}
            entry={entry}
            isChosen={own === chosen}
            onPoint={() => onPoint(own)}
          />
        );
      })}
    </div>
  ));
}

function Option({
  id,
  entry: { icon: Icon, code, label, note, keys, run },
  isChosen,
  onPoint,
}: {
  readonly id: string;
  readonly entry: Entry;
  readonly isChosen: boolean;
  readonly onPoint: () => void;
}) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the focus and hears Enter
    // biome-ignore lint/a11y/useFocusableInteractive: an option of a combobox is pointed at by aria-activedescendant
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={isChosen}
      onPointerMove={onPoint}
      onClick={run}
      className="flex min-h-12 cursor-pointer items-center gap-3 border-s-2 border-transparent px-4 aria-selected:border-primary aria-selected:bg-selected tablet:min-h-9"
    >
      <Icon className="icon text-muted-foreground" aria-hidden="true" />
      {code !== undefined && <span className="font-mono font-semibold">{code}</span>}
      <span className="min-w-0 flex-1 truncate text-[16px] tablet:text-[14px]">{label}</span>
      {note !== undefined && (
        <span className="max-w-[45%] truncate text-[13px] text-muted-foreground tablet:text-[12px]">
          {note}
        </span>
      )}
      {keys !== undefined && (
        <span className="hidden gap-1 tablet:flex" aria-hidden="true">
          {keys.map((key) => (
            <KeyCap key={key}>{key}</KeyCap>
          ))}
        </span>
      )}
    </div>
  );
}

function KeyHints() {
  const { t } = useTranslation();
  const hints = [
    [[<ArrowUp key="up" size={11} />, <ArrowDown key="down" size={11} />], t('palette.keys.move')],
    [['Enter'], t('palette.keys.open')],
    [['>'], t('palette.keys.commands')],
    [['#'], t('palette.keys.codes')],
    [['Esc'], t('palette.keys.close')],
  ] as const;
  return (
    <div
      aria-hidden="true"
      className="hidden flex-none gap-4 border-t border-border px-4 py-2 text-[12px] text-muted-foreground tablet:flex"
    >
      {hints.map(([keys, text]) => (
        <span key={text} className="flex items-center gap-1">
          {keys.map((key, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the keys of a hint never change
            <KeyCap key={index}>{key}</KeyCap>
          ))}
          <span className="ms-0.5">{text}</span>
        </span>
      ))}
    </div>
  );
}
