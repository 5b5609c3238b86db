import { parseArgs } from 'node:util';

/** What an option is for; one with a number as `default` takes numbers, one that `isFlag` nothing. */
export type Option = { readonly says: string; readonly default?: string | number; readonly isFlag?: true };

export type Command = {
  /** How it is called, e.g. `npm run bench --`. */
  readonly call: string;
  /** What can be named, with one line each; a command without them takes none. */
  readonly names?: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, Option>>;
};

type ValueOf<One extends Option> = One extends { isFlag: true }
  ? boolean
  : One extends { default: number }
    ? number
    : One extends { default: string }
      ? string
      : string | undefined;

type NameOf<Given extends Command> = Given extends { names: infer Names } ? keyof Names & string : '';

export type ReadCommand<Given extends Command> =
  | {
      readonly ok: true;
      /** Empty where the command has no names. */
      readonly name: NameOf<Given>;
      readonly values: { readonly [Key in keyof Given['options']]: ValueOf<Given['options'][Key]> };
    }
  | { readonly ok: false; readonly text: string; readonly exitCode: 0 | 2 };

type Understood<Given extends Command> = Extract<ReadCommand<Given>, { ok: true }>;

/** What was called with these words; or what to print, where help was asked for or something is not understood. */
export function readCommand<const Given extends Command>(
  command: Given,
  words: readonly string[],
): ReadCommand<Given> {
  const problem = (text: string) =>
    ({ ok: false, text: `${text}\n\n${usageOf(command)}`, exitCode: 2 }) as const;
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parse(command, words);
  } catch (thrown) {
    return problem(thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (parsed.values['help'] === true) return { ok: false, text: usageOf(command), exitCode: 0 };
  const [name = '', ...more] = parsed.positionals;
  if (command.names !== undefined && name === '') return problem('which one?');
  if (name !== '' && !Object.hasOwn(command.names ?? {}, name)) return problem(`nobody knows "${name}"`);
  if (more.length > 0) return problem('one name at a time');
  const values: Record<string, string | number | boolean | undefined> = {};
  for (const [key, option] of Object.entries(command.options)) {
    const given = parsed.values[key];
    const value = typeof option.default === 'number' && given !== undefined ? Number(given) : given;
    if (Number.isNaN(value)) return problem(`--${key} takes a number, not "${given}"`);
    values[key] = value ?? (option.isFlag === true ? false : option.default);
  }
  return { ok: true, name, values } as unknown as Understood<Given>;
}

/** The same of the words of this process, which ends where there is something to print. */
export function readCommandLine<const Given extends Command>(command: Given): Understood<Given> {
  const read = readCommand(command, process.argv.slice(2));
  if (read.ok) return read;
  (read.exitCode === 0 ? console.log : console.error)(read.text);
  process.exit(read.exitCode);
}

function parse({ options }: Command, words: readonly string[]) {
  const types = Object.entries(options).map(
    ([key, { isFlag }]) => [key, { type: isFlag === true ? 'boolean' : 'string' }] as const,
  );
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
  });
}

function usageOf({ call, names, options }: Command): string {
  const described = Object.entries(options).map(
    ([key, { says, default: usual }]) =>
      [`--${key}`, usual === undefined ? says : `${says} (${usual})`] as const,
  );
  return [
    `usage: ${call}${names === undefined ? '' : ' <name>'} [options]`,
    ...table(Object.entries(names ?? {})),
    ...table([...described, ['--help', 'prints this']]),
  ].join('\n');
}

function table(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([word]) => word.length));
  return lines.map(([word, says]) => `  ${word.padEnd(width)}  ${says}`);
}
