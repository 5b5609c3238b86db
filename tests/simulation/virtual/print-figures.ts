import type { SimulationFigures } from './simulate.ts';

/** A few lines for people. */
export function printFigures(figures: SimulationFigures): void {
  const { seeds, operations, conflicts, faultCount, virtualHours, seconds, seedsPerSecond, failed } = figures;
  const number = (value: number) => Math.round(value).toLocaleString('en');
  console.log(
    `${number(seeds)} seeds, ${number(operations)} operations, ${number(conflicts)} conflicts, ` +
      `${number(faultCount)} faults, ${number(virtualHours)} virtual hours in ${number(seconds)} s ` +
      `(${seedsPerSecond.toFixed(1)} seeds/s, ${number(operations / seconds)} operations/s); failed: ${failed.length}`,
  );
  const counts = Object.entries(figures.faults).map(([name, count]) => `${name} ${number(count)}`);
  console.log(`  ${counts.join(', ')}`);
}
