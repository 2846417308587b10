/** Reads tar, cpio, unzip and 7z where they unpack over what matters, and tar where it removes what it packs. Judges nothing. */

import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { hasUnseen, onlyTells, placed, unseen } from '../files/operands.js';
import { removals } from '../files/remove.js';
import { fileResources } from '../files/resources.js';
import { unpackedTo } from '../files/unpacked.js';

export const filesExtract: Inspector = {
  name: 'files-extract',
  watches: { tar: '*', cpio: '*', unzip: '*', '7z': '*', '7za': '*', '7zz': '*', '7zr': '*' },
  resources: fileResources,
  inspect(invocation, world) {
    if (isOn(invocation, '--remove-files')) return packedAway(invocation, world);
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
  const isGrave = isHomes || path.class === 'root' || ['data', 'vcs', 'secret'].includes(path.class);
  if (!isGrave && (path.class !== 'system' || DELIVERY.test(path.path) || path.path === '/tmp')) return [];
  const at = Math.max(0, invocation.argv.indexOf(into));
  const kind = path.class === 'root' || path.class === 'home' ? 'system' : path.class;
  return [
    effect('overwrite', `file.${kind}`, path.path, { words: [at], extent: 'some', note: 'unpacked there' }),
  ];
}

/** `tar --remove-files`: what is in the archive is removed, without a look at whether that is whole. */
function packedAway(invocation: Invocation, world: World): readonly Effect[] {
  const { operands, argv } = invocation;
  if (onlyTells(invocation) || isOn(invocation, '--list', '--extract', '--diff')) return [];
  // The old way: `tar czf a.tgz FILE…`, where letters that take a word have it behind them.
  const isOld = argv[1]?.certain === true && argv[1] === operands[0] && /^[a-zA-Z]+$/.test(argv[1].text);
  const taken = isOld ? 1 + [...argv[1]!.text].filter(letter => 'fbgCTXFLVHIK'.includes(letter)).length : 0;
  const from = lastValue(invocation, '--directory');
  const directory = from === undefined ? invocation.directory : pathIn(from, invocation.directory);
  const files = placed(operands.slice(taken), invocation);
  const named = removals(files, { recursive: true }, { ...invocation, directory }, world);
  const isListed = lastValue(invocation, '--files-from') !== undefined || hasUnseen(invocation);
  return isListed ? [...named, unseen(true)] : named;
}

function pathIn(path: Word, directory: Word): Word {
  if (!path.certain) return path;
  if (path.text.startsWith('/')) return path;
  return directory.certain ? certain(absolute(path.text, directory.text)) : directory;
}
