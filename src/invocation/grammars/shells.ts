/** The POSIX shells: `-c STRING`, a script file, or a script on standard input. fish reads options its own way. */

import { isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Doubt, uncertain, type Word } from '../../shell/command.js';
import { codeInFile, codeInInput, codeInWord, readScriptInput } from '../code.js';
import { type Grammar, type Reading, styles, type Unwrapped } from '../grammar.js';
import { placeOf, STDIN } from '../input.js';
import { environmentOf, type Invocation, isOn, lastValue, type OptionUse } from '../invocation.js';

/** bash's long options, which take one dash or two; those with a file after them. */
const LONG = new Set(
  'debug debugger dump-po-strings dump-strings help login noediting noprofile norc posix pretty-print restricted verbose version wordexp'.split(
    ' ',
  ),
);
const LONG_WITH_FILE = new Set(['init-file', 'rcfile', 'emulate']);

interface Family {
  /** Letters that take a word: in bash and dash the next argument, in zsh and ksh the rest of the bundle first. */
  readonly valued: string;
  readonly attached: boolean;
}

const BOURNE: Family = { valued: 'oO', attached: false };
const KORN: Family = { valued: 'o', attached: true };

export const shells: readonly Grammar[] = [
  shell('bash', ['rbash'], BOURNE, 'bash(1) 5.2, tried with 5.2.15'),
  shell('sh', ['dash', 'ash', 'posh', 'yash'], BOURNE, 'dash(1) 0.5.12, tried'),
  shell('zsh', ['rzsh'], KORN, 'zsh(1) 5.9, tried'),
  shell('ksh', ['ksh93', 'mksh', 'oksh', 'rksh'], KORN, 'ksh93(1), tried with 93u+m'),
  shell('csh', ['tcsh'], { valued: '', attached: true }, 'tcsh(1): -c takes the next argument'),
];

function shell(tool: string, names: readonly string[], family: Family, source: string): Grammar {
  return {
    tool,
    names,
    source,
    style: styles.prefix,
    interactive: true,
    read: argv => readShell(argv, family),
    unwrap: unwrapShell,
  };
}

/** Options end at the first operand; `-c` is a flag, and the first operand is then the script. */
function readShell(argv: readonly Word[], family: Family): Reading {
  const options: OptionUse[] = [];
  let at = 1;
  let long = true;
  for (; at < argv.length; at += 1) {
    const { text } = argv[at]!;
    if (text === '--' || text === '-') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    const [, name = '', attachedFile] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
    if (long && LONG_WITH_FILE.has(name)) {
      const value = attachedFile === undefined ? argv[at + 1] : certain(attachedFile);
      options.push({ name: `--${name}`, ...(value && { value }), negated: false, at });
      if (attachedFile === undefined) at += 1;
    } else if (text.startsWith('--') || (long && LONG.has(name))) {
      options.push({ name: `--${name}`, negated: false, at });
    } else {
      long = false;
      at += readBundle(argv, at, family, options);
    }
  }
  const operands = argv.slice(at);
  return { subcommand: [], options, operands, operandsBeforeDashes: operands.length, unknown: [] };
}

/** Reads `-euo` and the like; returns how many following arguments it took. */
function readBundle(argv: readonly Word[], at: number, family: Family, options: OptionUse[]): number {
  const { text } = argv[at]!;
  const negated = text.startsWith('+');
  let taken = 0;
  for (let i = 1; i < text.length; i += 1) {
    const letter = text[i]!;
    if (!family.valued.includes(letter)) {
      options.push({ name: `-${letter}`, negated, at });
      continue;
    }
    const rest = text.slice(i + 1);
    const attached = family.attached && rest !== '' ? certain(rest) : undefined;
    if (!attached) taken += 1;
    const value = attached ?? argv[at + taken];
    options.push({ name: `-${letter}`, ...(value && { value }), negated, at });
    if (attached) break;
  }
  return taken;
}

function unwrapShell(invocation: Invocation, world: World): Unwrapped {
  const { tool, operands } = invocation;
  if (onlyReads(invocation)) return { inner: [] };
  const before = startupFiles(invocation, world);
  const main = (): Unwrapped => {
    // What xargs and its like append stands after the words that are here.
    const unseen = invocation.openEnded ? [uncertain('', true)] : [];
    const [first, ...values] = operands;
    const isNamed = first !== undefined && placeOf(first, invocation.directory) === STDIN;
    const isInput = (isOn(invocation, '-s') || isNamed) && !isOn(invocation, '-c');
    if (isInput || (!first && !invocation.openEnded)) {
      const read = readScriptInput(invocation, world);
      if (!read || isOn(invocation, '-c')) return { inner: [] };
      return codeInInput(read, { via: `${tool} -s`, positional: [...operands, ...unseen], openEnded: false });
    }
    if (!first) {
      return { inner: [], doubts: [{ kind: 'word', why: `the script for ${tool} is not known now` }] };
    }
    if (isOn(invocation, '-c')) {
      const positional = [...values.slice(1), ...(values.length > 0 ? unseen : [])];
      const zero = values[0] && { variables: [{ name: '0', value: values[0] }] };
      return codeInWord(first, { via: `${tool} -c`, positional, ...zero, openEnded: false }, world);
    }
    return codeInFile(first, invocation, { positional: [...values, ...unseen], openEnded: false }, world);
  };
  return combine([...before, main()]);
}

/** Syntax checks, dumps and `--version` run nothing. */
function onlyReads(invocation: Invocation): boolean {
  const noexec = invocation.options.findLast(
    use => use.name === '-n' || (use.name === '-o' && use.value?.text === 'noexec'),
  );
  return (
    (noexec !== undefined && !noexec.negated) ||
    isOn(invocation, '--version', '--help', '--dump-strings', '--dump-po-strings', '-D')
  );
}

/** Files that are run first: `--rcfile`, `BASH_ENV`, `ENV`, where the command itself names them. */
function startupFiles(invocation: Invocation, world: World): readonly Unwrapped[] {
  const name = STARTUP_VARIABLES[invocation.tool];
  const named = name === undefined ? undefined : environmentOf(invocation, name, {});
  const files = [lastValue(invocation, '--rcfile', '--init-file'), named];
  const found = files.flatMap(file =>
    file && (file.text !== '' || file.outputOf)
      ? [codeInFile(file, invocation, { openEnded: false }, world)]
      : [],
  );
  return named && isHidden(named, invocation, world) ? [...found, { inner: [], doubts: [UNSEEN] }] : found;
}

const STARTUP_VARIABLES: Readonly<Record<string, string>> = { bash: 'BASH_ENV', sh: 'ENV', ksh: 'ENV' };
const UNSEEN: Doubt = { kind: 'input', why: 'a variable names a file of code that is not there to be read' };

/** Code that is put before the script by a variable is there, seen or not; files in the home directory are the user's. */
function isHidden(file: Word, { directory }: Invocation, world: World): boolean {
  const place = placeOf(file, directory);
  if (file.text === '' || place === undefined || place === STDIN || isWithin(place, world.home)) return false;
  const isDevice = /^\/(dev|proc)\//.test(place);
  return !isDevice && world.stat(place).kind === 'missing';
}

/** Several findings of one command as one. */
export function combine(parts: readonly Unwrapped[]): Unwrapped {
  const doubts = parts.flatMap(part => part.doubts ?? []);
  return { inner: parts.flatMap(part => part.inner), ...(doubts.length > 0 && { doubts }) };
}
