/** The SPDX names that docs/decisions/0005 allows; throws where it names none. */
export function readAllowedLicences(decision: string): ReadonlySet<string> {
  const [, list = ''] =
    /as `npm run check` reads it from here \(SPDX\):([^.]*(?:\.\d[^.]*)*)\./.exec(decision) ?? [];
  const names = [...list.matchAll(/`([\w.-]+)`/g)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error('the decision about licences names none');
  return new Set(names);
}

/** Whether an SPDX expression lets us: of OR one side, of AND both. What cannot be read does not. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const words = expression.replace(/[()]/g, ' $& ').trim().split(/\s+/);
  let at = 0;
  const readOr = (): boolean => {
    let is = readAnd();
    while (words[at] === 'OR') {
      at += 1;
      is = readAnd() || is;
    }
    return is;
  };
  const readAnd = (): boolean => {
    let is = readOne();
    while (words[at] === 'AND') {
      at += 1;
      is = readOne() && is;
    }
    return is;
  };
  const readOne = (): boolean => {
    const word = words[at] ?? '';
    at += 1;
    if (word !== '(') return allowed.has(word);
    const is = readOr();
    const isClosed = words[at] === ')';
    at += 1;
    return is && isClosed;
  };
  return readOr() && at === words.length;
}
