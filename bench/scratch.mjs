/** The scratch HOME that everything is measured in: guard installed as a user would, a repository, and no network. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './measure.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const dist = join(root, 'dist');
export const judge = join(dist, 'judge.cjs');

/** The options with which shims start node: see src/start-node.ts. */
export const START_OPTIONS = /^_go='(.*)'$/m
  .exec(readFileSync(join(root, 'bin/guard'), 'utf8'))[1]
  .split(' ');

/** The PATH of whoever runs the bench, without the shims that may be on it. */
export const barePath = process.env.PATH.split(':')
  .filter(entry => !existsSync(join(entry, '.guard-shims')))
  .join(':');

export class Scratch {
  home = mkdtempSync(join(tmpdir(), 'guard-bench-'));
  work = join(this.home, 'work');
  shims = join(this.home, '.local/share/guard/shims');
  hook = join(this.home, '.local/share/guard/guard-hook');
  spool = join(this.home, 'spool');
  bare = { HOME: this.home, PATH: barePath, LANG: 'C.UTF-8' };
  guarded = { ...this.bare, PATH: `${this.shims}:${barePath}` };
  #empty = join(this.home, 'empty.cjs');

  constructor() {
    mkdirSync(this.work);
    mkdirSync(join(this.home, '.claude'));
    writeFileSync(this.#empty, '');
    this.guard('init', '--yes', '--no-rc');
    this.guard('hook', 'install', 'claude', '--yes');
    this.repository(this.work);
  }

  /** A command as its user runs it without guard, and with it. */
  without(words) {
    return command(words, { env: this.bare, cwd: this.work });
  }

  with(words, more = {}) {
    return command(words, { env: { ...this.guarded, ...more }, cwd: this.work });
  }

  /** The judge alone, as a shim calls it. */
  judge(words) {
    return this.with([process.execPath, ...START_OPTIONS, judge, 'shim', this.spool, ...words]);
  }

  /** A node that does nothing. */
  node(more = {}) {
    return this.with([process.execPath, this.#empty], more);
  }

  guard(...words) {
    this.guardIn(this.guarded, ...words);
  }

  guardIn(env, ...words) {
    const made = spawnSync(process.execPath, [join(dist, 'cli.cjs'), ...words], { env, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`guard ${words[0]} failed:\n${made.stderr}`);
  }

  repository(directory) {
    mkdirSync(directory, { recursive: true });
    const git = (...args) => {
      const made = spawnSync('git', args, {
        cwd: directory,
        env: { ...this.bare, GIT_CONFIG_NOSYSTEM: '1' },
      });
      if (made.status !== 0) throw new Error(`git ${args[0]} failed`);
    };
    git('init', '-q');
    git('add', '-A');
    git(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@example.com',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'first',
    );
  }

  /** `text` as the user's policy while `measure` runs; shims are rewritten for it and back. */
  withPolicy(text, measure) {
    const file = join(this.home, '.config/guard/policy.yaml');
    const before = readFileSync(file);
    try {
      writeFileSync(file, text);
      this.guard('shim', 'install');
      return measure();
    } finally {
      writeFileSync(file, before);
      this.guard('shim', 'install');
    }
  }

  /** A HOME with `count` rules of the user's own, half of them on git: what `command` needs to run in it. */
  ownRules(count) {
    const own = join(this.home, `rules-${count}`);
    const folder = join(own, '.config/guard/rules');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const line = i => (i % 2 === 0 ? `git bench${i} --drop` : `tool${i} drop`);
    const entry = i =>
      `  - id: bench.r${i}\n    decision: confirm\n    when: { command: "${line(i)}" }\n    reason: For the benchmark.\n    examples: { match: ["${line(i)}"], not_match: ["ls"] }`;
    const all = Array.from({ length: count }, (_, i) => entry(i)).join('\n');
    writeFileSync(join(folder, 'bench.yaml'), `pack: bench\nabout: For the benchmark.\nrules:\n${all}\n`, {
      mode: 0o600,
    });
    const env = { ...this.bare, HOME: own, PATH: `${join(own, '.local/share/guard/shims')}:${barePath}` };
    this.guardIn(env, 'init', '--yes', '--no-rc');
    return { env, cwd: this.work };
  }

  /** A message without this machine's paths. */
  told(message) {
    return message.replaceAll(this.home, '~').replaceAll(root, '.').replaceAll(process.execPath, 'node');
  }

  remove() {
    rmSync(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
