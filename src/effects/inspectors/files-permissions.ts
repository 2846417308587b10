/** Reads chmod, chown and chgrp: whose modes and owners change, one or a whole tree. Judges nothing. */

import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { type Classified, classify } from '../files/classify.js';
import { holdsGuards } from '../files/guards.js';
import { breaks, closesTree, opens } from '../files/modes.js';
import { onlyTells, placed } from '../files/operands.js';
import { isVital, projectRoot } from '../files/places.js';
import { preview } from '../files/preview.js';
import { fileResources } from '../files/resources.js';

export const filesPermissions: Inspector = {
  name: 'files-permissions',
  watches: { chmod: '*', chown: '*', chgrp: '*' },
  resources: fileResources,
  paths: {
    chmod: {
      options: [],
      roles: ['mode', 'changed'],
      more: true,
      effects: [
        {
          actions: ['update'],
          resources: fileResources.filter(resource => resource !== 'file.guard'),
          extents: ['one'],
          with: ['change=permissions'],
        },
      ],
    },
  },
  inspect,
  preview,
};

function inspect(invocation: Invocation, world: World): readonly Effect[] {
  if (onlyTells(invocation)) return [];
  const isTree = isOn(invocation, '--recursive');
  const given = lastValue(invocation, '--reference') !== undefined || modeIsOption(invocation);
  const operands = given ? invocation.operands : invocation.operands.slice(1);
  const mode = modeOf(invocation);
  return placed(operands, invocation).map(({ word, at }): Effect => {
    const path = classify(word, invocation, world, { follow: true, tree: isTree });
    // A policy that others could write, or that is another's, is left out.
    const isOwners = path.certain && isWithin(path.path, world.home) && isGivenToUser(invocation, world);
    if (path.class === 'guard' || (isTree && !isOwners && opens(mode) && holdsGuards(path, world)))
      return effect('tamper', 'file.guard', path.path, { words: [at] });
    const project = projectRoot(world);
    // The working directory is the project's own; a directory above it is others' too.
    const isOwn = path.class === 'parent' && project !== undefined && isWithin(path.path, project);
    return effect('update', `file.${isOwn ? 'project' : path.class}`, path.path, {
      extent: isTree || path.contents ? 'all' : 'one',
      with: [
        'change=permissions',
        ...(isTree && closesTree(mode) ? ['mode=closed'] : []),
        ...(isOwners ? ['owner=user'] : []),
        ...(path.class === 'system' && isBroken(path, invocation, mode) ? ['mode=broken'] : []),
      ],
      words: [at],
      ...(!path.certain && { note: 'part of the path is not known; this is what is left where it is empty' }),
    });
  });
}

/** Programs, libraries, accounts and their like: of no use to the system, or anybody's. */
function isBroken(path: Classified, { tool, operands }: Invocation, mode: string): boolean {
  const isTop = /^\/(etc|usr|var)$/.test(path.path);
  if (!isVital(path.path) && !isTop) return false;
  if (tool === 'chgrp') return false;
  const owner = operands[0]?.text.split(/[:.]/, 1)[0] ?? '';
  if (tool === 'chown') return operands[0]?.certain === true && !/^(root|0|)$/.test(owner);
  const isRun = isTop || /^\/(bin|sbin|lib\w*|usr\/(bin|sbin|lib\w*))(\/|$)/.test(path.path);
  return breaks(mode, isRun);
}

const TELLS_USER = /^(whoami|logname|id)$/;

/** `chown "$USER"`, `chown $(id -u):$(id -g)`: to whoever types it. The group does not matter then. */
function isGivenToUser({ tool, operands: [owner] }: Invocation, { env, home }: World): boolean {
  if (tool !== 'chown' || owner === undefined) return false;
  const [name = ''] = owner.text.split(/[:.]/, 1);
  const isOutput = owner.holes?.some(hole => hole <= name.length) === true;
  if (isOutput) return (owner.outputOf ?? []).every(({ words }) => TELLS_USER.test(words[0]?.text ?? ''));
  return name !== '' && [env['USER'], env['LOGNAME'], baseName(home)].includes(name);
}

/** `chmod -x file`: the mode stands where an option would. */
const DASHED = /^-[rwxXstugoa+0-7]$/;

function modeIsOption(invocation: Invocation): boolean {
  return invocation.tool === 'chmod' && invocation.options.some(use => DASHED.test(use.name));
}

function modeOf({ tool, options, operands }: Invocation): string {
  if (tool !== 'chmod') return '';
  const dashed = options.filter(use => DASHED.test(use.name));
  return dashed.length > 0
    ? dashed.map(use => use.name + (use.value?.text ?? '')).join(',')
    : (operands[0]?.text ?? '');
}
