/** The saver of repositories: which one a git command works in, how much is not git's, and the steps back. */

import { join } from 'node:path';
import { remoteOf } from '../../effects/inspectors/git/remote.js';
import { askRepository, directoryOf } from '../../invocation/grammars/git/place.js';
import type { Invocation } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { Match } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { quote, visible } from '../../text.js';
import { fileItem } from '../files.js';
import { readEntries, stepsOfEntries } from '../give-back.js';
import { measureTree } from '../measure.js';
import type { Environment, Item, Limits, Measure, Saver, Step } from '../saver.js';
import { treeSteps } from './compare.js';
import { restoreObjects, unfoldObjects } from './objects.js';
import { Place } from './place.js';
import { readRecord } from './record.js';
import { refSteps } from './refs.js';
import { remoteSteps, shownRemote } from './remote.js';
import { saveGit } from './save.js';

const MOST_FILES = 2_000;

export const git: Saver = { kind: 'git', plan, name, measure, save: saveGit, steps };

function plan({ effect, invocation }: Match, world: World): readonly Item[] {
  if (invocation.tool !== 'git' || invocation.remote !== undefined) return [];
  if (effect && !effect.resource.startsWith('git.')) return [];
  const item = repositoryItem(invocation, world);
  if (!item) return [];
  switch (effect?.resource) {
    case 'git.linked-worktree':
      return linkedWorktree(effect.target, invocation, world);
    case 'git.submodule':
      return [item, ...submodules(item, world)];
    case 'git.remote-branch':
    case 'git.remote-tag':
      return [replacing(item, effect.target, effect.resource, invocation, world)];
    case 'git.untracked':
      return [{ ...item, with: { ...item.with, ignored: ['yes'] } }];
    default:
      return [item];
  }
}

function repositoryItem(invocation: Invocation, world: World): Item | undefined {
  // The top comes last, for without a work tree git fails there. A newline in a path is not followed.
  const { stdout } = askRepository(invocation, world, [
    'rev-parse',
    '--path-format=absolute',
    '--absolute-git-dir',
    '--git-common-dir',
    '--show-toplevel',
  ]);
  const [gitDirectory, common, top = '', ...more] = stdout.replace(/\n$/, '').split('\n');
  if (!gitDirectory || !common || more.length > 0) return undefined;
  const place = top || gitDirectory;
  return {
    kind: 'git',
    what: '',
    place,
    with: { top: [top], gitDirectory: [gitDirectory], common: [common] },
  };
}

function name({ place, with: { remote = [], pushed = [] } }: Item): string {
  const refs = pushed.map(one =>
    visible(one.slice(0, one.indexOf(' ')).replace(/^refs\/(heads|tags)\//, '')),
  );
  const there = refs.length === 0 ? '' : ` and ${refs.join(', ')} of ${shownRemote(remote[0] ?? '')}`;
  return `the repository ${quote([visible(place)])}${there}`;
}

/** A push also replaces what another repository has. */
function replacing(item: Item, target: string, resource: string, invocation: Invocation, world: World): Item {
  const remote = remoteOf(invocation.operands[0], invocation, world).name;
  const refspec = invocation.operands.slice(1).find(word => word.text.replace(/^\+/, '').endsWith(target));
  const text = refspec?.text.replace(/^\+/, '') ?? target;
  const source = text.includes(':') ? text.slice(0, text.indexOf(':')) : target;
  const full = target.startsWith('refs/')
    ? target
    : `refs/${resource === 'git.remote-tag' ? 'tags' : 'heads'}/${target}`;
  if (remote === '' || target === '' || target.includes('*')) return item;
  return {
    ...item,
    with: { ...item.with, remote: [remote], pushed: [`${full} ${source}`] },
  };
}

/** The work tree and its small folder in the repository, which says what it is a work tree of. */
function linkedWorktree(target: string, invocation: Invocation, world: World): readonly Item[] {
  const directory = directoryOf(invocation);
  if (!directory.certain || target === '') return [];
  const path = absolute(target, directory.text);
  const link = world.readText(`${path}/.git`, 4096);
  const own = 'text' in link ? /^gitdir: (\/.*)\n?$/.exec(link.text)?.[1] : undefined;
  return own === undefined ? [] : [fileItem(path, 'link'), fileItem(own, 'copy')];
}

function submodules(item: Item, world: World): readonly Item[] {
  const listed = world.git(['ls-files', '-s', '-z'], item.place).stdout.split('\0');
  const paths = listed
    .filter(line => line.startsWith('160000 '))
    .map(line => line.slice(line.indexOf('\t') + 1));
  return paths
    .map(path => absolute(path, item.place))
    .filter(path => world.stat(`${path}/.git`).kind !== 'missing')
    .map(path => fileItem(path, 'copy'));
}

function measure(item: Item, world: World, limits: Limits): Measure | undefined {
  const [top] = item.with['top'] ?? [];
  if (!top) return undefined;
  const names = item.with['ignored'] ? everythingOf(top, world) : ownOf(top, world);
  if (!names) return undefined;
  const sum = { entries: 0, bytes: 0, complete: names.length <= MOST_FILES };
  for (const name of names.slice(0, MOST_FILES)) {
    const one = measureTree(absolute(name, top), world, limits);
    sum.entries += one.entries;
    sum.bytes += one.bytes;
    sum.complete &&= one.complete;
  }
  return sum;
}

/** What git does not have, by the very question that most verdicts asked, so that the answer is there. */
function ownOf(top: string, world: World): readonly string[] | undefined {
  const query = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=normal'];
  const { status, stdout } = world.git(query, top);
  if (status !== 0) return undefined;
  const entries = stdout.split('\0').filter(entry => entry !== '' && entry[1] !== ' ');
  return entries.map(entry => entry.slice(3));
}

/** The same, and what git ignores. */
function everythingOf(top: string, world: World): readonly string[] | undefined {
  const changed = world.git(['diff-files', '--name-only', '-z', '--ignore-submodules=all'], top);
  const others = world.git(['ls-files', '--others', '-z', '--directory'], top);
  if (changed.status !== 0 || others.status !== 0) return undefined;
  return [...changed.stdout.split('\0'), ...others.stdout.split('\0')].filter(Boolean);
}

function steps(item: Item, directory: string, env: Environment): readonly Step[] {
  const objects = join(directory, 'objects');
  unfoldObjects(objects);
  const place = new Place(item, env, { GIT_ALTERNATE_OBJECT_DIRECTORIES: objects });
  const record = readRecord(directory);
  const state = readEntries(join(directory, 'state')).filter(
    ({ path }) => !['index', 'HEAD', 'ORIG_HEAD'].includes(path) && !path.startsWith('sharedindex.'),
  );
  const found = [
    ...refSteps(record, directory, place),
    ...(place.top === '' ? [] : treeSteps(record, directory, place)),
    ...stepsOfEntries(place.gitDirectory, join(directory, 'state'), state),
    ...remoteSteps(record, place, { ...env, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects }),
  ];
  // A step may need what git pruned since.
  let isRestored = false;
  return found.map(step => ({
    ...step,
    apply() {
      if (!isRestored) restoreObjects(objects, join(place.common, 'objects'));
      isRestored = true;
      step.apply();
    },
  }));
}
