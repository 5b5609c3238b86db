/** What is known of one company: ids to send, and what must never be seen by another. */
export type Knowledge = {
  /** Ids to send, by what they are of, as fields of the wire name it: asset, person, device. */
  readonly idsByKind: ReadonlyMap<string, readonly string[]>;
  /** All others, which are never sent: what was sent once may be told back for ever, and by right. */
  readonly ids: ReadonlySet<string>;
  /** Words that stand in its rows and nowhere else; never sent where they could be kept. */
  readonly canaries: readonly string[];
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

export function uuidsIn(text: string): string[] {
  return [...text.matchAll(UUID)].map(([id]) => id.toLowerCase());
}

/** What of another company stands in an answer, that was not sent with the question; null where nothing does. */
export function seenOf({ ids, canaries }: Knowledge, answer: string, question: string): string | null {
  const sent = new Set(uuidsIn(question));
  const id = uuidsIn(answer).find((each) => ids.has(each) && !sent.has(each));
  if (id !== undefined) return `the id ${id} of the other company`;
  const canary = canaries.find((each) => answer.includes(each) && !question.includes(each));
  return canary === undefined ? null : `"${canary}" of the other company`;
}

/** The same word for fields of the wire, tables and answers: `asset_ids`, `assets` and `assetId` are of an asset. */
export function kindOf(name: string): string {
  const snake = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const stem = snake
    .replace(/(^|_)ids?$/, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');
  return aliases[stem] ?? stem;
}

const aliases: Readonly<Record<string, string>> = {
  case: 'asset',
  user: 'person',
  people: 'person',
  recorded_by: 'person',
  storage_location: 'location',
  pull_list_line: 'line',
};

/** What the answers of reads tell a person of their own company. */
export function learnFrom(answers: readonly string[], strangers: readonly string[]): Knowledge {
  const idsByKind = new Map<string, Set<string>>();
  const words = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) walk(each, name);
    else if (typeof value === 'string') {
      const [id] = uuidsIn(value);
      if (id === value.toLowerCase())
        idsByKind.set(kindOf(key), (idsByKind.get(kindOf(key)) ?? new Set()).add(id));
      else if (/name|email/i.test(key) && value.length >= 8) words.add(value);
    }
  };
  for (const answer of answers) walk(JSON.parse(answer), '');
  const elsewhere = strangers.join('\n').toLowerCase();
  const isOwn = (text: string) => !elsewhere.includes(text.toLowerCase());
  return knowledgeOf(idsByKind, answers.flatMap(uuidsIn).filter(isOwn), [...words].filter(isOwn));
}

const MOST_SENT = 10;

/** Keeps apart what may be sent, some of each kind, and what is only looked for. */
export function knowledgeOf(
  allByKind: ReadonlyMap<string, Iterable<string>>,
  all: Iterable<string>,
  canaries: readonly string[],
): Knowledge {
  const idsByKind = new Map(
    [...allByKind].map(([kind, known]) => {
      const ids = [...known];
      return [kind, ids.slice(0, Math.min(MOST_SENT, Math.ceil(ids.length / 2)))] as const;
    }),
  );
  const sent = new Set([...idsByKind.values()].flat());
  return { idsByKind, ids: new Set([...all].filter((id) => !sent.has(id))), canaries };
}
