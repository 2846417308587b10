/**
 * The lines of the hook's front program that answer plainly harmless commands without node: an allowlist parser in sh for
 * one event on one line, and the automata of src/plain for the programs in it. Whatever it is not sure of goes on behind
 * these lines. Pure; decides nothing by itself.
 */

import type { PlainProgram, PlainState } from '../plain/program.js';
import { environmentTest, speakingTest } from '../plain/shell.js';
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
 * they have read of standard input, and in `_e` whether it had ended there. Edits are left unread: sh would read them a
 * byte at a time, and it knows nothing of files.
 */
export function quickLines(parts: QuickParts): readonly string[] {
  return ['_e=', '[ "${2-}" = edits ] || IFS= read -r _j || _e=1', ...quickTests(parts, 'exit 0'), "IFS=' '"];
}

/**
 * Lines that run `pass` where the event in `_j` asks for nothing but plain commands. sh parses each when it comes to it, and
 * parsing is what costs: first what takes the event apart, then programs that take any words, then one program after the
 * other, until none is left. `_n` counts the commands that are still to be understood; it is empty where one needs the judge.
 */
export function quickTests(parts: QuickParts, pass: string): readonly string[] {
  const groups = grouped(parts.programs.filter(({ plain }) => plain.states.length > 0));
  const simple = groups.filter(isSimple);
  const others = groups.filter(group => !isSimple(group));
  return [
    ...partingLines(parts),
    '_gp() {',
    // The event ends here, or what follows it is for the judge to see.
    'IFS= read -r _m',
    `case $_m in "") ${pass} ;; esac`,
    '_n= _j="$_j',
    '$_m"',
    '}',
    ...wordLines(simple, others),
    ...others.flatMap(programLines),
  ];
}

/** Take the event apart: its command is then in `_c`, and `_n` is 0 where it can be looked at. */
function partingLines({ home, sources, script }: QuickParts): readonly string[] {
  const newer = sources.map(source => `${quote([source])} -nt ${quote([script])}`);
  return [
    // What no piece between two quotes can be.
    `_c='"' _d='"' _t= _k= _o= _i=0 _n=`,
    // Without backslashes every piece between two quotes is one string of the JSON.
    'case $_j in *\\\\*) ;; *)',
    "IFS='\"'",
    'set -f',
    'for _w in $_j; do',
    'if [ $_i = 0 ]; then',
    'case $_k in command|cmd|cwd|directory|tool_name|toolName|tool) case $_w in :) ;; *) _t=; break ;; esac ;; esac',
    '_o=$_w _i=1',
    'else',
    '_i=0',
    'case $_o in',
    ':) case $_k in',
    `command|cmd) case $_c in '"') _c=$_w ;; *) _t=; break ;; esac ;;`,
    `cwd|directory) case $_d in '"') _d=$_w ;; *) _t=; break ;; esac ;;`,
    'tool_name|toolName|tool) case $_t in "") _t=$_w ;; *) _t=; break ;; esac ;;',
    'workdir|dir_path|working_directory) _t=; break ;;',
    'esac',
    '_k= ;;',
    '*) _k=$_w ;;',
    'esac',
    'fi',
    'done ;;',
    'esac',
    `case $_t in ${SHELL_TOOLS}) case $_c in ''|*[!A-Za-z0-9_./:=,@%+\\ \\&\\|\\;\\>-]*) ;; *) case $_d in /*)`,
    '_y=$_d',
    'until [ -e "$_y/.guard.yaml" ]; do',
    `if [ -e "$_y/.git" ] || [ "$_y" = ${quote([home])} ] || [ -z "$_y" ]; then`,
    newer.length === 0 ? '_n=0' : `test ${newer.join(' -o ')} || _n=0`,
    'break',
    'fi',
    '_y=${_y%/*}',
    'done',
    'esac ;; esac ;; esac',
  ];
}

/** Programs with the same automaton: most take any words whatever. */
interface Group {
  readonly names: readonly string[];
  readonly plain: PlainProgram;
}

function grouped(programs: readonly QuickProgram[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { name, plain } of programs) {
    const key = JSON.stringify([plain.states, plain.environment, plain.speaking]);
    groups.set(key, { names: [...(groups.get(key)?.names ?? []), name], plain });
  }
  return [...groups.values()];
}

/** Do several programs take any words but a few, to the end and whatever the environment? */
function isSimple({ names, plain: { states, environment } }: Group): boolean {
  const [{ ends, steps, rest } = { ends: false, steps: [], rest: undefined }] = states;
  return names.length > 1 && environment.length === 0 && ends && steps.length === 0 && rest === 0;
}

const FAIL = '_n=; break';
const SEPARATORS = "'&&'|'||'|'|'|';'";
const REDIRECTIONS = "'2>&1'|'>/dev/null'|'2>/dev/null'";

/** The words of simple programs, and how many commands of others there are. `p` is where a program's name is to stand. */
function wordLines(simple: readonly Group[], others: readonly Group[]): readonly string[] {
  const arms = [
    ...simple.map(({ names }, at) => `${names.join('|')}) _s=${at} ;;`),
    ...(others.length > 0 ? [`${others.flatMap(({ names }) => names).join('|')}) _s=- _n=$((_n+1)) ;;`] : []),
  ];
  const states = simple.flatMap(({ plain }, at) => {
    const careful = plain.states[0]!.careful.map(shellPattern).join('|');
    return careful === '' ? [] : [`${at}) case $_w in ${careful}) ${FAIL} ;; esac ;;`];
  });
  return [
    'if [ "$_n" ]; then',
    "IFS=' ' _s=p",
    "for _w in $_c ';'; do",
    'case $_w in',
    `${SEPARATORS}) case $_s in p) ${FAIL} ;; esac; _s=p; continue ;;`,
    `${REDIRECTIONS}) case $_s in p) ${FAIL} ;; esac; continue ;;`,
    `*[\\&\\|\\;\\>]*) ${FAIL} ;;`,
    'esac',
    'case $_s in',
    `p) case $_w in ${arms.join(' ')} *) ${FAIL} ;; esac ;;`,
    ...states,
    'esac',
    'done',
    'case $_n in 0) _gp ;; esac',
    'fi',
  ];
}

/** The commands of programs with one automaton; those of others are passed over. */
function programLines({ names, plain }: Group): readonly string[] {
  const harmless = environmentTest(plain.environment);
  const speaking = plain.speaking && speakingTest(plain.speaking, '$_c', '_n=');
  const ends = plain.states.flatMap((state, i) => (state.ends ? [i] : []));
  return [
    ...(harmless === undefined ? [] : [`{ ${harmless}; } || _n=`]),
    ...(speaking === undefined ? [] : [speaking]),
    'if [ "$_n" ]; then',
    '_s=p',
    "for _w in $_c ';'; do",
    'case $_w in',
    `${SEPARATORS}) case $_s in -) ;; ${ends.join('|')}) _n=$((_n-1)) ;; *) ${FAIL} ;; esac; _s=p; continue ;;`,
    `${REDIRECTIONS}) continue ;;`,
    'esac',
    'case $_s in',
    `p) case $_w in ${names.join('|')}) _s=0 ;; *) _s=- ;; esac ;;`,
    ...plain.states.map(stateCase),
    'esac',
    'done',
    'case $_n in 0) _gp ;; esac',
    'fi',
  ];
}

function stateCase({ steps, careful, rest }: PlainState, own: number): string {
  const arms = steps.map(({ words, to }) => `${words.join('|')}) _s=${to} ;;`);
  if (rest === undefined) arms.push(`*) ${FAIL} ;;`);
  else {
    if (careful.length > 0) arms.push(`${careful.map(shellPattern).join('|')}) ${FAIL} ;;`);
    if (rest !== own) arms.push(`*) _s=${rest} ;;`);
  }
  return `${own}) ${arms.length === 0 ? '' : `case $_w in ${arms.join(' ')} esac `};;`;
}
