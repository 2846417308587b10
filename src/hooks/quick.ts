/**
 * The lines of the hook's front program that answer plainly harmless commands without node: an allowlist parser in sh for
 * one event on one line, and the automata of src/plain for the programs in it. Whatever it is not sure of goes on behind
 * these lines. Pure; decides nothing by itself.
 */

import type { PlainProgram, PlainState } from '../plain/program.js';
import { environmentTest, speakingTest } from '../plain/shell.js';
import { shellPattern } from '../plain/word-class.js';
import { type EventSurroundings, partingLines, REDIRECTIONS, SEPARATORS } from './parting.js';

/** Programs that agents call most: a command of others goes to the judge. */
export const EVERYDAY: readonly string[] =
  `ls pwd cat head tail wc grep egrep rg cut sort uniq tr file stat du df which true false echo basename dirname realpath readlink
  date uname whoami id hostname tree diff cmp jq cd mkdir touch sleep test type ps lsof free uptime nproc printenv less column
  paste seq nl tac rev comm fold od hexdump md5sum sha256sum xxd strings base64 pytest ruff mypy black eslint prettier tsc vitest jest
  git sed npm find gh docker kubectl go cargo npx pip uv poetry terraform helm`.split(/\s+/);

/** A program and what of it is plain. */
interface QuickProgram {
  readonly name: string;
  readonly plain: PlainProgram;
}

/** What the lines are made of. */
export interface QuickParts extends EventSurroundings {
  readonly programs: readonly QuickProgram[];
}

/** What is done with an event, in sh. */
interface Outcomes {
  /** It asks for nothing but plain commands. */
  readonly pass: string;
  /** It needs the judge; goes no further. */
  readonly judge: string;
  /** Lines that `judge` needs to have been read. */
  readonly judging: readonly string[];
}

/**
 * Lines that end the script with status 0 where the event asks for nothing but plain commands. Else `judge` finds in `_j`
 * what they have read of standard input, and in `_e` whether it had ended there. Edits are left unread: sh would read them a
 * byte at a time, and it knows nothing of files.
 */
export function quickLines(parts: QuickParts, judge: string, judging: readonly string[]): readonly string[] {
  return [
    '_e=',
    '[ "${2-}" = edits ] || IFS= read -r _j || _e=1',
    ...quickTests(parts, { pass: 'exit 0', judge, judging }),
    judge,
  ];
}

/**
 * Lines that run `pass` where the event in `_j` asks for nothing but plain commands. sh parses each when it comes to it, and
 * parsing is what costs: first what takes the event apart, then programs that take any words, then one program after the
 * other, until none is left or one needs the judge. `_n` counts the commands that are still to be understood; it is empty
 * where one needs the judge.
 */
export function quickTests(parts: QuickParts, { pass, judge, judging }: Outcomes): readonly string[] {
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
    ...judging,
    ...others.flatMap(group => programLines(group, judge)),
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

/** The commands of programs with one automaton, where none yet needs the judge; those of others are passed over. */
function programLines({ names, plain }: Group, judge: string): readonly string[] {
  const harmless = environmentTest(plain.environment);
  const speaking = plain.speaking && speakingTest(plain.speaking, '$_c', judge);
  const ends = plain.states.flatMap((state, i) => (state.ends ? [i] : []));
  return [
    `[ "$_n" ] || ${judge}`,
    ...(harmless === undefined ? [] : [`{ ${harmless}; } || ${judge}`]),
    ...(speaking === undefined ? [] : [speaking]),
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
