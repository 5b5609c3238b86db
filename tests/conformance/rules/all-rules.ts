import type { Rule } from '#conformance/rule.ts';
import { answeringRules } from './answering.ts';
import { changeRules } from './changes.ts';
import { checkpointRules } from './checkpoints.ts';
import { grantRules } from './grants.ts';
import { limitRules } from './limits.ts';
import { resumingRules } from './resuming.ts';
import { stopRule, timeRules } from './time.ts';
import { writeCheckpointRules } from './write-checkpoints.ts';

/** In an order in which none spoils another's ground. */
export const allRules: readonly Rule[] = [
  ...answeringRules,
  ...checkpointRules,
  ...changeRules,
  ...grantRules,
  ...resumingRules,
  ...writeCheckpointRules,
  ...timeRules,
  ...limitRules,
  stopRule,
];
