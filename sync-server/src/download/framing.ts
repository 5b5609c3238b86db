import type { Framing } from './encode-data-line.ts';

/** Clients compare the type by equality, so nothing may be added to it. */
export const contentTypes: Readonly<Record<Framing, string>> = {
  ndjson: 'application/x-ndjson',
  bson: 'application/vnd.powersync.bson-stream',
};

/** What the client prefers by its weights; NDJSON when it does not say. */
export function chooseFraming(accept: string | undefined): Framing {
  const weights: Record<Framing, number> = { ndjson: 0, bson: 0 };
  for (const offer of (accept ?? '').split(',')) {
    const [type, ...parameters] = offer.split(';').map((part) => part.trim().toLowerCase());
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    if (type === contentTypes.bson) weights.bson = weight;
    if (type === contentTypes.ndjson) weights.ndjson = weight;
  }
  return weights.bson > weights.ndjson ? 'bson' : 'ndjson';
}
