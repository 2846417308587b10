/** The whole way of undo without a door: decide, plan, save, run the real command, give back. */

import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decide } from '../../src/decide.js';
import type { Safety, Verdict } from '../../src/policy/rule.js';
import { loadSubprocess } from '../../src/subprocess.js';
import { type Plan, planOf, type Retention, retentionOf } from '../../src/undo/plan.js';
import type { Step } from '../../src/undo/saver.js';
import { type Snapshot, SnapshotStore } from '../../src/undo/store.js';
import { realWorld } from '../../src/world.js';
import { builtinPolicy } from './policy.js';
import { scratchDirectory } from './scratch.js';

type Environment = Readonly<Record<string, string>>;

export class Undo {
  readonly directory = scratchDirectory();
  readonly store = new SnapshotStore(join(this.directory, 'undo'));
  readonly env: Environment;
  readonly #safety: Safety;

  /** `safety`: what the policy gives leave to. */
  constructor(env: Environment, safety: Safety = {}) {
    this.env = env;
    this.#safety = safety;
  }

  async verdict(script: string, cwd: string, policy = builtinPolicy()): Promise<Verdict> {
    await loadSubprocess();
    return decide({ script }, policy, realWorld({ cwd, env: this.env }));
  }

  plan(verdict: Verdict, cwd: string, retention: Retention = retentionOf(undefined)): Plan {
    return planOf(verdict, realWorld({ cwd, env: this.env }), retention.one, this.#safety);
  }

  /** Saves what guard would save before the script, if it stops it. Throws where nothing would be saved. */
  async save(script: string, cwd: string, retention: Retention = retentionOf(undefined)): Promise<Snapshot> {
    const verdict = await this.verdict(script, cwd);
    if (verdict.decision !== 'confirm') throw new Error(`${script}: ${verdict.decision}`);
    const { items } = this.plan(verdict, cwd, retention);
    if (items.length === 0) throw new Error(`${script}: nothing to save`);
    return this.store.take(items, { command: script, cwd, rules: [] }, retention, this.env);
  }

  /** Gives back all that needs no yes; what is left is returned. */
  giveBack(snapshot: Snapshot, { all = false } = {}): readonly Step[] {
    const steps = this.store.steps(snapshot, this.env);
    for (const step of steps) if (all || step.differs === undefined) step.apply();
    return steps.filter(step => step.differs !== undefined && !all);
  }
}

/** Every path below a directory with kind, mode and content; `.git` left out. */
export function treeOf(directory: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = (path: string) => {
    for (const name of readdirSync(join(directory, path)).sort()) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (name === '.git') continue;
      const stats = lstatSync(join(directory, inner));
      const mode = (stats.mode & 0o7777).toString(8);
      if (stats.isSymbolicLink()) found[inner] = `link ${readlinkSync(join(directory, inner))}`;
      else if (stats.isDirectory()) {
        found[inner] = `folder ${mode}`;
        walk(inner);
      } else found[inner] = `${mode} ${readFileSync(join(directory, inner)).toString('latin1')}`;
    }
  };
  walk('');
  return found;
}

/** What git says of a repository: status, index, branches, tags and stashes. */
export function gitStateOf(directory: string, env: Environment): Readonly<Record<string, string>> {
  const ask = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: directory, env, encoding: 'utf8' });
  return {
    head: ask('rev-parse', '--abbrev-ref', 'HEAD'),
    status: ask('status', '--porcelain', '--ignored', '--untracked-files=all'),
    index: ask('ls-files', '-s'),
    refs: ask('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags'),
    stashes: ask('stash', 'list', '--format=%H %gs'),
  };
}
