/**
 * git's configuration as one command sees it: what the command line and the environment set, over what the
 * repository's files say (git-config(1), ENVIRONMENT; config.c). May not judge.
 */

import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import { certain, uncertain, type Word } from '../../../shell/command.js';
import { environmentOf, type Invocation, isOn } from '../../invocation.js';
import { globalUses, ownUses } from './command-line.js';
import { askRepository, directoryOf } from './place.js';

/** One setting. `key` has its section and name in lower case, its subsection as written. */
export interface Setting {
  readonly key: string;
  readonly value: Word;
}

const MAX_PAIRS = 100;

/** What the command line and the environment set, weakest first. Keys that are not known for certain are left out. */
export function commandSettings(invocation: Invocation, world: World): readonly Setting[] {
  const variable = (name: string) => environmentOf(invocation, name, world.env);
  const pairs: Setting[] = [];
  const count = Math.min(Number(variable('GIT_CONFIG_COUNT')?.text ?? 0) || 0, MAX_PAIRS);
  for (let i = 0; i < count; i += 1) {
    const key = variable(`GIT_CONFIG_KEY_${i}`);
    if (key) pairs.push(setting(key.text, variable(`GIT_CONFIG_VALUE_${i}`) ?? uncertain()));
  }
  const parameters = variable('GIT_CONFIG_PARAMETERS');
  if (parameters) pairs.push(...parametersOf(parameters));
  for (const use of globalUses(invocation)) {
    if (!use.value) continue;
    if (use.name === '-c') pairs.push(pairOf(use.value));
    else if (use.name === '--config-env') {
      const { key, value } = pairOf(use.value);
      pairs.push({ key, value: variable(value.text) ?? uncertain() });
    }
  }
  if (invocation.subcommand[0] === 'clone') {
    for (const use of ownUses(invocation))
      if (use.name === '--config' && use.value) pairs.push(pairOf(use.value));
  }
  return pairs;
}

/** What `git config [set] KEY VALUE` writes, and the words that say so; nothing where it reads or takes away. */
export function settingWritten(
  invocation: Invocation,
): (Setting & { readonly words: readonly Word[] }) | undefined {
  if (invocation.subcommand[0] !== 'config' || isOn(invocation, ...NOT_WRITING)) return undefined;
  // `git config set KEY VALUE` since git 2.46.
  const [key, value] = invocation.operands.filter((word, at) => at > 0 || word.text !== 'set');
  // A key has a section; `get`, `list` and `unset` have none.
  if (!key?.certain || !value || !key.text.includes('.')) return undefined;
  return { ...setting(key.text, value), words: [key, value] };
}

const NOT_WRITING = [
  '--get',
  '--get-all',
  '--get-regexp',
  '--get-urlmatch',
  '--list',
  '--edit',
  '--unset',
  '--unset-all',
];

/** What the files say about keys that match a pattern of `git config --get-regexp`, weakest first. */
function fileSettings(invocation: Invocation, world: World, pattern: string): readonly Setting[] {
  const query = ['config', '-z', '--get-regexp', pattern];
  const here = read(askRepository(invocation, world, query));
  return [...here, ...extraFiles(invocation, world).flatMap(file => readFile(file))];

  function readFile(file: string): readonly Setting[] {
    const directory = directoryOf(invocation);
    const path = absolute(file, directory.text);
    return read(
      world.git(['config', '-z', '--includes', '--file', path, '--get-regexp', pattern], world.cwd),
    );
  }
}

/** All settings for keys that match, weakest first, the command's own last. */
export function settingsOf(invocation: Invocation, world: World, pattern: string): readonly Setting[] {
  const matches = new RegExp(pattern, 'i');
  return [
    ...fileSettings(invocation, world, pattern),
    ...commandSettings(invocation, world).filter(({ key }) => matches.test(key)),
  ];
}

/** The setting in force for a key: the last. */
export function settingIn(settings: readonly Setting[], key: string): Word | undefined {
  return settings.findLast(one => one.key === key)?.value;
}

/** Files that this command alone would read: another global file, an include given on the command line. */
function extraFiles(invocation: Invocation, world: World): readonly string[] {
  const variables = invocation.environment.filter(
    ({ name, value }) =>
      /^GIT_CONFIG_(GLOBAL|SYSTEM)$/.test(name) && value.certain && value.text !== '/dev/null',
  );
  const includes = commandSettings(invocation, world).filter(
    ({ key, value }) => key === 'include.path' && value.certain,
  );
  return [...variables, ...includes].map(({ value }) => value.text).filter(text => text !== '');
}

function read({ status, stdout }: { readonly status: number; readonly stdout: string }): readonly Setting[] {
  if (status !== 0) return [];
  return stdout
    .split('\0')
    .filter(entry => entry !== '')
    .map(entry => {
      const end = entry.indexOf('\n');
      return end < 0
        ? setting(entry, certain('true'))
        : setting(entry.slice(0, end), certain(entry.slice(end + 1)));
    });
}

function pairOf(word: Word): Setting {
  const equals = word.text.indexOf('=');
  if (equals < 0) return setting(word.text, { ...word, text: 'true' });
  return setting(word.text.slice(0, equals), { ...word, text: word.text.slice(equals + 1) });
}

function setting(key: string, value: Word): Setting {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  if (first < 0) return { key: key.toLowerCase(), value };
  const middle = key.slice(first, last + 1);
  return { key: key.slice(0, first).toLowerCase() + middle + key.slice(last + 1).toLowerCase(), value };
}

/** `GIT_CONFIG_PARAMETERS`: `'key'='value'` since git 2.31, `'key=value'` before; quotes as a shell writes them. */
function parametersOf({ text, certain: isCertain }: Word): readonly Setting[] {
  const quoted = String.raw`'(?:[^']|'\\[!']')*'`;
  const entry = new RegExp(`(${quoted})(?:=(${quoted})?)?`, 'g');
  const unquote = (part: string) => part.slice(1, -1).replace(/'\\([!'])'/g, '$1');
  return [...text.matchAll(entry)].map(([whole, first, second]) => {
    if (!whole.includes("'=")) return pairOf({ text: unquote(first!), certain: isCertain });
    return setting(unquote(first!), { text: second ? unquote(second) : '', certain: isCertain });
  });
}

/** The command's own settings as `GIT_CONFIG_PARAMETERS`, by which git hands them to commands inside. */
export function asParameters(settings: readonly Setting[]): Word {
  const quote = (text: string) => `'${text.replace(/[!']/g, "'\\$&'")}'`;
  return {
    text: settings.map(({ key, value }) => `${quote(key)}=${quote(value.text)}`).join(' '),
    certain: settings.every(({ value }) => value.certain),
  };
}
