/** `guard completion`: a completion script for bash, zsh or fish, made from the commands as they are registered. */

import { Argument, type Command } from 'commander';
import { shellWord } from '../../text.js';
import type { Context } from '../context.js';
import { Naming, OFFER } from '../offers.js';

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
  /** What `guard offer` is asked for, for names of what there is now. */
  readonly kind: string | undefined;
  /** Files may follow too, or anything else that only the shell knows. */
  readonly free: boolean;
}

function placesOf(command: Command, path: readonly string[] = []): readonly Place[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter(one => one.name() !== 'help');
  const choices = command.registeredArguments.flatMap(one => one.argChoices ?? []);
  const kind = command.registeredArguments.find(one => one instanceof Naming)?.kind;
  const words = [
    ...commands.map(one => ({ word: one.name(), about: one.description() })),
    ...choices.map(word => ({ word, about: '' })),
    ...help
      .visibleOptions(command)
      .map(one => ({ word: one.long ?? one.short ?? '', about: one.description })),
  ];
  const free = command.registeredArguments.length > 0 && choices.length === 0 && kind === undefined;
  return [{ path, words, kind, free }, ...commands.flatMap(one => placesOf(one, [...path, one.name()]))];
}

/**
 * After the longest command path that the line starts with, its words are offered, and the names of what there is; after
 * `exec --` and `check --`, a program; where there are none, files.
 */
function bash(program: Command): string {
  const cases = placesOf(program)
    .toReversed()
    .map(({ path, words, kind }) => {
      const offered = words.map(({ word }) => word).join(' ');
      return `    '${path.join(' ')}'*) words='${offered}'${kind ? ` kind=${kind}` : ''} ;;`;
    });
  return `_guard() {
  local current=\${COMP_WORDS[COMP_CWORD]} words kind value
  if [[ $COMP_CWORD -gt 1 && $current != -* ]]; then
    case \${COMP_WORDS[1]} in
      exec | check)
        if [[ $COMP_CWORD -eq 2 || \${COMP_WORDS[COMP_CWORD-1]} == -- ]]; then COMPREPLY=($(compgen -c -- "$current")); fi
        return
        ;;
    esac
  fi
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $kind && $current != -* ]]; then
    compopt +o default 2>/dev/null
    while IFS=$'\\t' read -r value _; do
      if [[ $value == "$current"* ]]; then COMPREPLY+=("$value"); fi
    done < <(guard ${OFFER} "$kind" 2>/dev/null)
  fi
}
complete -o default -F _guard guard`;
}

/** With descriptions, as fish has them. Whether it is sourced or lies in `fpath`, the first TAB already completes. */
function zsh(program: Command): string {
  const cases = placesOf(program)
    .toReversed()
    .map(({ path, words, kind, free }) => {
      const offered = words.map(({ word, about }) => shellWord(`${word}:${about}`)).join(' ');
      const more = `${kind ? ` kind=${kind}` : ''}${free ? ' files=1' : ''}`;
      return `    '${path.join(' ')}'*) offered=(${offered})${more} ;;`;
    });
  return `#compdef guard
_guard() {
  local -a offered
  local files kind line
  local -i dashes=\${words[(I)--]}
  if [[ \${words[2]} == (exec|check) ]] && (( dashes > 0 && dashes < CURRENT )); then
    shift dashes words
    (( CURRENT -= dashes ))
    _normal
    return
  fi
  case "\${(j: :)words[2,CURRENT-1]}" in
${cases.join('\n')}
  esac
  if [[ -n $kind && $PREFIX != -* ]]; then
    for line in \${(f)"$(guard ${OFFER} $kind 2>/dev/null)"}; do offered+=("\${line/$'\\t'/:}"); done
  fi
  if _describe guard offered && [[ -z $files ]] || [[ -n $kind ]]; then return; fi
  _files
}
if [[ \${funcstack[1]} == _guard ]]; then _guard "$@"; else compdef _guard guard; fi`;
}

function fish(program: Command): string {
  const lines = placesOf(program).flatMap(({ path, words, kind, free }) => {
    const seen = path.map(word => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const when = path.length === 0 ? '__fish_use_subcommand' : seen;
    const begin = `complete -c guard ${free ? '' : '-f '}-n '${when}'`;
    const fixed = words.map(({ word, about }) => {
      const text = about.replaceAll("'", "\\'");
      const what = word.startsWith('--')
        ? `-l ${word.slice(2)}`
        : word.startsWith('-')
          ? `-s ${word.slice(1)}`
          : `-a ${word}`;
      return `${begin} ${what} -d '${text}'`;
    });
    return kind === undefined ? fixed : [...fixed, `${begin} -a '(guard ${OFFER} ${kind} 2>/dev/null)'`];
  });
  return lines.join('\n');
}
