/** Writes, removes and lists the shims in their one directory. Decides nothing about who may do so. */

import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allowedLog, makeAllowedLog } from '../audit/allowed.js';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import { assertOwn, bind, foreignTo } from '../integrity/bound.js';
import { forget, type Writing, writeNoted } from '../integrity/manifest.js';
import { isShim, locate, SHIM_MARKER } from '../locate.js';
import { type Places, pinOf } from '../places.js';
import { plainProgram } from '../plain/derive.js';
import type { PathSite } from '../plain/path-shell.js';
import { RuleFacts } from '../plain/rules.js';
import type { AllowedLog } from '../policy/rule.js';
import { shellWord } from '../text.js';
import { makeCodeCache } from './code-cache.js';
import { markFresh, policySources } from './fresh.js';
import { namingBash, shimInterpreter } from './interpreter.js';
import { isToolName, shimText } from './text.js';
import { type Knowledge, namesOf, shimmedTools } from './tools.js';

/** What the shims of one installation are made from. */
export interface ShimKit {
  readonly places: Places;
  readonly known: Knowledge;
  /** The node that runs the judge, absolute. */
  readonly node: string;
  /** guard's own directory of bundles; `bin/guard` stands beside it. */
  readonly dist: string;
  /** PATH, to find the real programs. */
  readonly path: string | undefined;
  /** When the policy behind `known` was read, in milliseconds; a policy file that is younger was not. */
  readonly loadedAt: number;
  /** How commands that pass unjudged are logged. */
  readonly allowed: AllowedLog;
}

const MODE = 0o755;

/** `outdated`: another version or place of guard wrote it. `foreign`: guard did not write it. `unreal`: no real program. */
type ShimState = 'current' | 'outdated' | 'foreign' | 'unreal';

export interface ShimStatus {
  readonly tool: string;
  readonly path: string;
  readonly state: ShimState;
  /** The real program that the shim would run now. */
  readonly real: string | undefined;
}

/** The texts of shims by name, `guard` itself included where all are asked for. Throws for a name that can be no shim. */
export function shimTexts(kit: ShimKit, tools?: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (tools === undefined) texts.set('guard', entryText(entryPartsOf(kit)));
  const sources = policySources(kit.places);
  const rules = new RuleFacts(kit.known.rules);
  for (const tool of tools ?? shimmedTools(kit.known, kit.path)) {
    if (tool === 'guard') {
      texts.set(tool, entryText(entryPartsOf(kit)));
      continue;
    }
    if (!isToolName(tool)) {
      throw new GuardError('usage', `${JSON.stringify(tool)} is no name for a shim`, {
        hint: 'Give the name of a program as it is typed: guard shim install terraform',
      });
    }
    const grammar = kit.known.grammars.find(one => namesOf(one).includes(tool));
    texts.set(
      tool,
      shimText({
        tool,
        interpreter: shimInterpreter(tool),
        bash: namingBash(),
        node: kit.node,
        judge: join(kit.dist, 'judge.cjs'),
        runner: join(kit.dist, '../bin/guard-runner'),
        spool: kit.places.spool,
        pin: pinOf(kit.places),
        site: siteOf(kit),
        rm: locate('rm', `/bin:/usr/bin:${kit.path ?? ''}`) ?? '/bin/rm',
        shims: kit.places.shims,
        sources,
        ...(kit.allowed !== 'off' && {
          log: { file: allowedLog(kit.places.audit), timed: kit.allowed === 'full' },
        }),
        plain: plainProgram(tool, grammar, kit.known.inspectors, rules),
      }),
    );
  }
  return texts;
}

/** Where guard's own files are when these shims run, and what a person protects. */
function siteOf({ places, known, dist }: ShimKit): PathSite {
  const { home, config, state, data } = places;
  return {
    home,
    bases: [dirname(config), dirname(state), dirname(data)],
    program: dirname(dist),
    protect: known.protect ?? [],
  };
}

/**
 * Writes shims, each in one step; those that are current stay as they are. Returns the names of those written. Throws
 * `GuardError('foreign')` where they are another guard's.
 */
export function writeShims(kit: ShimKit, texts: ReadonlyMap<string, string>): readonly string[] {
  const { shims } = kit.places;
  assertOwn(kit.places);
  makeCodeCache(kit.dist, kit.node);
  makePrivateDirectory(shims);
  if (!existsSync(join(shims, SHIM_MARKER))) writeAtomic(join(shims, SHIM_MARKER), '');
  if (kit.allowed !== 'off') makeAllowedLog(kit.places.audit);
  const written = [...texts].filter(([tool, text]) => !isIntact(join(shims, tool), text));
  const writings = [...texts].map(
    ([tool, bytes]): Writing => ({ path: join(shims, tool), bytes, mode: MODE }),
  );
  writeNoted(kit.places.data, writings, () => {
    for (const [tool, text] of written) {
      writeAtomic(join(shims, tool), text, MODE);
      // The mode of a new file is cut by the umask; a shim that is not executable is no shim.
      chmodSync(join(shims, tool), MODE);
    }
  });
  if (namesIn(shims).every(name => texts.has(name) || !isShim(join(shims, name)))) {
    markFresh(kit.places, kit.loadedAt);
  }
  bind(kit.places);
  return written.map(([tool]) => tool);
}

/**
 * Brings the shims to what the knowledge calls for: missing ones are written, outdated ones replaced. For whoever
 * changed a rule or guard itself. Does nothing where shims were never installed, or are another guard's.
 */
export function refreshShims(kit: ShimKit): readonly string[] {
  if (!existsSync(join(kit.places.shims, SHIM_MARKER)) || foreignTo(kit.places) !== undefined) return [];
  const present = namesIn(kit.places.shims).filter(name => isShim(join(kit.places.shims, name)));
  return writeShims(kit, new Map([...shimTexts(kit), ...shimTexts(kit, present)]));
}

/** Throws where there is no shim of one of the names. */
export function assertShims({ places }: ShimKit, tools: readonly string[]): void {
  const missing = tools.find(tool => !isToolName(tool) || !existsSync(join(places.shims, tool)));
  if (missing === undefined) return;
  throw new GuardError('usage', `there is no shim for ${missing}`, {
    hint: 'See which there are: guard shim list',
  });
}

/** Removes the named shims. Throws where one is not there; then none is removed. */
export function removeShims(kit: ShimKit, tools: readonly string[]): void {
  assertShims(kit, tools);
  const paths = tools.map(tool => join(kit.places.shims, tool));
  // Forgotten first, or whoever checks meanwhile would miss them.
  forget(kit.places.data, paths);
  for (const path of paths) rmSync(path, { force: true });
}

/** The shims that stand in the directory, sorted by name. */
export function listShims(kit: ShimKit): readonly ShimStatus[] {
  const texts = shimTexts(kit);
  return namesIn(kit.places.shims).map(tool => {
    const path = join(kit.places.shims, tool);
    const real = tool === 'guard' ? join(kit.dist, '../bin/guard') : locate(tool, kit.path);
    return { tool, path, real, state: stateOf(path, tool, real, texts, kit) };
  });
}

function stateOf(
  path: string,
  tool: string,
  real: string | undefined,
  texts: ReadonlyMap<string, string>,
  kit: ShimKit,
): ShimState {
  if (!isToolName(tool) || !isShim(path)) return 'foreign';
  const wanted = texts.get(tool) ?? shimTexts(kit, [tool]).get(tool);
  if (textOf(path) !== wanted) return 'outdated';
  return real === undefined ? 'unreal' : 'current';
}

function namesIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter(name => name !== SHIM_MARKER && !name.endsWith('.tmp'))
    .sort();
}

interface EntryParts {
  readonly dist: string;
  readonly node: string;
  readonly spool: string;
  readonly pin?: string;
}

function entryPartsOf({ dist, node, places }: ShimKit): EntryParts {
  return { dist, node, spool: places.spool, pin: pinOf(places) };
}

/** `bin/guard` with what it would have to look for filled in; without `pin`, it judges by the places of whoever calls it. */
export function entryText({ dist, node, spool, pin = '' }: EntryParts): string {
  const pins = { _gn: node, _gr: join(dist, '..'), _gs: spool, _ga: pin };
  const text = readFileSync(join(dist, '../bin/guard'), 'utf8').replace(
    /^(_gn|_gr|_gs|_ga)=$/gm,
    (_line, name: keyof typeof pins) => `${name}=${shellWord(pins[name])}`,
  );
  return text.replace(/^#!.*/, `#!${shimInterpreter('guard')}`);
}

/** Is it the caller's, with that text, for nobody else to write? */
function isIntact(path: string, text: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return (
    stats?.isFile() === true &&
    (stats.mode & 0o7777) === MODE &&
    stats.uid === process.geteuid?.() &&
    textOf(path) === text
  );
}

function textOf(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}
