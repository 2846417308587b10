/**
 * git's command line: options of git itself, exact and never bundled, then the command, then the command's own
 * options (git.c, handle_options). May not judge.
 */

import { baseName } from '../../../paths.js';
import { certain, type Word } from '../../../shell/command.js';
import { readGenerically } from '../../generic.js';
import { type Reading, type Style, styles } from '../../grammar.js';
import type { Invocation, OptionUse } from '../../invocation.js';
import { rowOf } from '../../notation.js';
import { parse } from '../../parse.js';
import { commandNamed, tableOf } from './commands.js';

/** git(1), OPTIONS. */
export const globalOptions = `
  -v, --version
  -h, --help
  -C <path>
  -c <name=value>
      --exec-path[=<path>]
      --html-path
      --man-path
      --info-path
  -p, --paginate
  -P, --no-pager
      --no-replace-objects
      --no-lazy-fetch
      --no-optional-locks
      --no-advice
      --bare
      --git-dir <path>
      --work-tree <path>
      --namespace <name>
      --super-prefix <path>
      --config-env <name=variable>
      --attr-source <tree>
      --shallow-file <path>
      --list-cmds[=<group>]
      --literal-pathspecs
      --glob-pathspecs
      --noglob-pathspecs
      --icase-pathspecs
`;

/** Only words that git's own handle_options takes: whole, in front of the command. */
const globalStyle: Style = { ...styles.git, permute: false, bundle: false, abbreviate: false, negate: false };

/** `--end-of-options` and `-h` are known to every command (parse-options.c). */
const everywhere = '      --end-of-options\n';

/** Where the command stands in argv; `argv.length` where there is none, 0 where the program's name says it. */
export function commandAt(argv: readonly Word[]): number {
  const program = argv[0];
  if (program && dashedCommand(program) !== undefined) return 0;
  let at = 1;
  while (at < argv.length && argv[at]!.text.startsWith('-')) {
    const { text } = argv[at]!;
    at += rowOf(globalOptions, text)?.arity === 'required' ? 2 : 1;
  }
  return Math.min(at, argv.length);
}

/** The command's word as it was given (`stage`, an alias, `push` of `git-push`). */
export function commandWord(argv: readonly Word[]): Word | undefined {
  const at = commandAt(argv);
  if (at > 0) return argv[at];
  return certain(dashedCommand(argv[0]!)!);
}

/** Options of git itself, those before the command. */
export function globalUses(invocation: Invocation): readonly OptionUse[] {
  const at = commandAt(invocation.argv);
  return invocation.options.filter(use => use.at < at);
}

/** The command's own options, those after it: `-C` of `git branch -C` is not `-C` of `git -C dir`. */
export function ownUses(invocation: Invocation): readonly OptionUse[] {
  const at = commandAt(invocation.argv);
  return invocation.options.filter(use => use.at > at);
}

/** Reads argv as git does. A command that git lacks is read by its dashes alone. */
export function readGit(argv: readonly Word[]): Reading {
  const at = commandAt(argv);
  const word = commandWord(argv);
  const before = parse(argv.slice(0, Math.max(at, 1)), {
    tool: 'git',
    source: '',
    style: globalStyle,
    options: globalOptions,
  });
  if (!word) return before;
  const name = word.certain ? (commandNamed(word.text) ?? word.text) : undefined;
  const own = shifted(readOwn([word, ...argv.slice(at + 1)], name), at);
  return {
    subcommand: name === undefined ? [] : [name, ...own.subcommand],
    options: [...before.options, ...own.options],
    operands: name === undefined ? [word, ...own.operands] : own.operands,
    operandsBeforeDashes: own.operandsBeforeDashes + (name === undefined ? 1 : 0),
    unknown: [...before.unknown, ...own.unknown],
  };
}

function readOwn(argv: readonly Word[], name: string | undefined): Reading {
  const grammar = name === undefined ? undefined : tableOf(name);
  if (!grammar) return readGenerically(argv);
  return parse(argv, {
    ...grammar,
    tool: 'git',
    source: '',
    style: grammar.style ?? styles.git,
    options: `${grammar.options ?? ''}\n${everywhere}`,
  });
}

/** Options' places in the whole argv instead of the command's part of it. */
function shifted(reading: Reading, by: number): Reading {
  return { ...reading, options: reading.options.map(use => ({ ...use, at: use.at + by })) };
}

function dashedCommand(program: Word): string | undefined {
  const name = program.certain ? baseName(program.text) : '';
  return name.startsWith('git-') ? name.slice('git-'.length) : undefined;
}
