/**
 * The policy in force: built-in packs, then /etc/guard, the user's files and the project's, each file read and trusted by
 * itself. A file that is broken or that others could write is left out and said; the rest stays in force. Judges nothing.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Parsed, PolicyCache } from './config/cache.js';
import { PROJECT_FILE, projectDirectories, ruleFiles } from './config/layer-files.js';
import { faultOfOwner, openSource, type Source } from './config/source.js';
import { GuardError, isMissing, showPosition } from './errors.js';
import type { Places } from './places.js';
import { compose, type Layer, type LayerFile } from './policy/layers.js';
import { readPack, readPolicyFile, readProjectFile } from './policy/load.js';
import type { Pack, Policy, PolicyFault } from './policy/rule.js';
import { textAt } from './unblocked.js';

/** Digests of packs as they were shipped, so that hashing a policy need not write them out again. */
const digests = new WeakMap<readonly Pack[], string>();

/** guard's own packs, compiled by the build. Throws `GuardError('broken-install')`. */
export function readBuiltinPacks(path: string): readonly Pack[] {
  try {
    const text = textAt(path);
    const packs: readonly Pack[] = JSON.parse(text);
    digests.set(packs, sha256(text));
    return packs;
  } catch (cause) {
    throw new GuardError('broken-install', 'the built-in rules cannot be read', {
      at: { file: path },
      hint: 'Install guard again (README, Install).',
      cause,
    });
  }
}

/** Everything that is in force for a command in `cwd`. Rejects only for faults inside guard itself. */
export async function loadPolicy(places: Places, cwd: string, builtin: readonly Pack[]): Promise<Policy> {
  const reader = new LayerReader(new PolicyCache(join(places.data, 'policy.json'), digestOf(builtin)));
  const isSetUp = existsSync(places.systemState);
  // The cache is the agent's to write, and what root says must not be forged there.
  const system = await reader.configuration(places.systemConfig, !isSetUp);
  const isSystem = places.config === places.systemConfig;
  const own = isSystem ? { files: [] } : await reader.configuration(places.config);
  const layers = [
    system,
    { ...own, mayRelax: !demandsMore(system, isSetUp) },
    await reader.project(cwd, places.home),
  ];
  reader.done();
  return policyOfLayers(builtin, layers, reader.faults);
}

/** The policy of guard's own packs and layers that were read, with its digest. */
export function policyOfLayers(
  builtin: readonly Pack[],
  layers: readonly Layer[],
  found: readonly PolicyFault[],
): Policy {
  const { faults, ...policy } = compose(builtin, layers, found);
  const files = layers.flatMap(layer => layer.files);
  return { ...policy, faults, hash: sha256(digestOf(builtin) + canonicalJson({ files, faults })) };
}

/** Where every approval is another user's (H1), a file that the agent's own user can write must not loosen. */
function demandsMore({ files }: Layer, isSetUp: boolean): boolean {
  const said = files.flatMap(({ changes }) => changes?.presence ?? []);
  return said.length === 0 ? isSetUp : said.some(level => level !== 'H0');
}

function digestOf(packs: readonly Pack[]): string {
  let digest = digests.get(packs);
  if (digest === undefined) {
    digest = sha256(canonicalJson(packs));
    digests.set(packs, digest);
  }
  return digest;
}

/** Reads the files of layers, collecting what is wrong with them. */
class LayerReader {
  readonly #cache: PolicyCache;
  readonly faults: PolicyFault[] = [];

  constructor(cache: PolicyCache) {
    this.#cache = cache;
  }

  /** `policy.yaml` and `rules/*.yaml` of a directory that its owner alone may write. */
  async configuration(directory: string, cached = true): Promise<Layer> {
    const rules = join(directory, 'rules');
    if (!this.#isTrusted(directory)) return { mayRelax: true, files: [] };
    const names = this.#isTrusted(rules) ? this.#list(rules) : [];
    const files = [
      await this.#read(
        join(directory, 'policy.yaml'),
        true,
        async (text, file) => ({ changes: await readPolicyFile(text, file) }),
        cached,
      ),
      ...(await Promise.all(
        names.map(name =>
          this.#read(
            join(rules, name),
            true,
            async (text, file) => ({ pack: await readPack(text, file) }),
            cached,
          ),
        ),
      )),
    ];
    return { mayRelax: true, files: files.filter(file => file !== undefined) };
  }

  /** Every `.guard.yaml` from the directory up to the repository's root or the home directory. */
  async project(cwd: string, home: string): Promise<Layer> {
    const files: LayerFile[] = [];
    for (const directory of projectDirectories(cwd, home)) {
      const read = await this.#read(join(directory, PROJECT_FILE), false, readProjectFile);
      if (read) files.push(read);
    }
    return { mayRelax: false, files };
  }

  done(): void {
    this.#cache.save();
  }

  async #read(
    file: string,
    mustBeOwn: boolean,
    parse: (text: string, file: string) => Promise<Omit<LayerFile, 'file'>>,
    cached = true,
  ): Promise<LayerFile | undefined> {
    let source: Source | undefined;
    try {
      source = openSource(file, mustBeOwn);
      if (source === undefined) return undefined;
      let parsed = cached ? this.#cache.get(file, source.stamp) : undefined;
      if (parsed === undefined) {
        parsed = await parsing(parse(source.text(), file), file);
        if (cached) this.#cache.set(file, source.stamp, parsed);
      }
      if (!('fault' in parsed)) return { file, ...parsed };
      this.faults.push(parsed.fault);
    } catch (fault) {
      if (!(fault instanceof GuardError)) throw fault;
      this.faults.push(asFault(fault, file));
    } finally {
      source?.close();
    }
    return undefined;
  }

  #isTrusted(directory: string): boolean {
    const fault = faultOfOwner(directory);
    if (fault) this.faults.push(asFault(fault, directory));
    return fault === undefined;
  }

  #list(directory: string): readonly string[] {
    try {
      return ruleFiles(directory);
    } catch (cause) {
      if (isMissing(cause)) return [];
      this.faults.push({
        message: 'the directory cannot be listed. Check its owner and mode.',
        at: directory,
      });
      return [];
    }
  }
}

/** What a file says, or what is wrong with it: both are kept in the cache. */
async function parsing(parse: Promise<Omit<LayerFile, 'file'>>, file: string): Promise<Parsed> {
  try {
    return await parse;
  } catch (fault) {
    if (!(fault instanceof GuardError)) throw fault;
    return { fault: asFault(fault, file) };
  }
}

function asFault(fault: GuardError, file: string): PolicyFault {
  const message = fault.hint === undefined ? fault.message : `${fault.message}. ${fault.hint}`;
  return { message, at: showPosition(fault.at) || file };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** JSON whose keys are sorted: equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
