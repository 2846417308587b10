/**
 * What would be lost, for the human who is asked: how many files, how large, how new, what stands out among them, and how
 * much of it git does not have. Bounded, and then says so; writes nothing. Details stand indented under their count.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { PathFacts, World } from '../../port.js';
import { counted, quote, sizeText, visible } from '../../text.js';
import type { Effect } from '../effect.js';
import { gitStates } from './git.js';
import { isData, isSecret } from './names.js';
import { repositoryRoot } from './places.js';
import { type Survey, survey } from './survey.js';

const MOST_NAMED = 3;

/** Sentences on the path that an effect names; none where it is not a path that exists. */
export function preview(effect: Effect, _invocation: Invocation, world: World): readonly string[] {
  if (effect.host !== '' || !effect.target.startsWith('/')) return [];
  const facts = world.stat(effect.target);
  const name = shown(effect.target);
  if (facts.kind === 'missing') return [`${name} does not exist now.`];
  if (facts.kind === 'denied') return [`${name} cannot be read.`];
  const git = gitSentence(effect.target, world);
  if (facts.kind !== 'directory') return [...oneFile(effect.target, facts), git];
  return [...tree(name, facts, survey(effect.target, world)), git];
}

function oneFile(path: string, { kind, size, modified, realPath }: PathFacts): readonly string[] {
  const components = path.split('/').filter(part => part !== '');
  const what = isSecret(components)
    ? ', a secret'
    : isData(components, false)
      ? ', a database or backup'
      : '';
  if (kind === 'symlink') return [`${shown(path)}: a link to ${shown(realPath)}.`];
  const when = modified === undefined ? '' : `, last changed ${timeOf(modified)}`;
  return [`${shown(path)}: ${sizeText(size)}${what}${when}.`];
}

function tree(name: string, top: PathFacts, seen: Survey): readonly string[] {
  const most = seen.complete ? '' : 'at least ';
  const largest = seen.largest.filter(file => file.size > 0);
  const sizes = largest.map(file => `${shown(file.name)} (${sizeText(file.size)})`);
  const { newest } = seen;
  return [
    `${name}: ${most}${counted(seen.files, 'file')}, ${most}${sizeText(seen.bytes)}.`,
    ...(sizes.length > 0 ? [`  Largest: ${sizes.join(', ')}.`] : []),
    ...(newest ? [`  Newest: ${shown(newest.name)} (${timeOf(newest.modified)}).`] : []),
    ...among(most, ['secret', 'secrets'], seen.secrets),
    ...among(most, ['database or backup', 'databases or backups'], seen.databases),
    ...among(
      most,
      ['git repository with its history', 'git repositories with their history'],
      seen.repositories,
    ),
    ...(top.mountPoint ? ['Another file system is mounted here.'] : []),
    ...among(most, ['other file system mounted inside', 'other file systems mounted inside'], seen.mounts),
    ...among(most, ['link that leads out of it', 'links that lead out of it'], seen.leadOut),
  ];
}

/** `2 secrets: .env, keys/id_rsa.` */
function among(
  most: string,
  [one, many]: readonly [string, string],
  names: readonly string[],
): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length - MOST_NAMED;
  const listed = names.slice(0, MOST_NAMED).map(shown).join(', ');
  return [`${most}${counted(names.length, one, many)}: ${listed}${more > 0 ? ` and ${more} more` : ''}.`];
}

function gitSentence(path: string, world: World): string {
  const [state] = gitStates([path], world);
  if (state === 'kept') return 'git has all of it.';
  const counted = countMissing(path, world);
  if (counted !== undefined) return `git does not have all of it: ${counted}.`;
  return state === 'changed' ? 'It has changes that git does not have.' : 'git does not have all of it.';
}

/** `2 files changed, 5 untracked`; `undefined` where git is not there to be asked, or it would take too long. */
function countMissing(path: string, world: World): string | undefined {
  const repository = repositoryRoot(absolute('..', path), world);
  if (repository === undefined) return undefined;
  const { status, stdout } = world.git(
    [
      'status',
      '--porcelain=v1',
      '-z',
      '--no-renames',
      '--untracked-files=all',
      '--ignored',
      '--',
      `:(top,literal)${path.slice(repository.length + 1)}`,
    ],
    repository,
  );
  if (status !== 0) return undefined;
  const codes = stdout.split('\0').map(entry => entry.slice(0, 2));
  const count = (isOne: (code: string) => boolean) => codes.filter(isOne).length;
  const parts = [
    { many: count(code => code[1] === 'M' || code[1] === 'T' || code[1] === 'U'), what: 'changed' },
    { many: count(code => code === '??'), what: 'untracked' },
    { many: count(code => code === '!!'), what: 'ignored' },
  ].filter(({ many }) => many > 0);
  if (parts.length === 0) return undefined;
  return parts.map(({ many, what }) => `${counted(many, 'file')} ${what}`).join(', ');
}

function shown(path: string): string {
  return quote([visible(path)]);
}

/** To the minute, by UTC: `2026-04-24 09:15Z`. */
function timeOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
