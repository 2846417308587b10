/** Scratch git repositories, made with the real git outside guard. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs the real git; settings of the machine stay out of it. */
export function git(cwd: string, ...args: readonly string[]): string {
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

export interface Clones {
  /** The bare repository. */
  readonly remote: string;
  /** A clone whose main has diverged: pushing it needs force. */
  readonly local: string;
  /** The commit on the remote's main. */
  readonly theirs: string;
  /** The commit on the clone's main. */
  readonly ours: string;
}

/** A bare remote and a clone that diverged from it by one commit each. */
export function divergedClones(directory: string): Clones {
  mkdirSync(directory, { recursive: true });
  const [remote, local] = [join(directory, 'remote.git'), join(directory, 'local')];
  git(directory, 'init', '-q', '--bare', '-b', 'main', remote);
  git(directory, 'clone', '-q', remote, local);
  commit(local, 'base');
  git(local, 'push', '-q', 'origin', 'HEAD:main');
  commit(local, 'their work');
  git(local, 'push', '-q', 'origin', 'HEAD:main');
  const theirs = git(local, 'rev-parse', 'HEAD');
  git(local, 'reset', '-q', '--hard', 'HEAD~1');
  commit(local, 'our work');
  return { remote, local, theirs, ours: git(local, 'rev-parse', 'HEAD') };
}

function commit(directory: string, message: string): void {
  writeFileSync(join(directory, 'file.txt'), `${message}\n`);
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '-m', message);
}
