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
  `ls pwd cat head tail wc grep egrep rg cut sort uniq tr file stat du df which true false echo basename dirname realpath readlink
  date uname whoami id hostname tree diff cmp jq cd mkdir touch sleep test type ps lsof free uptime nproc printenv less column
  paste seq md5sum sha256sum xxd strings base64 pytest ruff mypy black eslint prettier tsc vitest jest
  git npm find gh docker kubectl go cargo npx pip uv poetry terraform helm`.split(/\s+/);

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
    `_c='"' _d='"' _t= _k= _o= _p= _i=0 _n= _f=' '`,
    // Of backslashes only those before a quote: then every piece between two quotes, or more, is one string of the JSON.
    `case $_j in *\\\\[!\\"]*|*\\\\) ;; *)`,
    "IFS='\"'",
    'set -f',
    'for _w in $_j; do',
    'if [ $_i = 0 ]; then',
    'case $_k in command|cmd|cwd|directory|tool_name|toolName|tool) case $_w in :) ;; *) _t=; break ;; esac ;; esac',
    '_o=$_w _i=1',
    'else',
    // A string goes on behind a quote of its own; how far is bounded, for joining it takes the square of its length.
    `case $_w in *\\\\) _p=$_p\${_w%?}'"'; case \${#_p} in ????*) _t=; break ;; esac; continue ;; esac`,
    '_w=$_p$_w _p= _i=0',
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
    `case $_t in ${SHELL_TOOLS}) case $_c in ''|'"') ;; *) case $_d in /*)`,
    '_y=$_d',
    'until [ -e "$_y/.guard.yaml" ]; do',
    `if [ -e "$_y/.git" ] || [ "$_y" = ${quote([home])} ] || [ -z "$_y" ]; then`,
    newer.length === 0 ? '_n=0' : `test ${newer.join(' -o ')} || _n=0`,
    'break',
    'fi',
    '_y=${_y%/*}',
    'done',
    'esac ;; esac ;; esac',
    ...quoteLines(),
  ];
}

/** Outside quotes; in single and in double ones, of what is special only that which nobody looks at there. No braces: ksh would look; no `]`: shells differ on it. */
const PLAIN = 'A-Za-z0-9_./:=,@%+\\ \\&\\|\\;\\>';
const IN_DOUBLE = `${PLAIN}\\(\\)\\<*?#^~\\[\\'`;
const IN_SINGLE = `${PLAIN}\\(\\)\\<*?#^~\\[\\"\\$\\\`!`;

/**
 * Where there are quotes in `_c`, make it words with newlines between them, as `_f` then says. What parts commands stands by
 * itself outside quotes, and no word in them is only that.
 */
function quoteLines(): readonly string[] {
  const live = '*[\\&\\|\\;\\>]*';
  return [
    'case $_n$_c in',
    `0*[\\'\\"]*)`,
    "_l=$_c _c= _g= _f='",
    "' IFS=' '",
    'while [ "$_n" ]; do',
    `_a=\${_l%%[\\'\\"]*}`,
    '_l=${_l#"$_a"}',
    // Next to a quote nothing may part commands: `"a"&&`, `>"x"`.
    `case $_g\${_a%% *} in x${live}) _n= ;; esac`,
    `case $_l in ?*) case \${_a##* } in ${live}) _n= ;; esac ;; esac`,
    `case $_a in *[!${PLAIN}-]*) _n= ;; ' '*) _c=$_c$_f ;; esac`,
    '_g=',
    'for _w in $_a; do',
    `case $_w in ${SEPARATORS}|${REDIRECTIONS}) ;; ${live}) _n= ;; esac`,
    '_c=$_c$_g$_w _g=$_f',
    'done',
    "case $_a in *' ') _c=$_c$_f ;; esac",
    'case $_l in',
    `'') break ;; \\'*) _g=\\' ;; *) _g=\\" ;;`,
    'esac',
    '_l=${_l#?}',
    'case $_l in *"$_g"*) ;; *) _n= ;; esac',
    '_a=${_l%%"$_g"*}',
    '_l=${_l#"$_a"}',
    '_l=${_l#?}',
    `case $_g$_a in ?|\\"*[!${IN_DOUBLE}-]*|\\'*[!${IN_SINGLE}-]*) _n= ;; esac`,
    `case $_a in ${live}) case $_a in *[!\\&\\|\\;\\>12/devnul]*) ;; *) _n= ;; esac ;; esac`,
    '_c=$_c$_a _g=x',
    'done ;;',
    `0*[!${PLAIN}-]*) _n= ;;`,
    'esac',
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
    'IFS=$_f _s=p',
    "for _w in $_c ';'; do",
    'case $_w in',
    `${SEPARATORS}) case $_s in p) ${FAIL} ;; esac; _s=p; continue ;;`,
    `${REDIRECTIONS}) case $_s in p) ${FAIL} ;; esac; continue ;;`,
    `*[\\&\\|\\;\\>]*) case $_f in ' ') ${FAIL} ;; esac ;;`,
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
