/**
 * What a push replaces in another repository: fetched just before, over the connection that the push itself uses, and
 * pushed back only by a person's yes. No ref of either repository changes by saving.
 */

import { redactText } from '../../invocation/redact.js';
import { QuietGit } from '../../quiet-git.js';
import { quote, visible } from '../../text.js';
import { notSaved } from '../capture.js';
import type { Environment, Item, Step } from '../saver.js';
import type { Place } from './place.js';
import type { GitRecord, RemoteRef } from './record.js';

const TIMEOUT_MS = 30_000;

/** Fetches the refs that the item names into the snapshot's objects. Throws `GuardError('not-saved')`. */
export function fetchReplaced(
  item: Item,
  place: Place,
  objects: string,
  env: Environment,
): readonly RemoteRef[] {
  const [remote] = item.with['remote'] ?? [];
  const pushed = (item.with['pushed'] ?? []).map(one => one.split(' ') as [ref: string, source: string]);
  const refs = pushed.map(([ref]) => ref);
  if (remote === undefined || refs.length === 0) return [];
  const git = new QuietGit({ ...env, SSH_ASKPASS: '/bin/false', SSH_ASKPASS_REQUIRE: 'force' });
  const cwd = place.top || place.gitDirectory;
  const own = `${place.common}/objects`;
  const listed = git.run(['ls-remote', '--', remote, ...refs], cwd, { timeout: TIMEOUT_MS });
  if (listed.status !== 0)
    throw notSaved(`what stands on ${shownRemote(remote)} now could not be asked: ${why(listed.stderr)}`);
  const found = listed.stdout
    .toString()
    .split('\n')
    .filter(line => line.includes('\t'))
    .map(line => line.split('\t') as [string, string])
    .filter(([, ref]) => refs.includes(ref));
  const missing = found.filter(([id]) => !place.holds(['cat-file', '-e', `${id}^{object}`]));
  if (missing.length > 0) {
    const words = [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--refmap=',
    ];
    const more = { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: own };
    const fetched = git.run([...words, '--', remote, ...missing.map(([, ref]) => ref)], cwd, {
      timeout: TIMEOUT_MS,
      env: more,
    });
    if (fetched.status !== 0)
      throw notSaved(
        `what stands on ${shownRemote(remote)} now could not be fetched: ${why(fetched.stderr)}`,
      );
  }
  return found.map(([old, ref]) => ({
    remote,
    ref,
    old,
    ours: oursOf(new Map(pushed).get(ref) ?? '', place),
  }));
}

/** The commit that the push puts there, to know it again: anything else there is newer work. */
function oursOf(source: string, place: Place): string {
  if (source === '' || source.startsWith('-')) return '';
  return place.holds(['rev-parse', '--verify', '--quiet', `${source}^{commit}`])
    ? place.ask(['rev-parse', '--verify', `${source}^{commit}`]).trim()
    : '';
}

/** Pushing back is a push: a person must say yes, and what came there since wins. */
export function remoteSteps(record: GitRecord, place: Place, env: Environment): readonly Step[] {
  return record.remote.map(({ remote, ref, old, ours }) => ({
    text: `push ${old.slice(0, 10)} back to ${visible(ref)} of ${shownRemote(remote)}`,
    differs: 'this writes to another repository, for everyone who uses it',
    apply: () => {
      const git = new QuietGit(env);
      const lease = `--force-with-lease=${ref}:${ours}`;
      const words = ['push', '--quiet', '--no-verify', lease, '--', remote, `${old}:${ref}`];
      const pushed = git.run(words, place.top || place.gitDirectory, { timeout: TIMEOUT_MS });
      if (pushed.status !== 0) {
        const byHand = quote([
          'git',
          'push',
          `--force-with-lease=${ref}`,
          shownRemote(remote),
          `${old}:${ref}`,
        ]);
        throw notSaved(`${shownRemote(remote)} did not take it (${why(pushed.stderr)}). By hand: ${byHand}`);
      }
    },
  }));
}

/** A remote as people may see it: one that was typed as an address may hold a password. */
export function shownRemote(remote: string): string {
  return visible(redactText(remote));
}

function why(stderr: Buffer): string {
  const lines = stderr.toString().trim().split('\n');
  const said = lines.find(line => /^(fatal|error|!)|rejected/.test(line.trim())) ?? lines[0] ?? '';
  return visible(redactText(said)).trim();
}
