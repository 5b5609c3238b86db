import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyedOnScreen } from '#platform/navigation/keyed-on-screen.ts';
import { usePlaces } from '#platform/navigation/use-places.ts';
import { KeyCap } from '#ui/key-cap.tsx';
import { Sheet } from '#ui/sheet.tsx';

type KeyLine = { readonly keys: readonly string[]; readonly text: string };

/** Every key that does something now: anywhere, on this screen, and where G leads. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [here] = useState(() =>
    keyedOnScreen(document).map(({ key, text }) => ({ keys: [key.toUpperCase()], text })),
  );
  const anywhere: readonly KeyLine[] = [
    { keys: [t('shell.paletteKeys'), '/'], text: t('palette.sheet.palette') },
    { keys: [t('palette.sheet.undoKeys')], text: t('palette.sheet.undo') },
    { keys: ['J', 'K'], text: t('palette.sheet.move') },
    { keys: ['Enter'], text: t('palette.sheet.open') },
    { keys: ['Esc'], text: t('palette.sheet.back') },
    { keys: ['?'], text: t('palette.sheet.help') },
  ];
  const places = usePlaces().flatMap((place) =>
    'letter' in place ? [{ keys: ['G', place.letter.toUpperCase()], text: t(place.text) }] : [],
  );
  return (
    <Sheet title={t('palette.sheet.title')} isOpen onClose={onClose} closeLabel={t('common.close')}>
      <Lines title={t('palette.sheet.anywhere')} lines={anywhere} />
      {here.length > 0 && <Lines title={t('palette.sheet.here')} lines={here} />}
      <Lines title={t('palette.sheet.go')} lines={places} />
      <p className="mt-4 text-muted-foreground">{t('palette.sheet.scanner')}</p>
    </Sheet>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly KeyLine[] }) {
  return (
    <section className="not-first:mt-5">
      <h3 className="mb-1 text-[12px] font-medium text-muted-foreground">{title}</h3>
      <ul>
        {lines.map(({ keys, text }) => (
          <li key={text} className="flex min-h-9 items-center gap-3 border-b border-rule">
            <span className="min-w-0 flex-1">{text}</span>
            <span className="flex gap-1">
              {keys.map((key) => (
                <KeyCap key={key}>{key}</KeyCap>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
