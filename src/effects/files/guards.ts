/** Where guard's own files are: those of this user, of the system, and the programs that judge. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute, isWithin } from '../../paths.js';
import { placesOf, SYSTEM_LIBRARY, SYSTEM_LOG, SYSTEM_PROGRAM } from '../../places.js';
import type { World } from '../../port.js';
import type { Classified } from './classify.js';

/** guard's own files, of this user and of the system. */
export function isGuards(path: string, world: World): boolean {
  return path === world.program?.node || guardsPlaces(world).some(place => isWithin(path, place));
}

/**
 * Does the build of the checkout in which this guard lies write there what it makes? Whoever edits the checkout decides anyway
 * what is built from it.
 */
export function isOwnBuild(path: string, { via, directory }: Invocation, { program, stat }: World): boolean {
  const [, script] = /^node <(.+)>$/.exec(via.at(-1) ?? '') ?? [];
  if (program === undefined || script === undefined || !directory.certain) return false;
  const top = stat(program.package).realPath;
  const isBuild = stat(absolute(script, directory.text)).realPath === `${top}/scripts/build.mjs`;
  return isBuild && isWithin(path, `${top}/dist`);
}

/** Does a directory hold guard's own files, deep in it? One of everything (a home, the system) is grave without that. */
export function holdsGuards({ class: kind, path, certain }: Classified, world: World): boolean {
  const isGrave = ['root', 'home', 'system'].includes(kind);
  return certain && !isGrave && guardsPlaces(world).some(place => isWithin(place, path));
}

/** By the environment that they were worked out from: they are asked for with every path. */
const ofGuard = new WeakMap<World['env'], GuardsPlaces>();

interface GuardsPlaces {
  readonly all: readonly string[];
  /** The user's configuration alone, where a policy would be taken for the user's. */
  readonly config: readonly string[];
}

/** The directories that guard keeps its own files in, by their names and by where links lead from there. */
export function guardsPlaces(world: World): readonly string[] {
  return placesIn(world).all;
}

/** Those of them in which the user's policy lies. */
export function guardsConfig(world: World): readonly string[] {
  return placesIn(world).config;
}

function placesIn(world: World): GuardsPlaces {
  let known = ofGuard.get(world.env);
  if (known === undefined) {
    const { config, state, data, systemConfig, systemState } = placesOf({
      ...world.env,
      HOME: world.env['HOME'] ?? world.home,
    });
    // `~/.config` may be a link into a directory of dotfiles, and the package one to where it was built.
    const both = (...places: readonly string[]) => [
      ...new Set(places.flatMap(place => [place, world.stat(place).realPath])),
    ];
    const { program } = world;
    known = {
      all: [
        ...both(config, state, data),
        ...(program ? both(program.package).flatMap(top => [`${top}/dist`, `${top}/bin`]) : []),
        ...[systemConfig, systemState, SYSTEM_LIBRARY, SYSTEM_LOG, SYSTEM_PROGRAM],
      ],
      config: both(config),
    };
    ofGuard.set(world.env, known);
  }
  return known;
}
