import type { RandomSource } from '#simulation/random-source.ts';
import type { Target } from './target.ts';

/** What was sent, as far as it is needed to send it again, and why the answer is none that there should be. */
export type Breach = { readonly request: string; readonly why: string };

/** Counts what was tried, and holds what went through. */
export type Findings = {
  tried(count?: number): void;
  breach(request: string, why: string): void;
};

export type AttackOptions = {
  readonly target: Target;
  readonly random: RandomSource;
  readonly findings: Findings;
  /** How many calls an attack makes that draws them. */
  readonly callCount: number;
};

/** One way to get in. Null in place of a run: it needs what this target does not give, and says what. */
export type Attack = {
  readonly name: string;
  /** Why it cannot be tried here; null where it can. */
  readonly lacks: (target: Target) => string | null;
  run(options: AttackOptions): Promise<void>;
};

export type AttackResult = {
  readonly name: string;
  readonly tries: number;
  readonly breaches: readonly Breach[];
  /** Why it was not tried; null where it was. */
  readonly lacks: string | null;
};

/** Runs one attack. What it throws is a breach too: it was made for every answer that there should be. */
export async function runAttack(
  attack: Attack,
  options: Omit<AttackOptions, 'findings'>,
): Promise<AttackResult> {
  const breaches: Breach[] = [];
  let tries = 0;
  const lacks = attack.lacks(options.target);
  if (lacks !== null) return { name: attack.name, tries, breaches, lacks };
  const findings: Findings = {
    tried: (count = 1) => {
      tries += count;
    },
    breach: (request, why) => void breaches.push({ request, why }),
  };
  try {
    await attack.run({ ...options, random: options.random.fork(attack.name), findings });
  } catch (thrown) {
    breaches.push({
      request: 'the attack itself',
      why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
  }
  return { name: attack.name, tries, breaches, lacks };
}
