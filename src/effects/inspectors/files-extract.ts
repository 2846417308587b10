/** Reads tar, cpio, unzip and 7z where they unpack: over what stands in one of the system's directories, or a server's data. */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { fileResources } from '../files/resources.js';
import { unpackedTo } from '../files/unpacked.js';

export const filesExtract: Inspector = {
  name: 'files-extract',
  watches: { tar: '*', cpio: '*', unzip: '*', '7z': '*', '7za': '*', '7zz': '*', '7zr': '*' },
  resources: fileResources,
  inspect(invocation, world) {
    const archive = unpackedTo(invocation);
    return archive === undefined || archive.keeps ? [] : unpacked(archive.into, invocation, world);
  },
};

/** Where the package manager or an administrator has put what is there; software is delivered into the others. */
const DELIVERY = /^\/(usr\/(local|src|share)|opt|srv|var\/(www|tmp|lib|cache)|root|home)(\/|$)/;

function unpacked(into: Word, invocation: Invocation, world: World): readonly Effect[] {
  const path = classify(into, invocation, world, { follow: true });
  if (!path.certain) return [];
  // All homes at once, or one whose files the command says that it writes over.
  const isHomes =
    /^\/(home|Users)$/.test(path.path) || (path.class === 'home' && isOn(invocation, '--overwrite', '-o'));
  const isGrave = isHomes || path.class === 'root' || path.class === 'data' || path.class === 'vcs';
  if (!isGrave && (path.class !== 'system' || DELIVERY.test(path.path) || path.path === '/tmp')) return [];
  const at = Math.max(0, invocation.argv.indexOf(into));
  const kind = path.class === 'root' || path.class === 'home' ? 'system' : path.class;
  return [
    effect('overwrite', `file.${kind}`, path.path, { words: [at], extent: 'some', note: 'unpacked there' }),
  ];
}
