/**
 * The policy in force for a judge, compiled: guard's own rules as the build compiled them, or together with what the user,
 * the system or the project says, compiled when one of them changed. A compiled policy that is gone, old or damaged is
 * made anew from its sources; guard's own that is damaged is a broken install. Judges nothing.
 */

import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { latin1 } from '../bytes.js';
import { writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import type { Places } from '../places.js';
import { compilePolicy, type ReadPart, readCompiled } from '../policy/compiled.js';
import type { Policy } from '../policy/rule.js';
import { layerStamps, stampOf } from './layer-files.js';
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
  const builtin = `${dist}/policy.compiled`;
  const layers = layerStamps(places, cwd);
  if (layers.length === 0) return readBuiltin(builtin);
  // The compiled file is the agent's to write, and what root says must not be read from it.
  if (existsSync(places.systemState)) return compose();
  const directory = `${places.data}/compiled`;
  const files = layers.map(([file]) => file);
  // Which of the files is whose is told by where the layers lie, and how far a project reaches by the home directory.
  const sources = JSON.stringify([stampOf(builtin), places.systemConfig, places.config, ...layers]);
  const path = `${directory}/${nameOf([dist, places.systemConfig, places.config, ...files].join('\0'))}`;
  const kept = readKept(path, sources);
  if (kept) return kept;
  const policy = await compose();
  keep(path, `${sources}\n${compilePolicy(policy)}`, directory);
  return policy;
}

/** guard's own rules as the build compiled them. Throws `GuardError('broken-install')`. */
function readBuiltin(file: string): Policy {
  try {
    const source = openSource(file, false, MAX_BYTES);
    if (source) return readCompiled(source.part, source.size);
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

/**
 * What was compiled from exactly these sources, which stand before it. Its descriptor stays open for the parts that are read
 * later: as long as the judge, which judges one command.
 */
function readKept(path: string, sources: string): Policy | undefined {
  try {
    const source = openSource(path, true, MAX_BYTES);
    if (source === undefined) return undefined;
    // It is read as Latin-1: a character for each byte.
    const title = `${latin1(Buffer.from(sources))}\n`;
    if (source.part(0, title.length) === title) {
      const part: ReadPart = (offset, length) => source.part(title.length + offset, length);
      return readCompiled(part, source.size - title.length);
    }
    source.close();
    return undefined;
  } catch (fault) {
    // Torn, foreign or of another version: the sources say what is in force.
    if (fault instanceof GuardError) return undefined;
    throw fault;
  }
}

/** A file's name for the layers that lie there. Others may share it (FNV-1a), so the file says whose it is. */
function nameOf(layers: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < layers.length; i += 1) hash = Math.imul(hash ^ layers.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
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
