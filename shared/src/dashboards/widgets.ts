/** What a dashboard can show; a kind whose module is not there yet is not here. */
export const widgetKinds = ['upcoming', 'utilisation', 'overdue', 'activity'] as const;
export type WidgetKind = (typeof widgetKinds)[number];

/** How many days a widget that looks ahead looks ahead. */
export const widgetDays = [7, 14, 30] as const;
export type WidgetDays = (typeof widgetDays)[number];

export type Widget = {
  readonly kind: WidgetKind;
  /** 7 where the kind looks at no days to come. */
  readonly days: WidgetDays;
  /** Takes the whole width. */
  readonly isWide: boolean;
};

/** More of them would be a mistake. */
export const MOST_LAYOUTS = 12;

/** Widgets as a layout keeps them; what a later version put there, and this one does not know, is passed over. */
export function readWidgets(json: string): Widget[] {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    return [];
  }
  return Array.isArray(given) ? given.flatMap(readWidget) : [];
}

function readWidget(given: unknown): Widget[] {
  if (typeof given !== 'object' || given === null) return [];
  const { kind, days, isWide } = given as Readonly<Record<string, unknown>>;
  const knownKind = widgetKinds.find((one) => one === kind);
  if (knownKind === undefined) return [];
  return [{ kind: knownKind, days: widgetDays.find((one) => one === days) ?? 7, isWide: isWide === true }];
}
