/** `git push` and `git send-pack` → what becomes of the refs of the other repository (git-push(1)). Decides nothing. */

import { commandSettings } from '../../../invocation/grammars/git/settings.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { forcesPushes } from './config.js';
import { type Lease, leaseOn } from './lease.js';
import { isSet, placesOf, valueGiven, wordsOf } from './options.js';
import { marksIn } from './refspec-marks.js';
import { type Remote, remoteOf } from './remote.js';
import { Repository, shortName } from './repository.js';

/** One `<src>:<dst>`. An empty `source` deletes; an empty `destination` is every matching branch. */
interface Refspec {
  readonly word: Word;
  readonly forced: boolean;
  readonly source: string;
  readonly destination: string;
}

/** `-d` and `-D` are git-http-push(1)'s. */
const DELETE = ['--delete', '-d', '-D'];
const SPECIAL = ['--mirror', '--prune', '--force', '--force-with-lease', ...DELETE];

/** Effects on the other repository's refs; none for a dry run. */
export function pushEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--dry-run')) return [];
  const [repository, ...words] = invocation.operands;
  const given = repository ?? valueGiven(invocation, '--repo', '--remote');
  const pushed = joinTags(words);
  const many = isSet(invocation, '--all', '--branches', '--tags');
  const isPlain = !isSet(invocation, ...SPECIAL);
  // The usual push names what it sends and asks nothing of the configuration: a setting that forces it is asked about when it is made.
  const forcing = commandSettings(invocation, world).filter(({ key, value }) => forcesPushes(key, value));
  const isNamed = pushed.length > 0 && !pushed.some(word => isSpecial(word)) && !invocation.openEnded;
  if (isPlain && isNamed && forcing.length === 0) return [];
  const remote = remoteOf(given, invocation, world);
  const refspecs =
    pushed.length > 0 || many ? [...pushed, ...forcing.map(({ value }) => value)] : remote.refspecs;
  const push = new Push(invocation, remote, new Repository(invocation, world));
  if (isSet(invocation, ...DELETE)) return push.deletions(pushed);
  return [
    ...(isSet(invocation, '--mirror') || (remote.mirror && pushed.length === 0) ? [push.mirror()] : []),
    ...(isSet(invocation, '--prune') ? [push.prune()] : []),
    ...refspecs.flatMap(word => push.update(word)),
    ...(refspecs.length === 0 ? push.unnamed(many) : []),
  ];
}

/** `tag v1` is `refs/tags/v1:refs/tags/v1`. */
function joinTags(words: readonly Word[]): readonly Word[] {
  return words.flatMap((word, i) => {
    if (word.text === 'tag' && word.certain && words[i + 1]) return [];
    const isTag = words[i - 1]?.text === 'tag';
    return isTag ? [{ ...word, text: `refs/tags/${word.text}` }] : [word];
  });
}

function isSpecial({ text, certain }: Word): boolean {
  return !certain || text.startsWith('+') || text.startsWith(':');
}

/** Is there nothing in front of the colon, and something behind it (`:main`, `:"$branch"`)? */
function deletes({ text, certain, holes = [] }: Word): boolean {
  if (!text.startsWith(':') || text.startsWith('::')) return false;
  return certain ? text !== ':' : holes.length > 0 && !holes.includes(0);
}

function refspecOf(word: Word): Refspec {
  const forced = word.text.startsWith('+');
  const text = forced ? word.text.slice(1) : word.text;
  const colon = text.indexOf(':');
  return {
    word,
    forced,
    source: colon < 0 ? text : text.slice(0, colon),
    destination: colon < 0 ? text : text.slice(colon + 1),
  };
}

class Push {
  readonly #invocation: Invocation;
  readonly #remote: Remote;
  readonly #repository: Repository;
  readonly #force: boolean;

  constructor(invocation: Invocation, remote: Remote, repository: Repository) {
    this.#invocation = invocation;
    this.#remote = remote;
    this.#repository = repository;
    this.#force = isSet(invocation, '--force');
  }

  mirror(): Effect {
    return effect('overwrite', 'git.remote-repository', this.#remote.name, {
      host: this.#remote.host,
      extent: 'all',
      words: wordsOf(this.#invocation, '--mirror'),
      note: 'every ref there becomes as it is here; what is only there is deleted',
    });
  }

  prune(): Effect {
    return effect('delete', 'git.remote-branch', this.#remote.name, {
      host: this.#remote.host,
      extent: 'some',
      words: wordsOf(this.#invocation, '--prune'),
      note: 'branches there that are not here',
    });
  }

  deletions(words: readonly Word[]): readonly Effect[] {
    const open = words.length === 0 && this.#invocation.openEnded;
    if (open) return [this.#delete('', [], 'unknown')];
    return words.map(word => this.#delete(refspecOf(word).destination, [word]));
  }

  update(word: Word): readonly Effect[] {
    const { forced, destination } = refspecOf(word);
    const marks = marksIn(word);
    if (deletes(word) || marks.deletes) return [this.#delete(destination, [word])];
    // Of a refspec that is not known whole, neither is the branch.
    const update = this.#forced(word.certain ? destination : undefined, [word], forced || marks.forces);
    if (update) return [update];
    return word.certain ? [] : [this.#unknown(word)];
  }

  /** No refspec anywhere: push.default chooses (`matching` takes every branch). */
  unnamed(many: boolean): readonly Effect[] {
    const { openEnded } = this.#invocation;
    const all = many || this.#remote.pushDefault === 'matching';
    const update = this.#forced(all ? '' : 'HEAD', [], false);
    if (!update) return openEnded ? [this.#unknown()] : [];
    return isSet(this.#invocation, '--mirror') ? [] : [update];
  }

  /** Where the ref is forced. "+" and `--force` ignore every lease. The configuration is asked for the branch only then. */
  #forced(destination: string | undefined, words: readonly Word[], plus: boolean): Effect | undefined {
    const isPlain = plus || this.#force;
    if (!isPlain && !isSet(this.#invocation, '--force-with-lease')) return undefined;
    const ref = destination === undefined ? '' : this.#branchOf(destination);
    const lease = isPlain ? undefined : leaseOn(ref, this.#invocation);
    return lease === 'none' ? undefined : this.#overwrite(ref, words, lease);
  }

  #branchOf(destination: string): string {
    if (destination === '') return '*';
    const current =
      destination === 'HEAD' || destination === '@' ? this.#repository.currentBranch() : undefined;
    return current ?? (destination === '@' ? 'HEAD' : destination);
  }

  #overwrite(ref: string, words: readonly Word[], lease?: Lease): Effect {
    return effect('overwrite', kindOf(ref), ref === 'HEAD' ? '' : shortName(ref), {
      host: this.#remote.host,
      extent: ref === '' ? 'unknown' : ref.includes('*') ? 'all' : 'one',
      with: lease ? [`lease=${lease}`] : [],
      words: [
        ...wordsOf(this.#invocation, '--force', '--force-with-lease'),
        ...placesOf(this.#invocation, words),
      ],
    });
  }

  #delete(ref: string, words: readonly Word[], extent: Effect['extent'] = 'one'): Effect {
    return effect('delete', kindOf(ref), shortName(ref), {
      host: this.#remote.host,
      extent,
      words: [...wordsOf(this.#invocation, '--delete'), ...placesOf(this.#invocation, words)],
    });
  }

  #unknown(word?: Word): Effect {
    return effect('unknown', 'git.refspec', word?.text ?? '', {
      host: this.#remote.host,
      extent: 'unknown',
      words: word ? placesOf(this.#invocation, [word]) : [],
      note: 'what would be pushed is not known',
    });
  }
}

function kindOf(ref: string): string {
  return ref.startsWith('refs/tags/') ? 'git.remote-tag' : 'git.remote-branch';
}
