import { msOf } from '@eventkit/shared/kernel/instant.ts';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '#i18n/use-format.ts';
import { shareOf, type Utilisation } from './count-utilisation.ts';

const HEIGHT = 180;

/** A share by day as bars, in the colours of the theme. What it shows stands in a table too. */
export function DayChart({ days, label }: { readonly days: Utilisation['byDay']; readonly label: string }) {
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const at = days.map(({ day }) => msOf(day.from));
    const shares = days.map((day) => shareOf(day) * 100);
    const draw = () => {
      const style = getComputedStyle(element);
      const colour = (name: string) => style.getPropertyValue(name);
      const axis = {
        stroke: colour('--muted-foreground'),
        font: `12px ${style.fontFamily}`,
        grid: { stroke: colour('--rule'), width: 1 },
        ticks: { show: false },
      };
      const bars = UPlot.paths.bars;
      return new UPlot(
        {
          width: element.clientWidth,
          height: HEIGHT,
          ms: 1,
          cursor: { show: false },
          legend: { show: false },
          scales: {
            x: { time: false, range: [-0.5, days.length - 0.5] },
            y: { range: [0, 100] },
          },
          axes: [
            {
              ...axis,
              grid: { show: false },
              space: 64,
              incrs: [1, 2, 7],
              values: (_, places) => places.map((place) => dayOf(at[place])),
            },
            { ...axis, size: 48, values: (_, values) => values.map((value) => `${value} %`) },
          ],
          series: [
            {},
            {
              fill: colour('--primary'),
              stroke: colour('--primary'),
              points: { show: false },
              ...(bars === undefined ? {} : { paths: bars({ size: [0.6, 48] }) }),
            },
          ],
        },
        [days.map((_, place) => place), shares],
        element,
      );
    };
    const dayOf = (ms: number | undefined) =>
      ms === undefined ? '' : format.day(new Date(ms).toISOString().replace('Z', '000Z') as never);
    let chart = draw();
    const again = () => {
      chart.destroy();
      chart = draw();
    };
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const size = new ResizeObserver(() => {
      if (element.clientWidth !== chart.width) again();
    });
    size.observe(element);
    return () => {
      theme.disconnect();
      size.disconnect();
      chart.destroy();
    };
  }, [days, format]);
  return <div ref={box} role="img" aria-label={label} className="min-h-45 w-full overflow-hidden" />;
}
