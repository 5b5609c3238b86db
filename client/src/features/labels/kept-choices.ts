import { blankPrefixOf } from '@eventkit/shared/labels/blank-code.ts';
import { type LabelFormatId, labelFormatIds } from './label-formats.ts';

const KEY = 'eventkit.labels';

/** What a person chose the last time; null where they chose nothing yet. */
export type KeptChoices = { readonly format: LabelFormatId; readonly prefix: string | null };

const none: KeptChoices = { format: 'roll', prefix: null };

export function loadChoices(storage: Pick<Storage, 'getItem'>): KeptChoices {
  const text = storage.getItem(KEY);
  if (text === null) return none;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return none;
    const format = 'format' in value && labelFormatIds.find((id) => id === value.format);
    const prefix = 'prefix' in value && typeof value.prefix === 'string' ? blankPrefixOf(value.prefix) : null;
    return { format: format || none.format, prefix };
  } catch (error) {
    if (error instanceof SyntaxError) return none;
    throw error;
  }
}

/** Without room it is asked again the next time: nothing of the work hangs on it. */
export function keepChoices(storage: Pick<Storage, 'setItem'>, choices: KeptChoices): void {
  try {
    storage.setItem(KEY, JSON.stringify(choices));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
