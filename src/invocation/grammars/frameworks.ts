/**
 * Code and SQL that a web framework's own command is given: `rails runner CODE`, `manage.py shell -c CODE`, `artisan
 * tinker --execute=CODE`, `rails dbconsole < FILE`, `wp db query SQL`. May not judge.
 */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import type { Language } from '../code/deed.js';
import { type Program, unwrapPrograms } from '../code/programs.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';

/** What one subcommand does with what follows it, or with its standard input. */
type Given =
  /** The operand behind it is a program, or a file of one. */
  | { readonly code: Language }
  /** A program of this language, in one of the options or on standard input. */
  | { readonly console: Language; readonly option?: RegExp }
  /** The operand behind it is SQL. */
  | 'sql'
  /** A database's client, with its arguments behind `--` and SQL on standard input. */
  | 'client';

interface Framework {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  /** By subcommand, words apart by a blank. */
  readonly given: Readonly<Record<string, Given>>;
}

const SHELL: Given = { console: 'python', option: /^(-c|--command)$/ };
const CONSOLE: Given = { console: 'ruby' };

const frameworks: readonly Framework[] = [
  {
    tool: 'rails',
    // GitLab's own, docs.gitlab.com/administration/operations/rails_console
    names: ['gitlab-rails'],
    source: 'guides.rubyonrails.org/command_line.html',
    given: {
      runner: { code: 'ruby' },
      r: { code: 'ruby' },
      console: CONSOLE,
      c: CONSOLE,
      dbconsole: 'client',
      db: 'client',
    },
  },
  {
    tool: 'manage.py',
    names: ['django-admin'],
    source: 'docs.djangoproject.com/en/5.1/ref/django-admin',
    given: { shell: SHELL, shell_plus: SHELL, dbshell: 'client' },
  },
  {
    tool: 'artisan',
    source: 'laravel.com/docs/11.x/artisan#tinker',
    given: { tinker: { console: 'php', option: /^--execute$/ }, db: 'client' },
  },
  {
    tool: 'console',
    source: 'symfony.com/doc/current/doctrine.html: dbal:run-sql',
    given: { 'dbal:run-sql': 'sql', 'doctrine:query:sql': 'sql' },
  },
  {
    tool: 'wp',
    source: 'developer.wordpress.org/cli/commands/db/query, eval',
    given: { 'db query': 'sql', 'db cli': 'client', eval: { code: 'php' } },
  },
  {
    tool: 'drush',
    source: 'www.drush.org/latest/commands/sql_query',
    given: {
      'sql:query': 'sql',
      sqlq: 'sql',
      'sql-query': 'sql',
      'sql:cli': 'client',
      sqlc: 'client',
      ev: { code: 'php' },
      eval: { code: 'php' },
      'php:eval': { code: 'php' },
    },
  },
];

export const frameworkCommands: readonly Grammar[] = frameworks.map(({ tool, names, source, given }) => ({
  tool,
  ...(names && { names }),
  source,
  style: styles.clap,
  generic: true,
  read: readGenerically,
  unwrap: (invocation, world) => unwrapGiven(invocation, given, world),
}));

function unwrapGiven(invocation: Invocation, table: Framework['given'], world: World): Unwrapped {
  const { operands, options } = invocation;
  const [first, second] = operands.map(word => word.text);
  const isLong = Object.hasOwn(table, `${first} ${second}`);
  const key = isLong ? `${first} ${second}` : (first ?? '');
  const given = Object.hasOwn(table, key) ? table[key] : undefined;
  if (!given || options.some(use => use.name === '--help')) return { inner: [] };
  const rest = operands.slice(isLong ? 2 : 1);
  const via = `${invocation.tool} ${key}`;
  if (given === 'sql') return { inner: rest[0] ? [client(via, [certain('-c'), rest[0]])] : [] };
  if (given === 'client') return { inner: clientInner(invocation, via) };
  return unwrapPrograms(invocation, programsOf(invocation, given, rest, via), world);
}

function programsOf(
  { options, argv, input }: Invocation,
  given: Exclude<Given, string>,
  rest: readonly Word[],
  via: string,
): readonly Program[] {
  if ('code' in given) {
    const [code] = rest;
    if (!code) return [];
    const isFile = /^-$|\.\w+$/.test(code.text) && !/\s/.test(code.text);
    const from = code.text === '-' ? 'input' : isFile ? { file: code } : { text: code };
    return [{ language: given.code, via, from }];
  }
  const use = options.find(one => given.option?.test(one.name));
  const text = use?.value ?? (use && argv[use.at + 1]);
  if (text) return [{ language: given.console, via, from: { text } }];
  return input.from === 'inherited' ? [] : [{ language: given.console, via, from: 'input' }];
}

/** PostgreSQL's reading of the SQL stands for all; nothing where a person would type it on a terminal. */
function clientInner({ operands, operandsBeforeDashes, input }: Invocation, via: string): readonly Inner[] {
  const own = operands.slice(operandsBeforeDashes);
  return own.length > 0 || input.from !== 'inherited' ? [client(via, own)] : [];
}

function client(via: string, own: readonly Word[]): Inner {
  return { via, words: [certain('psql'), certain('-X'), ...own] };
}
