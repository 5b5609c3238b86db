/** The five things a scan can say, in the order of the lamps. */
export const scanOutcomes = ['ok', 'already', 'wrong_event', 'unknown', 'blocked'] as const;
export type ScanOutcome = (typeof scanOutcomes)[number];

/** Colour classes of an outcome: solid area, text, tint, edge and the bare mark. */
export const outcomeColours: Readonly<
  Record<
    ScanOutcome,
    {
      readonly solid: string;
      readonly text: string;
      readonly tint: string;
      readonly edge: string;
      readonly mark: string;
    }
  >
> = {
  ok: {
    solid: 'bg-ok text-ok-on',
    text: 'text-ok-text',
    tint: 'bg-ok-tint',
    edge: 'border-ok',
    mark: 'text-ok',
  },
  already: {
    solid: 'bg-already text-already-on',
    text: 'text-already-text',
    tint: 'bg-already-tint',
    edge: 'border-already',
    mark: 'text-already',
  },
  wrong_event: {
    solid: 'bg-wrong text-wrong-on',
    text: 'text-wrong-text',
    tint: 'bg-wrong-tint',
    edge: 'border-wrong',
    mark: 'text-wrong',
  },
  unknown: {
    solid: 'bg-unknown text-unknown-on',
    text: 'text-unknown-text',
    tint: 'bg-unknown-tint',
    edge: 'border-unknown',
    mark: 'text-unknown',
  },
  blocked: {
    solid: 'bg-blocked text-blocked-on',
    text: 'text-blocked-text',
    tint: 'bg-blocked-tint',
    edge: 'border-blocked',
    mark: 'text-blocked',
  },
};
