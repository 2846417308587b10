/**
 * Interpreters whose operand is a project's own command: `python manage.py flush`, `python -m alembic downgrade`,
 * `php artisan migrate:fresh`, `ruby bin/rails db:drop`. Only that operand is looked into; code is another's. May not judge.
 */

import { baseName } from '../../paths.js';
import { certain, type Word } from '../../shell/command.js';
import { type Grammar, type Reading, styles } from '../grammar.js';
import type { Invocation, OptionUse } from '../invocation.js';

/** Programs that a module runs under another name. */
const MODULES: Readonly<Record<string, string>> = {
  django: 'django-admin',
  flask: 'flask',
  alembic: 'alembic',
};

interface Interpreter {
  readonly tool: string;
  readonly names: readonly string[];
  readonly source: string;
  /** Letters of options that take the next word. */
  readonly valued: string;
  /** Letters whose value is the program, so that what follows belongs to it. */
  readonly ends: string;
}

/** Options up to the script; everything after it is the script's. */
function readInterpreter(argv: readonly Word[], { valued, ends }: Interpreter): Reading {
  const options: OptionUse[] = [];
  let at = 1;
  for (; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (!/^-./.test(word.text) || word.text === '--') break;
    const letter = [...word.text.slice(1)].findIndex(one => (valued + ends).includes(one));
    const isLong = word.text.startsWith('--') || letter < 0;
    if (isLong) {
      options.push({ name: word.text, negated: false, at });
      continue;
    }
    const name = `-${word.text[letter + 1]}`;
    const attached = word.text.slice(letter + 2);
    const value = attached === '' ? argv[at + 1] : { ...word, text: attached };
    options.push({ name, negated: false, at, ...(value && { value }) });
    if (attached === '') at += 1;
    if (ends.includes(name[1]!)) {
      at += 1;
      break;
    }
  }
  if (argv[at]?.text === '--') at += 1;
  const operands = argv.slice(at);
  return { subcommand: [], options, operands, operandsBeforeDashes: operands.length, unknown: [] };
}

/** The command that the interpreter stands for, where a project's own tool is what it runs. */
function innerWords(invocation: Invocation): readonly Word[] {
  const { operands, options } = invocation;
  const module = options.find(use => use.name === '-m')?.value;
  if (module) {
    const name = MODULES[module.text] ?? module.text.split('.').at(-1)!;
    return module.certain ? [certain(name), ...operands] : [];
  }
  if (options.some(use => use.name === '-c' || use.name === '-e' || use.name === '-r')) return [];
  const [script, ...rest] = operands;
  if (!script?.certain) return [];
  const name = baseName(script.text);
  const isBinstub = /(^|\/)(bin|vendor\/bin|node_modules\/\.bin)\/[\w.-]+$/.test(script.text);
  return isBinstub || OWN_SCRIPTS.has(name) ? [certain(name), ...rest] : [];
}

/** Entry scripts of frameworks, by the name that their documentation gives them. */
const OWN_SCRIPTS: ReadonlySet<string> = new Set([
  'manage.py',
  'artisan',
  'console',
  'spark',
  'cake',
  'yii',
  'rails',
  'rake',
  'ace',
  'ace.js',
]);

function interpreter(one: Interpreter): Grammar {
  return {
    tool: one.tool,
    names: one.names,
    source: one.source,
    style: styles.prefix,
    read: argv => readInterpreter(argv, one),
    unwrap(invocation) {
      const words = innerWords(invocation);
      return { inner: words.length === 0 ? [] : [{ via: one.tool, words }] };
    },
  };
}

const pythons = [
  'python3',
  'python2',
  'py',
  'pypy',
  'pypy3',
  ...Array.from({ length: 10 }, (_, i) => `python3.${i + 6}`),
];

export const projectScripts: readonly Grammar[] = [
  interpreter({
    tool: 'python',
    names: pythons,
    source: 'python3 --help, CPython 3.11',
    valued: 'WX',
    ends: 'mc',
  }),
  interpreter({
    tool: 'php',
    names: ['php8', 'php8.1', 'php8.2', 'php8.3', 'php8.4'],
    source: 'php --help, PHP 8',
    valued: 'cdfzSt',
    ends: 'rBRE',
  }),
  interpreter({ tool: 'ruby', names: [], source: 'ruby --help, Ruby 3', valued: 'CEIrRx', ends: 'e' }),
];
