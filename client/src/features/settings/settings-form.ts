import { createContext, useContext } from 'react';
import type { DraftSettings, SettingsField } from './draft-settings.ts';

/** What the sections of the form work on. */
export type SettingsForm = {
  readonly draft: DraftSettings;
  readonly isDisabled: boolean;
  /** What is wrong with a field, or has happened to it meanwhile; null where all is well. */
  problemAt(field: SettingsField): string | null;
  change(field: SettingsField, text: string): void;
};

export const SettingsFormContext = createContext<SettingsForm | null>(null);

/** Throws outside of the form. */
export function useSettingsForm(): SettingsForm {
  const form = useContext(SettingsFormContext);
  if (form === null) throw new Error('a section outside of the form of settings');
  return form;
}
