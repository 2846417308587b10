/**
 * Reads programs that put whole trees somewhere (cp, mv, ln, rsync, scp, tar, unzip, git and their like): where, and what they
 * hold. Only for guard's own places and for keys, which lie below directories that trees are put into every day. Judges nothing.
 */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Inspector } from '../effect.js';
import { archivePuts } from '../files/trees/archives.js';
import { copyPuts, linkPuts, remotePuts, syncPuts } from '../files/trees/copies.js';
import { checkoutPuts } from '../files/trees/git.js';
import { putOverKeys } from '../files/trees/keys.js';
import { ABOVE_GUARD, type Put, putOverGuard } from '../files/trees/put.js';

export const filesTrees: Inspector = {
  name: 'files-trees',
  watches: {
    ...{
      cp: '*',
      mv: '*',
      ditto: '*',
      ln: '*',
      rsync: '*',
      scp: '*',
      docker: '*',
      podman: '*',
      kubectl: '*',
    },
    ...{ tar: '*', bsdtar: '*', cpio: '*', unzip: '*', '7z': '*', '7za': '*', '7zz': '*', '7zr': '*' },
    // A clone goes into a directory that is empty, which guard's never are.
    git: ['worktree', 'checkout-index'],
  },
  // By words that do not begin with a slash, shims let pass single files alone.
  quiet: {
    ...{ cp: '* : /*', mv: '* : /*', ln: '* : /*' },
    git: 'worktree list',
    ...{ docker: '* : cp', podman: '* : cp', kubectl: '* : cp' },
  },
  resources: ['file.guard', 'file.secret', ABOVE_GUARD],
  inspect: (invocation, world) =>
    putsOf(invocation, world).flatMap(put => [
      ...putOverGuard(put, invocation, world),
      ...(COPIES.test(invocation.tool) && !keeps(invocation) ? putOverKeys(put, invocation, world) : []),
    ]),
};

/** Whoever unpacks an archive into `~/.ssh` has said what is to be there. */
const COPIES = /^(cp|mv|ditto|rsync|scp)$/;

/** What stands there stays, or is set aside. */
function keeps(invocation: Invocation): boolean {
  return isOn(
    invocation,
    '--no-clobber',
    '--backup',
    '-b',
    '--ignore-existing',
    '--interactive',
    '--dry-run',
  );
}

function putsOf(invocation: Invocation, world: World): readonly Put[] {
  switch (invocation.tool) {
    case 'cp':
    case 'mv':
    case 'ditto':
      return copyPuts(invocation, world);
    case 'ln':
      return linkPuts(invocation, world);
    case 'rsync':
      return syncPuts(invocation, world);
    case 'scp':
    case 'docker':
    case 'podman':
    case 'kubectl':
      return remotePuts(invocation, world);
    case 'git':
      return checkoutPuts(invocation, world);
    default:
      return archivePuts(invocation, world);
  }
}
