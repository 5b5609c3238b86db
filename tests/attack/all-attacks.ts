import type { Attack } from './attack.ts';
import { heavyBodies, slowClients } from './attacks/bodies.ts';
import { foreignIds } from './attacks/foreign-ids.ts';
import { replayedKeys } from './attacks/idempotency.ts';
import { injection } from './attacks/injection.ts';
import { forgedOperations } from './attacks/operations.ts';
import { pathTricks } from './attacks/paths.ts';
import { crossSite, loginTricks } from './attacks/sign-in.ts';
import { foreignStreams } from './attacks/streams.ts';
import { timing } from './attacks/timing.ts';
import { forgedTokens, misusedTokens } from './attacks/tokens.ts';
import { otherContentTypes, smuggling, unknownMethods } from './attacks/wire.ts';

/**
 * In this order: times and operations before ids of the other company are written anywhere (who registers a device under
 * such an id has one of that id); what makes the server work hard comes last.
 */
export const allAttacks: readonly Attack[] = [
  timing,
  forgedTokens,
  misusedTokens,
  forgedOperations,
  foreignStreams,
  foreignIds,
  replayedKeys,
  loginTricks,
  crossSite,
  injection,
  pathTricks,
  otherContentTypes,
  unknownMethods,
  smuggling,
  heavyBodies,
  slowClients,
];
