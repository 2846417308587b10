/** `guard completion`: a completion script for bash, zsh or fish, made from the commands as they are registered. */

import { Argument, type Command } from 'commander';
import type { Context } from '../context.js';

const shells = ['bash', 'zsh', 'fish'] as const;

export function registerCompletion(program: Command, context: Context): void {
  program
    .command('completion')
    .description('print a completion script for your shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .addHelpText(
      'after',
      `
Examples:
  guard completion bash >> ~/.bashrc
  guard completion zsh > "\${fpath[1]}/_guard"
  guard completion fish > ~/.config/fish/completions/guard.fish`,
    )
    .action((shell: (typeof shells)[number]) => {
      context.print(shell === 'fish' ? fish(program) : shell === 'zsh' ? zsh(program) : bash(program));
    });
}

/** A command path (`rule add`) with what may follow it. */
interface Place {
  readonly path: readonly string[];
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

function placesOf(command: Command, path: readonly string[] = []): readonly Place[] {
  const words = [
    ...command.commands.map(one => ({ word: one.name(), about: one.description() })),
    ...command.options.map(one => ({ word: one.long ?? one.short ?? '', about: one.description })),
    { word: '--help', about: 'help for this command' },
  ];
  return [{ path, words }, ...command.commands.flatMap(one => placesOf(one, [...path, one.name()]))];
}

/** After the longest command path that the line starts with, its words are offered; after `exec --`, commands. */
function bash(program: Command): string {
  const cases = placesOf(program)
    .toReversed()
    .map(
      ({ path, words }) => `    '${path.join(' ')}'*) words='${words.map(({ word }) => word).join(' ')}' ;;`,
    );
  return `_guard() {
  local current=\${COMP_WORDS[COMP_CWORD]} words
  if [[ \${COMP_WORDS[1]} == exec && $COMP_CWORD -gt 1 && $current != -* ]]; then
    COMPREPLY=($(compgen -c -- "$current"))
    return
  fi
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _guard guard`;
}

/** zsh runs the bash completion by its own compatibility. */
function zsh(program: Command): string {
  return `#compdef guard
autoload -Uz bashcompinit && bashcompinit
${bash(program)}`;
}

function fish(program: Command): string {
  const lines = placesOf(program).flatMap(({ path, words }) => {
    const seen = path.map(word => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const when = path.length === 0 ? '__fish_use_subcommand' : seen;
    return words.map(({ word, about }) => {
      const text = about.replaceAll("'", "\\'");
      const what = word.startsWith('--')
        ? `-l ${word.slice(2)}`
        : word.startsWith('-')
          ? `-s ${word.slice(1)}`
          : `-a ${word}`;
      return `complete -c guard -f -n '${when}' ${what} -d '${text}'`;
    });
  });
  return lines.join('\n');
}
