/** Reads rm, rmdir, unlink, shred and rimraf: which paths they remove. Judges nothing. */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { hasUnseen, onlyTells, placed, unseen } from '../files/operands.js';
import { preview } from '../files/preview.js';
import { type Removal, removals } from '../files/remove.js';
import { fileResources } from '../files/resources.js';

export const filesRemove: Inspector = {
  name: 'files-remove',
  watches: { rm: '*', zf_rm: '*', unlink: '*', shred: '*', rimraf: '*', rmdir: '*' },
  resources: fileResources,
  paths: {
    rmdir: { options: [], roles: ['removed'], more: true, effects: [] },
    rm: {
      options: ['-f', '-v', '-fv'],
      deep: ['-r', '-R', '-rf', '-fr', '-Rf'],
      roles: ['removed'],
      more: true,
      effects: [
        { actions: ['delete'], resources: ['file.generated'], extents: ['one', 'all'], with: [] },
        { actions: ['delete'], resources: ['file.project', 'file.committed'], extents: ['one'], with: [] },
      ],
    },
  },
  inspect,
  preview,
};

function inspect(invocation: Invocation, world: World): readonly Effect[] {
  if (onlyTells(invocation)) return [];
  const { tool } = invocation;
  if (tool === 'rmdir') return emptyDirectories(invocation, world);
  const isTree = tool === 'rimraf' ? !isOn(invocation, '--dry-run') : isOn(invocation, '--recursive');
  if (tool === 'rimraf' && !isTree) return [];
  const removal: Removal = {
    recursive: isTree,
    oneFileSystem: isOn(invocation, '--one-file-system'),
    // shred writes over the blocks: not even forensic tools bring them back.
    ...(tool === 'shred' && { with: ['method=shred'] }),
  };
  const named = removals(placed(invocation.operands, invocation), removal, invocation, world);
  return hasUnseen(invocation) ? [...named, unseen(isTree)] : named;
}

/** rmdir removes nothing but empty directories; only a mount point is more than that. */
function emptyDirectories(invocation: Invocation, world: World): readonly Effect[] {
  const operands = placed(invocation.operands, invocation);
  // cmd's own, typed into bash: `rmdir /s /q build`.
  if (operands.some(({ word }) => /^\/s$/i.test(word.text)))
    return removals(
      operands.filter(({ word }) => !/^\/[sq]$/i.test(word.text)),
      { recursive: true },
      invocation,
      world,
    );
  return operands.flatMap(({ word, at }) => {
    const path = classify(word, invocation, world);
    const isMount = path.class === 'mount' || path.class === 'guard';
    return isMount ? [effect('delete', `file.${path.class}`, path.path, { words: [at] })] : [];
  });
}
