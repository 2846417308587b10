/**
 * The lines of the hook's front program that answer plainly harmless commands without node: an allowlist parser in sh for
 * one event on one line, and the automata of src/plain for the programs in it. Whatever it is not sure of goes on behind
 * these lines. Pure; decides nothing by itself.
 */

import type { PlainProgram, PlainState } from '../plain/program.js';
import { environmentTest } from '../plain/shell.js';
import { shellPattern } from '../plain/word-class.js';
import { quote } from '../text.js';

/** Programs that agents call most: a command of others goes to the judge. */
export const EVERYDAY: readonly string[] =
  'ls pwd cat head tail wc grep egrep rg cut sort uniq tr file stat du df which true echo basename dirname realpath readlink date uname whoami tree diff cmp jq cd git npm find gh docker kubectl go cargo'.split(
    ' ',
  );

/** A program and what of it is plain. */
interface QuickProgram {
  readonly name: string;
  readonly plain: PlainProgram;
}

/** What the lines are made of. */
export interface QuickParts {
  readonly programs: readonly QuickProgram[];
  /** Above it no project's rules are looked for. */
  readonly home: string;
  /** Files of policy: where one is newer than the script itself, it was made from another. */
  readonly sources: readonly string[];
  /** The script's own path. */
  readonly script: string;
}

/** No event of a shell tool is longer by much, and sh reads a byte at a time. */
const SHELL_TOOLS = 'Bash|bash|run_shell_command|shell|Shell';

/**
 * Lines that end the script with status 0 where the event asks for nothing but plain commands, and else leave in `_j` what
 * they have read of standard input.
 */
export function quickLines(parts: QuickParts): readonly string[] {
  return [...quickFunction(parts, 'exit 0'), 'IFS= read -r _j', '_gq', "IFS=' '"];
}

/**
 * The function `_gq`: runs `pass` where the event in `_j` asks for nothing but plain commands. Without backslashes every
 * piece between two quotes is one string of the JSON.
 */
export function quickFunction(
  { programs, home, sources, script }: QuickParts,
  pass: string,
): readonly string[] {
  const usable = programs.filter(({ plain }) => plain.states.length > 0);
  const tests = [...new Set(usable.flatMap(({ plain }) => environmentTest(plain) ?? []))];
  const groups = grouped(usable);
  return [
    '_gq() {',
    'case $_j in *\\\\*) return ;; esac',
    ...sources.map(source => `[ ${quote([source])} -nt ${quote([script])} ] && return`),
    ...tests.map(test => `{ ${test}; } || return`),
    '_i=0 _k= _o= _t=',
    "IFS='\"'",
    'set -f',
    'for _w in $_j; do',
    'if [ $_i = 0 ]; then',
    'case $_k in command|cmd|cwd|directory|tool_name|toolName|tool) case $_w in :) ;; *) return ;; esac ;; esac',
    '_o=$_w _i=1',
    'else',
    '_i=0',
    'case $_o in',
    ':) case $_k in',
    'command|cmd) [ -z "${_c+x}" ] || return; _c=$_w ;;',
    'cwd|directory) [ -z "${_d+x}" ] || return; _d=$_w ;;',
    'tool_name|toolName|tool) [ -z "$_t" ] || return; _t=$_w ;;',
    'workdir|dir_path|working_directory) return ;;',
    'esac',
    '_k= ;;',
    '*) _k=$_w ;;',
    'esac',
    'fi',
    'done',
    `case $_t in ${SHELL_TOOLS}) ;; *) return ;; esac`,
    "case ${_c-} in ''|*[!A-Za-z0-9_./:=,@%+\\ \\&\\|\\;\\>-]*) return ;; esac",
    'case ${_d-} in /*) ;; *) return ;; esac',
    '_y=$_d',
    'while [ ! -e "$_y/.guard.yaml" ]; do',
    `{ [ -e "$_y/.git" ] || [ "$_y" = ${quote([home])} ] || [ -z "$_y" ]; } && break`,
    '_y=${_y%/*}',
    'done',
    '[ -e "$_y/.guard.yaml" ] && return',
    "IFS=' '",
    '_s=p',
    "for _w in $_c ';'; do",
    'case $_w in',
    `'&&'|'||'|'|'|';') case $_s in ${endsOf(groups).join('|')}) _s=p; continue ;; esac; return ;;`,
    "'2>&1'|'>/dev/null'|'2>/dev/null') [ $_s = p ] && return; continue ;;",
    '*[\\&\\|\\;\\>]*) return ;;',
    'esac',
    'case $_s in',
    ...statesOf(groups),
    'esac',
    'done',
    // The event ends here, or what follows it is for the judge to see.
    'IFS= read -r _m',
    `case $_m in "") ${pass} ;; esac`,
    '_j="$_j',
    '$_m"',
    '}',
  ];
}

/** Programs with the same automaton: most take any words whatever. */
interface Group {
  readonly names: readonly string[];
  readonly states: readonly PlainState[];
}

function grouped(programs: readonly QuickProgram[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { name, plain } of programs) {
    const key = JSON.stringify(plain.states);
    groups.set(key, { names: [...(groups.get(key)?.names ?? []), name], states: plain.states });
  }
  return [...groups.values()];
}

function endsOf(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ states }, at) =>
    states.flatMap((state, i) => (state.ends ? [nameOf(at, i)] : [])),
  );
}

/** One `case` of every program's states; `p` is where a program's name is to stand. */
function statesOf(groups: readonly Group[]): readonly string[] {
  const names = groups.map((group, at) => `${group.names.join('|')}) _s=${nameOf(at, 0)} ;;`);
  return [
    `p) case $_w in ${names.join(' ')} *) return ;; esac ;;`,
    ...groups.flatMap(({ states }, at) => states.map((state, i) => stateCase(state, at, i))),
  ];
}

function stateCase({ steps, careful, rest }: PlainState, at: number, own: number): string {
  const arms = steps.map(({ words, to }) => `${words.join('|')}) _s=${nameOf(at, to)} ;;`);
  if (rest === undefined) arms.push('*) return ;;');
  else {
    if (careful.length > 0) arms.push(`${careful.map(shellPattern).join('|')}) return ;;`);
    if (rest !== own) arms.push(`*) _s=${nameOf(at, rest)} ;;`);
  }
  return `${nameOf(at, own)}) ${arms.length === 0 ? '' : `case $_w in ${arms.join(' ')} esac `};;`;
}

function nameOf(program: number, state: number): string {
  return `${program}.${state}`;
}
