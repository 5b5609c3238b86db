import { Columns3, Download, ListChecks, ListFilter, Search, Star } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/text-field.tsx';

export type ListTool = 'filter' | 'views' | 'display' | 'export';

/** Typing asks once it rests this long. */
const REST_MS = 150;

/** Search, what is filtered by, and the ways to look at the list. */
export function ListToolbar({
  text,
  viewName,
  isSelecting,
  chips,
  onText,
  onTool,
  onSelecting,
}: {
  readonly text: string;
  readonly viewName: string | null;
  /** Null where rows can be chosen without saying so first. */
  readonly isSelecting: boolean | null;
  readonly chips: ReactNode;
  readonly onText: (text: string) => void;
  readonly onTool: (tool: ListTool) => void;
  readonly onSelecting: (isSelecting: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-none flex-col gap-2 border-b border-border px-4 pb-2 tablet:flex-row tablet:flex-wrap tablet:items-center">
      <SearchField text={text} onText={onText} />
      <div className="-mx-4 flex min-w-0 flex-1 gap-2 overflow-x-auto px-4 [scrollbar-width:none] tablet:mx-0 tablet:flex-wrap tablet:overflow-visible tablet:px-0">
        <Tool icon={ListFilter} onClick={() => onTool('filter')} shortcut="f">
          {t('lists.filter')}
        </Tool>
        {chips}
        <span className="hidden flex-1 tablet:block" />
        {isSelecting !== null && (
          <Button
            kind={isSelecting ? 'primary' : 'outline'}
            aria-pressed={isSelecting}
            className="flex-none"
            icon={<ListChecks className="icon" aria-hidden="true" />}
            onClick={() => onSelecting(!isSelecting)}
          >
            {t('lists.select')}
          </Button>
        )}
        <Tool icon={Star} onClick={() => onTool('views')} shortcut="v">
          {viewName ?? t('lists.views')}
        </Tool>
        <Tool icon={Columns3} onClick={() => onTool('display')} shortcut="d">
          {t('lists.display')}
        </Tool>
        <Tool icon={Download} onClick={() => onTool('export')}>
          {t('lists.export')}
        </Tool>
      </div>
    </div>
  );
}

function Tool({
  icon: Icon,
  shortcut,
  onClick,
  children,
}: {
  readonly icon: typeof Search;
  readonly shortcut?: string;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <Button
      kind="outline"
      className="max-w-48 flex-none"
      aria-keyshortcuts={shortcut}
      icon={<Icon className="icon" aria-hidden="true" />}
      onClick={onClick}
    >
      <span className="truncate">{children}</span>
    </Button>
  );
}

function SearchField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(text);
  // Back and forward, and views, say another text.
  useEffect(() => {
    if (text === sent.current) return;
    sent.current = text;
    setDraft(text);
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <TextField
      className="tablet:w-64"
      label={t('lists.search')}
      placeholder={t('lists.search')}
      isLabelHidden
      type="search"
      autoComplete="off"
      icon={<Search className="icon" aria-hidden="true" />}
      value={draft}
      onChange={(event) => {
        const { value } = event.target;
        setDraft(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          sent.current = value.trim();
          onText(sent.current);
        }, REST_MS);
      }}
    />
  );
}
