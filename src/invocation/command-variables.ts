/**
 * Variables that hold a command which the program runs (`PAGER`, `EDITOR`, `RSYNC_RSH`, `LESSOPEN`) or options that it
 * reads before its own (`TAR_OPTIONS`). Of commands only those that the command itself or its script sets. May not judge.
 */

import type { World } from '../port.js';
import { certain, uncertain, type Word } from '../shell/command.js';
import type { Grammar, Inner } from './grammar.js';
import type { Invocation } from './invocation.js';

/** Run with the name of one file behind it. */
const EDITS = /(^|_)(EDITOR|VISUAL|FCEDIT|LESSEDIT)$|^(HG|CVS|SUDO_)EDITOR$/;
/** Run as it stands: it reads its input, asks or connects. */
const RUNS =
  /PAGER$|(^|_)(BROWSER|ASKPASS)$|^(RSYNC_RSH|RSYNC_CONNECT_PROG|CVS_RSH|SVN_SSH|PROMPT_COMMAND|LESSOPEN|LESSCLOSE|(FZF|SKIM)_[A-Z_]*COMMAND|KUBECTL_EXTERNAL_DIFF)$/;
/** Code of an interpreter that reads it before its own: the words in front of it. */
const CODE: Readonly<Record<string, string>> = {
  VIMINIT: 'vim -c',
  EXINIT: 'vim -c',
  LUA_INIT: 'lua -e',
  PERL5DB: 'perl -e',
  PYTHONSTARTUP: 'python3',
};
/** Options of an interpreter that every program in it starts with, where they load or run something: what stands around them. */
const OPTIONS: Readonly<Record<string, readonly [matters: RegExp, program: string, ...rest: string[]]>> = {
  NODE_OPTIONS: [/(^|\s)(-r|--require|--import)\b/, 'node', '-e', ''],
  RUBYOPT: [/(^|\s)-r/, 'ruby', '-e', ''],
  PERL5OPT: [/(^|\s)-?[mM]/, 'perl', '-e', ''],
  ...Object.fromEntries(
    ['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS'].map(name => [
      name,
      [/-XX:On/, 'java', '-version'],
    ]),
  ),
};
/** git(1) runs its own. */
const GITS = /^(GIT_|PAGER$|EDITOR$|VISUAL$|SSH_ASKPASS$)/;

/** The commands in an invocation's variables. */
export function commandsInVariables({ tool, environment, argv }: Invocation): readonly Inner[] {
  if (environment.length === 0 || argv.length === 0) return [];
  const last = new Map(environment.map(({ name, value }) => [name, value] as const));
  return [...last].flatMap(([name, value]): readonly Inner[] => {
    if (value.certain && value.text.trim() === '') return [];
    // What it runs has the variable too; without it, the command does not lead back here.
    const inherited = [{ name, value: certain('') }];
    // bash(1): expanded before each line that `set -x` shows.
    if (name === 'PS4' && /[$`]/.test(value.text))
      return [{ via: name, script: { ...value, text: `: "${value.text}"` }, environment: inherited }];
    // bash(1), FUNCTIONS: what `export -f` leaves in the environment is a function's body.
    const [, body] = (/^BASH_FUNC_.+(%%|\(\))$/.test(name) && /^\(\)\s*(\{.*)$/s.exec(value.text)) || [];
    if (body !== undefined) return [{ via: name, script: { ...value, text: body }, environment: inherited }];
    const interpreter = Object.hasOwn(CODE, name) ? CODE[name] : undefined;
    if (interpreter !== undefined)
      return [{ via: name, words: [...interpreter.split(' ').map(certain), value], environment: inherited }];
    // node(1), ruby(1), perlrun(1): npm's programs and a tool's load them too.
    const [matters, program, ...rest] = (Object.hasOwn(OPTIONS, name) && OPTIONS[name]) || [];
    if (matters?.test(value.text) && program !== undefined) {
      // Only node and java know quotes there (node(1), NODE_OPTIONS; java(1)).
      const given = /^(ruby|perl)$/.test(program) ? value.text.trim().split(/\s+/) : quotedWords(value.text);
      const words = [program, ...given, ...rest].map(text => ({
        text,
        certain: value.certain,
      }));
      return [{ via: name, words, environment: inherited }];
    }
    const isEditor = EDITS.test(name);
    if ((!isEditor && !RUNS.test(name)) || (tool === 'git' && GITS.test(name))) return [];
    // less(1), INPUT PREPROCESSOR: what stands before the command says how its output is taken.
    const command = name === 'LESSOPEN' ? { ...value, text: value.text.replace(/^\|{0,2}-?/, '') } : value;
    const file = isEditor ? [uncertain()] : [];
    return commandIn(name, command, file).map(inner => ({ ...inner, environment: inherited }));
  });
}

/** A command in a string, with arguments that the program adds; a value without one gives nothing. */
export function commandIn(via: string, value: Word, more: readonly Word[] = []): readonly Inner[] {
  if (value.certain && value.text.trim() === '') return [];
  // Plain words need no shell parser, and are nearly all there is: `less -R`, `ssh -i key`.
  if (value.certain && /^[\w./:@%+,=\- \t]+$/.test(value.text) && !/^\s*\w+=/.test(value.text)) {
    const words = value.text.trim().split(/[ \t]+/);
    return [{ via, words: [...words.map(certain), ...more] }];
  }
  return [{ via, script: value }];
}

/** The words that a program reads as if they stood first on its command line. */
export function optionsInVariables(
  grammar: Grammar | undefined,
  environment: Invocation['environment'],
  doors: World['env'],
): readonly Word[] {
  const names = grammar?.optionsIn ?? [];
  return names.flatMap(name => {
    const value = environment.findLast(one => one.name === name)?.value ?? certain(doors[name] ?? '');
    const words = quotedWords(value.text);
    const [first] = words;
    // make(1): letters stand first and need no dash.
    if (first !== undefined && name.endsWith('MAKEFLAGS') && /^[a-zA-Z]+$/.test(first))
      words[0] = `-${first}`;
    return words.map(text => ({ text, certain: value.certain }));
  });
}

/** Words between blanks, with quotes and backslashes as tar, make and node read them in a variable. */
function quotedWords(text: string): string[] {
  const word = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g;
  const piece = /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g;
  return (text.match(word) ?? []).map(one =>
    one.replace(piece, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\])/g, '$1'),
    ),
  );
}
