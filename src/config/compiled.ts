/**
 * The policy in force for a judge, compiled: guard's own rules as the build compiled them, or together with what the user,
 * the system or the project says, compiled when one of them changed. A compiled policy that is gone, old or damaged is
 * made anew from its sources; guard's own that is damaged is a broken install. Judges nothing.
 */

import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import type { Places } from '../places.js';
import { compilePolicy, readCompiled } from '../policy/compiled.js';
import type { Policy } from '../policy/rule.js';
import { sha256 } from '../sha256.js';
import { layerStamps } from './layer-files.js';
import { openSource } from './source.js';

/** Projects come and go. */
const MAX_KEPT = 30;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * What is in force for a command in `cwd`; `compose` reads the layers where they changed. `dist` is guard's own directory.
 * Rejects only for faults of guard itself.
 */
export async function compiledPolicy(
  places: Places,
  cwd: string,
  dist: string,
  compose: () => Promise<Policy>,
): Promise<Policy> {
  const builtin = readBuiltin(dist);
  const stamps = layerStamps(places, cwd);
  if (stamps.length === 0) return builtin;
  // The compiled file is the agent's to write, and what root says must not be read from it.
  if (existsSync(places.systemState)) return compose();
  const directory = join(places.data, 'compiled');
  // Which of the files is whose is told by where the layers lie, and how far a project reaches by the home directory.
  const key = sha256(JSON.stringify([builtin.hash, places.systemConfig, places.config, ...stamps]));
  const path = join(directory, key.slice(0, 32));
  const kept = readKept(path);
  if (kept) return kept;
  const policy = await compose();
  keep(path, compilePolicy(policy), directory);
  return policy;
}

/** guard's own rules as the build compiled them. Throws `GuardError('broken-install')`. */
function readBuiltin(dist: string): Policy {
  const file = join(dist, 'policy.compiled');
  try {
    const policy = read(file, false);
    if (policy) return policy;
  } catch (cause) {
    throw brokenInstall(file, cause);
  }
  throw brokenInstall(file, undefined);
}

function brokenInstall(file: string, cause: unknown): GuardError {
  return new GuardError('broken-install', 'the built-in rules cannot be read', {
    at: { file },
    hint: 'Install guard again (README, Install).',
    cause,
  });
}

function readKept(path: string): Policy | undefined {
  try {
    return read(path, true);
  } catch (fault) {
    // Torn, foreign or of another version: the sources say what is in force.
    if (fault instanceof GuardError) return undefined;
    throw fault;
  }
}

/** Its descriptor stays open for the parts that are read later: as long as the judge, which judges one command. */
function read(path: string, mustBeOwn: boolean): Policy | undefined {
  const source = openSource(path, mustBeOwn, MAX_BYTES);
  return source && readCompiled(source.part, source.size);
}

function keep(path: string, text: string, directory: string): void {
  try {
    writeAtomic(path, text);
    const age = (name: string) => statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const aged = readdirSync(directory).map(name => ({ name, at: age(name) }));
    for (const { name } of aged.sort((a, b) => b.at - a.at).slice(MAX_KEPT)) {
      rmSync(join(directory, name), { force: true });
    }
  } catch (fault) {
    // A full or read-only disk: the next command compiles again.
    if (!(fault instanceof Error)) throw fault;
  }
}
