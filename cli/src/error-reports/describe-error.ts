import { withoutPersonalWords } from './without-personal-words.ts';

/** One error as Sentry's protocol wants it. */
export type ErrorValue = {
  readonly type: string;
  readonly value: string;
  readonly stacktrace?: { readonly frames: readonly Frame[] };
};

type Frame = {
  readonly function: string;
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly in_app: boolean;
};

const MOST_CAUSES = 5;
const MOST_FRAMES = 50;

/** An error and what caused it, the innermost cause first. Files are named from `root` on: paths name people too. */
export function describeError(thrown: unknown, root: string): readonly ErrorValue[] {
  const values: ErrorValue[] = [];
  for (let at = thrown; at instanceof Error && values.length < MOST_CAUSES; at = at.cause) {
    values.unshift(describeOne(at, root));
  }
  return values.length > 0 ? values : [{ type: 'Error', value: withoutPersonalWords(String(thrown)) }];
}

function describeOne(error: Error, root: string): ErrorValue {
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frames = framesOf(error.stack ?? '', root);
  return {
    type: `${error.name}${code}`,
    value: withoutPersonalWords(error.message),
    ...(frames.length === 0 ? {} : { stacktrace: { frames } }),
  };
}

const FRAME = /^\s+at (?:(.+?) \()?(?:file:\/\/)?(\S+?):(\d+):(\d+)\)?$/;

/** The outermost call first. */
function framesOf(stack: string, root: string): readonly Frame[] {
  return stack
    .split('\n')
    .flatMap((line) => {
      const [, name = '<anonymous>', file, lineno, colno] = FRAME.exec(line) ?? [];
      if (file === undefined) return [];
      const isOurs = file.startsWith(root) && !file.includes('/node_modules/');
      const filename = file.startsWith(root)
        ? file.slice(root.length + 1)
        : (/[^/\\]+$/.exec(file)?.[0] ?? '');
      return { function: name, filename, lineno: Number(lineno), colno: Number(colno), in_app: isOurs };
    })
    .slice(0, MOST_FRAMES)
    .reverse();
}
