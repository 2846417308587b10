/**
 * Editors and debuggers in which a command line or a file's removal can be given as an argument: `vim -c '!cmd'`,
 * `emacs --eval`, `gdb -ex`, `osascript -e`. Only strings that stand there are read. May not judge.
 */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { inputText } from '../input.js';
import type { Invocation } from '../invocation.js';
import { combine } from './shells.js';

/** A quoted string of any of these languages: its content is group `text` or `other`. */
const STRING = String.raw`(?:"(?<text>(?:[^"\\]|\\.)*)"|'(?<other>(?:[^'\\]|\\.)*)')`;

/** What in a language's text runs a command line, and what deletes a path. */
export interface Forms {
  readonly runs: readonly RegExp[];
  readonly removes: readonly RegExp[];
}

export const calls = (names: string) => new RegExp(String.raw`(?:${names})\s*\(?\s*${STRING}`, 'g');

/** Calls that are given a program and its words as strings, in a list or one by one. */
export const listed = (before: string, after = '') =>
  new RegExp(String.raw`(?:${before})(?<list>(?:[\s,([]|\bc\(|"(?:[^"\\]|\\.)*")+)[\])]*${after}`, 'g');

const VIM: Forms = {
  // `:!cmd`, `silent !cmd`, `%!cmd`, `w !cmd`, to the end of the line.
  runs: [
    /(?:^|[|:\n\s%])!(?<text>[^\n]+)/g,
    calls(String.raw`\bsystem(?:list)?|\bjobstart|\bos\.execute|\bio\.popen`),
  ],
  removes: [calls(String.raw`\bdelete|\bvim\.fn\.delete|\bos\.remove`)],
};
const EMACS: Forms = {
  runs: [calls(String.raw`\((?:async-)?shell-command(?:-to-string)?`)],
  removes: [calls(String.raw`\(delete-(?:directory|file)`)],
};
const GDB: Forms = {
  runs: [/^\s*(?:!|shell\s|make\s)(?<text>.+)$/gm, calls(String.raw`\bos\.(?:system|popen)`)],
  removes: [calls(String.raw`\bshutil\.rmtree|\bos\.(?:remove|unlink)`)],
};
const APPLESCRIPT: Forms = { runs: [calls(String.raw`\bdo (?:shell )?script|\bwrite text`)], removes: [] };
/** `readsInput`: without code in an option it runs what stands on its standard input. */
export function editor(
  tool: string,
  names: string,
  source: string,
  option: RegExp,
  forms: Forms,
  readsInput = false,
): Grammar {
  return {
    tool,
    names: names.split(' ').filter(name => name !== ''),
    source,
    shim: false,
    interactive: true,
    style: styles.prefix,
    generic: true,
    read: readGenerically,
    unwrap: (invocation, world) =>
      startedProgram(invocation) ??
      combine([
        ...codeOf(invocation, option, readsInput, world).map(word => commandsIn(word, forms, tool, world)),
        ...(forms === VIM ? [{ inner: emptied(texts(invocation, option), invocation) }] : []),
      ]),
  };
}

/** `gdb --args CMD…` */
function startedProgram({ argv, tool }: Invocation): Unwrapped | undefined {
  const at = tool === 'gdb' ? argv.findIndex(word => /^--?args$/.test(word.text)) : -1;
  return at > 0 ? { inner: [{ via: 'gdb --args', words: argv.slice(at + 1) }] } : undefined;
}

/** The code in options or, where there is neither that nor a file of it, on standard input. */
function codeOf(invocation: Invocation, option: RegExp, readsInput: boolean, world: World): readonly Word[] {
  const given = texts(invocation, option);
  const hasFile = invocation.argv.slice(1).some(word => !word.text.startsWith('-'));
  if (!readsInput || given.length > 0 || hasFile) return given;
  const text = inputText(invocation.input, invocation.directory, world);
  return text ? [text] : [];
}

/** The arguments that are code: attached to an option (`+cmd`, `--eval=…`) or the word after it. */
function texts({ argv }: Invocation, option: RegExp): readonly Word[] {
  return argv.slice(1).flatMap((word, i): readonly Word[] => {
    const [whole] = option.exec(word.text) ?? [];
    if (whole === undefined) return [];
    if (whole.length < word.text.length)
      return [{ text: word.text.slice(whole.length), certain: word.certain }];
    const next = argv[i + 2];
    // `:w<CR>`, as it is typed into a vim that runs.
    return next ? [{ ...next, text: next.text.replace(/<(cr|enter|return)>/gi, '\n') }] : [];
  });
}

/** The command lines and removals that stand as strings in code; `via` says how they are reached. */
export function commandsIn(word: Word, forms: Forms, via: string, world: World): Unwrapped {
  const around = { via, openEnded: false };
  const matched = (patterns: readonly RegExp[]) =>
    patterns.flatMap(pattern => [...word.text.matchAll(pattern)]).map(({ groups }) => groups ?? {});
  const found = (patterns: readonly RegExp[]) =>
    matched(patterns)
      .filter(groups => groups['list'] === undefined)
      .map(unquoted);
  const started = matched(forms.runs).flatMap(({ list = '' }): readonly Inner[] => {
    const words = [...list.matchAll(new RegExp(STRING, 'g'))].map(({ groups }) => certain(unquoted(groups)));
    return words.length > 0 ? [{ ...around, words }] : [];
  });
  const removed = found(forms.removes).map(
    (path): Inner => ({ ...around, words: [...'rm -rf --'.split(' ').map(certain), certain(path)] }),
  );
  return combine([
    ...found(forms.runs).map(text => codeInWord({ text, certain: word.certain }, around, world)),
    { inner: [...started, ...removed] },
  ]);
}

/** `ex -sc '%d|x' FILE`: every line deleted and the file saved is the file emptied. */
function emptied(code: readonly Word[], { argv }: Invocation): readonly Inner[] {
  const text = code.map(word => word.text).join('\n');
  const saves = /(^|[|:\n\s])(w|wq|x|wa|wqa|xa|wall|xit|update)!?\s*($|\||\n)/.test(text);
  if (!saves || !/(^|[|:\n\s])(%|1,\$)d(elete)?\s*_?\s*($|\||\n)/.test(text)) return [];
  const files = argv
    .slice(1)
    .filter((word, i) => !/^[-+]/.test(word.text) && !(code.includes(word) && /^-/.test(argv[i]!.text)));
  return files.map(file => emptying(file));
}

function emptying(file: Word): Inner {
  return { via: 'editor', words: [...'truncate -s 0 --'.split(' ').map(certain), file], openEnded: false };
}

/** ed reads its commands from standard input: `,d` and `w` empty the file, `!` runs a command line. */
const ed: Grammar = {
  tool: 'ed',
  names: ['red'],
  source: 'ed(1), GNU ed 1.19',
  shim: false,
  interactive: true,
  style: styles.clap,
  options:
    '-E, --extended-regexp\n-G, --traditional\n-l, --loose-exit-status\n-p, --prompt <string>\n-q, --quiet, --silent\n-r, --restricted\n-s, --script\n-v, --verbose\n-h, --help\n-V, --version',
  unwrap(invocation, world) {
    const text = inputText(invocation.input, invocation.directory, world)?.text ?? '';
    const runs = [...text.matchAll(/^!(.+)$/gm)].map(([, line = '']) => certain(line));
    const empties = /^(%|,|1,\$)d$/m.test(text) && /^w\s*q?$/m.test(text);
    return combine([
      ...runs.map(line => codeInWord(line, { via: 'ed', openEnded: false }, world)),
      { inner: empties ? invocation.operands.map(emptying) : [] },
    ]);
  },
};

function unquoted(groups: Record<string, string> | undefined): string {
  return (groups?.['text'] ?? groups?.['other'] ?? '').replace(/\\(["'\\])/g, '$1');
}

export const editors: readonly Grammar[] = [
  ed,
  editor(
    'vim',
    'vi nvim ex view gvim vimdiff rvim',
    'vim(1), 9.0; nvim(1), 0.9: -c, --cmd, +command, --remote-send',
    /^(\+|-[a-zA-Z]*c$|--cmd$|--remote-send$|--remote-expr$)/,
    VIM,
  ),
  editor(
    'emacs',
    'emacsclient',
    'emacs(1), 28: --eval, --execute; emacsclient -e',
    /^(--eval=?|--execute=?|-eval|-e)/,
    EMACS,
  ),
  editor(
    'gdb',
    'lldb rust-gdb',
    'gdb(1), 13: -ex, -iex; lldb -o',
    /^(--?(ex|iex|eval-command|init-eval-command)=?|-o)$/,
    GDB,
  ),
  editor('osascript', '', 'osascript(1), macOS 14', /^-e$/, APPLESCRIPT),
];
