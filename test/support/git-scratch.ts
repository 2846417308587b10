/** Scratch repositories for tests: a clone of a bare remote, in a folder and a HOME of their own. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { scratchDirectory } from './scratch.js';

/** What the first one holds: files with their bytes, folders before what is in them. */
let made: ReadonlyMap<string, Buffer | undefined> | undefined;

function contentsOf(root: string): ReadonlyMap<string, Buffer | undefined> {
  const all = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = all.map(entry => [relative(root, join(entry.parentPath, entry.name)), entry] as const);
  return new Map(
    paths
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, entry]) => [path, entry.isFile() ? readFileSync(join(root, path)) : undefined]),
  );
}

/** A work tree `app` with its remote `remote.git`, both with one commit on `main`. */
export class Scratch {
  readonly root = scratchDirectory();
  readonly app = join(this.root, 'app');
  readonly remote = join(this.root, 'remote.git');
  readonly env: Readonly<Record<string, string>> = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: this.root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };

  constructor() {
    // Made by git once and then written: a test file makes dozens, and ten processes cost more than most tests.
    if (made === undefined) {
      this.#make();
      made = contentsOf(this.root);
      return;
    }
    for (const [path, bytes] of made) {
      if (bytes === undefined) mkdirSync(join(this.root, path));
      else writeFileSync(join(this.root, path), bytes);
    }
    this.run('git update-index -q --refresh');
  }

  #make(): void {
    const init = 'git init -q --template= -b main';
    this.run(`${init} --bare remote.git && ${init} app && mkdir app/.git/info app/.git/hooks`, this.root);
    this.run('git remote add origin ../remote.git');
    this.commit('a.txt', 'one\n');
    this.run('git push -q -u origin main');
  }

  /** Runs a script; its output. Throws where it fails. */
  run(script: string, cwd = this.app): string {
    return execFileSync('sh', ['-c', script], { cwd, env: this.env, encoding: 'utf8', stdio: 'pipe' });
  }

  /** Runs a script whose failure is an outcome too. */
  try(script: string, cwd = this.app): void {
    try {
      this.run(script, cwd);
    } catch {
      // What it did to the repository is what the test looks at.
    }
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.app, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.app, name), 'utf8');
  }

  commit(name: string, text: string): void {
    this.write(name, text);
    this.run(`git add -A && git commit -q -m ${name}`);
  }

  /** Every ref of the remote with its commit. */
  remoteRefs(): string {
    return this.run('git for-each-ref --format="%(refname) %(objectname)"', this.remote);
  }
}
