import { useNavigate } from '@tanstack/react-router';
import {
  Box,
  CalendarDays,
  CloudOff,
  Keyboard,
  Languages,
  MapPin,
  Package,
  SunMoon,
  Tag,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { keepLanguage, type Language } from '#i18n/language.ts';
import { changeLanguage } from '#i18n/start-i18n.ts';
import { useFormat } from '#i18n/use-format.ts';
import { applyTheme, themeChoices } from '#platform/browser/theme.ts';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { placeIcons } from '#platform/navigation/place-icons.ts';
import { usePlaces } from '#platform/navigation/use-places.ts';
import type { Found } from '#platform/search/search-replica.ts';
import type { Entry, EntryGroup } from './entries.ts';
import { matchesWords } from './match-words.ts';
import type { PaletteQuery } from './read-query.ts';

/** Of each kind, so that every kind is in sight. */
const SHOWN = 6;

const languages: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'en', name: 'English' },
  { language: 'de', name: 'Deutsch' },
];

export type PaletteActs = { readonly onClose: () => void; readonly onHelp: () => void };

/** What the palette offers for a query, in groups; running an entry closes the palette first. */
export function useEntries(
  query: PaletteQuery,
  found: Found | null,
  acts: PaletteActs,
): readonly EntryGroup[] {
  const { t } = useTranslation();
  const things = useThings(found, acts);
  const screens = useScreens(acts);
  const commands = useCommands(acts);
  const matching = (entries: readonly Entry[]) =>
    entries.filter(({ label }) => matchesWords(label, query.text));
  const groups: readonly EntryGroup[] = [
    ...(query.scope === 'commands' ? [] : things),
    ...(query.scope === 'all' ? [{ title: t('palette.group.screens'), entries: matching(screens) }] : []),
    ...(query.scope === 'codes' || (query.scope === 'all' && query.text === '')
      ? []
      : [{ title: t('palette.group.commands'), entries: matching(commands) }]),
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

function useThings(found: Found | null, { onClose }: PaletteActs): readonly EntryGroup[] {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  if (found === null) return [];
  const after = (go: () => void) => () => {
    onClose();
    go();
  };
  return [
    {
      title: t('planning.products'),
      entries: found.products.slice(0, SHOWN).map(({ id, name, manufacturer, category }) => ({
        key: id,
        icon: Package,
        label: [manufacturer, name].filter(Boolean).join(' '),
        note: category,
        run: after(() => void navigate({ to: '/find', search: { product: id } })),
      })),
    },
    {
      title: t('planning.assets'),
      entries: found.pieces.slice(0, SHOWN).map(({ id, code, productName, isCase, placeName }) => ({
        key: id,
        icon: isCase === 1 ? Box : Tag,
        code,
        label: productName,
        ...(placeName === null ? {} : { note: placeName }),
        run: after(() => void navigate({ to: '/assets/$assetId', params: { assetId: id } })),
      })),
    },
    {
      title: t('palette.group.places'),
      entries: found.places.map(({ id, code, name }) => ({
        key: id,
        icon: MapPin,
        code,
        label: name === code ? '' : name,
        run: after(() => void navigate({ to: '/find', search: { place: id } })),
      })),
    },
    {
      title: t('planning.events'),
      entries: found.events.slice(0, SHOWN).map(({ id, name, venue, loadAt }) => ({
        key: id,
        icon: CalendarDays,
        label: name,
        note: [venue, format.shortMoment(loadAt, nowForDisplay())].filter(Boolean).join(' · '),
        run: after(() => void navigate({ to: '/events/$eventId', params: { eventId: id } })),
      })),
    },
  ];
}

function useScreens({ onClose }: PaletteActs): readonly Entry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return usePlaces().map((place) => ({
    key: place.path,
    icon: placeIcons[place.path],
    label: t(place.text),
    ...('letter' in place ? { keys: ['G', place.letter.toUpperCase()] } : {}),
    run: () => {
      onClose();
      void navigate({ to: place.path });
    },
  }));
}

function useCommands({ onClose, onHelp }: PaletteActs): readonly Entry[] {
  const { t } = useTranslation();
  const { sync } = usePlatform();
  const isHeld = useSyncState().mode === 'held';
  const commands: readonly Entry[] = [
    ...themeChoices.map((theme) => ({
      key: `theme ${theme}`,
      icon: SunMoon,
      label: t('palette.theme', { theme: t(`session.more.themes.${theme}`) }),
      run: () => applyTheme(theme),
    })),
    ...languages.map(({ language, name }) => ({
      key: `language ${language}`,
      icon: Languages,
      label: t('palette.language', { language: name }),
      run: () => {
        keepLanguage(localStorage, language);
        void changeLanguage(language);
      },
    })),
    {
      key: 'hold',
      icon: CloudOff,
      label: t(isHeld ? 'palette.send' : 'palette.hold'),
      run: () => void sync.hold(!isHeld),
    },
    { key: 'help', icon: Keyboard, label: t('palette.help'), keys: ['?'], run: onHelp },
  ];
  return commands.map((command) => ({
    ...command,
    run: () => {
      onClose();
      command.run();
    },
  }));
}
