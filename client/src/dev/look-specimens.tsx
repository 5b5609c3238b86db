import { PackageOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#ui/button.tsx';
import { Chip, type ChipTone } from '#ui/chip.tsx';
import { Code } from '#ui/code.tsx';
import { CountOf } from '#ui/count-of.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { EventGlyph, type EventGlyphState } from '#ui/event-glyph.tsx';
import { Facts } from '#ui/facts.tsx';
import { Notice, type NoticeTone } from '#ui/notice.tsx';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';
import { PlaceChip } from '#ui/place-chip.tsx';
import { outcomeColours, scanOutcomes } from '#ui/scan-outcome.ts';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Ticks } from '#ui/ticks.tsx';

const chips: readonly ChipTone[] = ['plain', 'quiet', 'good', 'info', 'warn', 'alarm'];
const notices: readonly NoticeTone[] = ['plain', 'offline', 'good', 'warn', 'alarm'];
const events: readonly EventGlyphState[] = [
  'draft',
  'option',
  'confirmed',
  'in_prep',
  'out',
  'returning',
  'closed',
  'cancelled',
];

/** What people look at. */
export const lookSpecimens: Readonly<Record<string, () => ReactNode>> = {
  chip: () => (
    <div className="flex flex-wrap gap-2">
      {chips.map((tone) => (
        <Chip key={tone} tone={tone}>
          {tone}
        </Chip>
      ))}
      <Chip isDashed>not certain</Chip>
    </div>
  ),
  notice: () =>
    notices.map((tone) => (
      <Notice key={tone} tone={tone} title={tone} actions={<Button>Do it</Button>}>
        What happened, what is safe.
      </Notice>
    )),
  'outcome-glyph': () =>
    scanOutcomes.map((outcome) => (
      <p key={outcome} className="flex items-center gap-2">
        <OutcomeGlyph outcome={outcome} />
        <span className={outcomeColours[outcome].text}>{outcome}</span>
        <span className={`grid size-8 place-items-center ${outcomeColours[outcome].solid}`}>
          <OutcomeGlyph outcome={outcome} inherit cutout="var(--background)" />
        </span>
      </p>
    )),
  'event-glyph': () => (
    <div className="flex flex-wrap gap-3">
      {events.map((state) => (
        <span key={state} className="flex items-center gap-1">
          <EventGlyph state={state} />
          {state}
        </span>
      ))}
    </div>
  ),
  'place-chip': () => (
    <div className="flex flex-wrap gap-2">
      <PlaceChip>K-107</PlaceChip>
      <PlaceChip kind="case">C-12</PlaceChip>
      <PlaceChip kind="away">Gala</PlaceChip>
    </div>
  ),
  code: () => <Code>EK-4711</Code>,
  'count-of': () => (
    <div className="flex items-end gap-4">
      <CountOf done="47" of="52" size="big" />
      <CountOf done="47" of="52" />
      <CountOf done="52" of="52" size="small" />
    </div>
  ),
  ticks: () => (
    <>
      <Ticks wanted={12} scanned={7} away={2} label="7 of 12, 2 away" />
      <Ticks wanted={12} scanned={12} label="12 of 12" />
      <Ticks wanted={400} scanned={100} label="100 of 400" />
      <Ticks wanted={0} scanned={0} label="none" />
    </>
  ),
  facts: () => (
    <Facts
      facts={[
        { label: 'Weight', value: '12.5 kg' },
        { label: 'Place', value: 'K-107' },
      ]}
    />
  ),
  'section-heading': () => (
    <SectionHeading note="newest first" end="12">
      Pull list
    </SectionHeading>
  ),
  'empty-state': () => (
    <EmptyState
      icon={<PackageOpen />}
      title="Nothing here yet"
      action={<Button kind="primary">Begin</Button>}
    >
      What belongs here.
    </EmptyState>
  ),
  'screen-header': () => <ScreenHeader title="Gala" facts="in prep" actions={<Button>Edit</Button>} />,
  screen: () => (
    <div className="flex h-40 border border-border">
      <Screen header={<ScreenHeader title="Header" />} footer={<p className="p-2">Footer</p>}>
        <p className="h-60 p-4">The middle scrolls.</p>
      </Screen>
    </div>
  ),
};
