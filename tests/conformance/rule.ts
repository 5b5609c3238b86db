import { NotCheckable, openScene, type Scene } from './scene.ts';
import type { Subject } from './subject.ts';

/** A sentence of the protocol and how to see whether it holds. The title begins with the id in the SPEC. */
export type Rule = {
  readonly title: string;
  /** Beyond the protocol: what EventKit's server promises, and another one may do otherwise. */
  readonly isOwn?: boolean;
  check(scene: Scene): Promise<void>;
};

export type Outcome = {
  readonly title: string;
  readonly isOwn: boolean;
  readonly result: 'passed' | 'failed' | 'not checkable';
  /** Why not. */
  readonly detail: string | null;
};

/** Throws where the rule does not hold, and NotCheckable where it cannot be seen. */
export async function checkRule(rule: Rule, subject: Subject): Promise<void> {
  const scene = openScene(subject);
  try {
    await rule.check(scene);
  } finally {
    scene.close();
  }
}

/** One after another, as some fill the server up and the last one stops it. */
export async function checkRules(
  rules: readonly Rule[],
  subject: Subject,
  onOutcome: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const rule of rules) {
    const outcome = await outcomeOf(rule, subject);
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  return outcomes;
}

async function outcomeOf(rule: Rule, subject: Subject): Promise<Outcome> {
  const { title, isOwn = false } = rule;
  try {
    await checkRule(rule, subject);
    return { title, isOwn, result: 'passed', detail: null };
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return { title, isOwn, result: thrown instanceof NotCheckable ? 'not checkable' : 'failed', detail };
  }
}
