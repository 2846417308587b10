/** What every command of the CLI is given: places, the policy in force, output, and the person at the terminal. */

import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { Chalk, type ChalkInstance } from 'chalk';
import { systemAnchor } from '../audit/anchor.js';
import type { AuditEntry } from '../audit/entry.js';
import { AuditLog } from '../audit/log.js';
import { loadPolicy, readBuiltinPacks } from '../config.js';
import { GuardError } from '../errors.js';
import { foreignTo } from '../integrity/bound.js';
import type { Places } from '../places.js';
import type { Pack, Policy } from '../policy/rule.js';
import { ask } from '../presence/ask.js';
import { agentBehind, presenceAt, presenceBelowSudo } from '../presence/presence.js';
import { printable, visible } from '../text.js';
import { confirmThroughSudo, type Elevation, elevationOf, needsRoot, placesFor } from './elevation.js';

export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly places: Places;
  /** guard's own directory of bundles. */
  readonly dist: string;
  /** Colours for stdout: NO_COLOR, FORCE_COLOR and whether it is a terminal. */
  readonly style: ChalkInstance;
  readonly agent: string | undefined;
  readonly elevation: Elevation;
  builtin(): readonly Pack[];
  policy(): Promise<Policy>;
  /**
   * Throws `GuardError` unless a person here types `answer`: `no-presence` where nobody is here, `declined`, `interrupted`
   * for Ctrl-C. `what` completes "guard: …".
   */
  requirePresence(
    what: string,
    lines?: readonly string[],
    answer?: string,
    moot?: () => string | undefined,
  ): Promise<void>;
  /** Throws `GuardError('no-presence')` where the policy to be loosened is root's, and this is not root's guard. */
  requirePolicyOwner(): void;
  /** Records what the CLI itself did. */
  record(entry: Pick<AuditEntry, 'kind' | 'command'> & Partial<AuditEntry>): void;
  print(text: string): void;
}

/** The context of this process. `dist` is found beside the running bundle. */
export function contextOf(env: NodeJS.ProcessEnv, cwd: string): Context {
  const dist = dirname(process.argv[1] ?? '');
  const elevation = elevationOf(env, dist);
  const places = placesFor(env, elevation);
  const agent = agentBehind(env);
  const builtin = () => readBuiltinPacks(join(dist, 'rules.json'));
  const policy = () => loadPolicy(places, cwd, builtin());
  return {
    env,
    cwd,
    places,
    dist,
    agent,
    elevation,
    style: new Chalk({ level: colourLevel(env) }),
    builtin,
    policy,
    async requirePresence(what, lines = [], answer = 'yes', moot = () => undefined) {
      if (elevation.system && !elevation.caller) return confirmThroughSudo(what, lines);
      // Another guard's policy has no say in what a terminal is worth here.
      const terminals = foreignTo(places) === undefined ? (await policy()).terminals : [];
      const presence = elevation.caller ? presenceBelowSudo(env) : presenceAt(env, terminals);
      if (!presence.present) {
        throw new GuardError(
          'no-presence',
          `a person must confirm this at a terminal: ${what} (${presence.why})`,
          {
            hint: 'Run it yourself, in your own terminal. If this is one that guard does not know, see README, Terminals.',
          },
        );
      }
      const answered = await ask({ lines: [`guard: ${what}`, ...lines], answer, purpose: 'go on', moot });
      if (!answered.approved) {
        throw new GuardError(
          answered.isInterrupted ? 'interrupted' : 'declined',
          `not done: ${answered.why}`,
        );
      }
    },
    requirePolicyOwner() {
      if (elevation.system && !elevation.caller) throw needsRoot();
    },
    record(entry) {
      const log = new AuditLog(places.audit, `cli-${process.ppid}`, systemAnchor);
      log.append({
        door: 'cli',
        cwd: visible(cwd),
        rules: [],
        user: userName(env),
        ...(agent !== undefined && { agent }),
        ...entry,
      });
    },
    print: text => {
      process.stdout.write(`${printable(text)}\n`);
    },
  };
}

/** Who runs this; behind sudo, who called it. */
function userName(env: NodeJS.ProcessEnv): string {
  const { uid, username } = userInfo();
  return visible((uid === 0 ? env['SUDO_USER'] : undefined) ?? username);
}

/** The version in guard's package.json. */
export function versionOf(dist: string): string {
  const text: unknown = JSON.parse(readFileSync(join(dist, '..', 'package.json'), 'utf8'));
  return typeof text === 'object' && text !== null ? String(Reflect.get(text, 'version')) : 'unknown';
}

/** no-color.org and force-color.org: set and not empty counts; NO_COLOR wins. */
function colourLevel(env: NodeJS.ProcessEnv): 0 | 1 {
  if (env['NO_COLOR']) return 0;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] === '0' ? 0 : 1;
  return process.stdout.isTTY === true && env['TERM'] !== 'dumb' ? 1 : 0;
}
