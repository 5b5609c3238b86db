import { knownCalls } from '#api-client/known-calls.ts';
import { type Shell, shells } from '#parse-arguments.ts';

/** A script that completes commands, their options, and the calls of `eventkit call`, for the shell to read. */
export function completionOf(
  shell: Shell,
  optionsByCommand: Readonly<Record<string, readonly string[]>>,
): string {
  const calls = knownCalls.map(({ name }) => name);
  const first = [...new Set(Object.keys(optionsByCommand).map((command) => command.split(' ')[0] ?? ''))];
  const options = Object.entries(optionsByCommand).map(([command, names]) => ({
    first: command.split(' ')[0] ?? '',
    second: command.split(' ')[1],
    names: names.map((name) => `--${name}`),
  }));
  const wordsAfter = (command: string): string[] => [
    ...options
      .filter((one) => one.first === command)
      .flatMap(({ second, names }) => [...(second === undefined ? [] : [second]), ...names]),
    ...(command === 'call' ? calls : []),
    ...(command === 'completion' ? shells : []),
  ];
  const cases = first.map((command) => ({ command, words: [...new Set(wordsAfter(command))] }));
  switch (shell) {
    case 'bash':
    case 'zsh':
      return [
        ...(shell === 'zsh' ? ['autoload -Uz bashcompinit && bashcompinit'] : []),
        '_eventkit() {',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell fills this in
        '  local words second="${COMP_WORDS[1]}" last="${COMP_WORDS[COMP_CWORD]}"',
        '  if [ "$COMP_CWORD" -le 1 ]; then',
        `    words="${first.join(' ')}"`,
        '  else',
        '    case "$second" in',
        ...cases.map(({ command, words }) => `      ${command}) words="${words.join(' ')}" ;;`),
        '    esac',
        '  fi',
        '  COMPREPLY=($(compgen -W "$words" -- "$last"))',
        '}',
        'complete -F _eventkit eventkit',
      ].join('\n');
    case 'fish':
      return [
        'complete -c eventkit -f',
        `complete -c eventkit -n __fish_use_subcommand -a "${first.join(' ')}"`,
        ...cases
          .filter(({ words }) => words.length > 0)
          .map(
            ({ command, words }) =>
              `complete -c eventkit -n "__fish_seen_subcommand_from ${command}" -a "${words.join(' ')}"`,
          ),
      ].join('\n');
  }
}
