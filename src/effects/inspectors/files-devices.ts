/** Reads mkfs and its family, wipefs and blkdiscard: which devices they write over. Judges nothing. */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { placed } from '../files/operands.js';
import { fileResources } from '../files/resources.js';

export const filesDevices: Inspector = {
  name: 'files-devices',
  watches: { mkfs: '*', wipefs: '*', blkdiscard: '*' },
  resources: fileResources,
  inspect,
};

function inspect(invocation: Invocation, world: World): readonly Effect[] {
  if (changesNothing(invocation)) return [];
  return placed(invocation.operands, invocation).flatMap(({ word, at }): readonly Effect[] => {
    const path = classify(word, invocation, world, { follow: true });
    const more = { words: [at], extent: 'all' } as const;
    if (path.class === 'device') return [effect('delete', 'file.device', path.path, more)];
    // `mkfs.ext4 "$disk"`: what else than a device would be meant? A file image is named by its path.
    return word.certain
      ? []
      : [effect('delete', 'file.device', word.text, { ...more, note: 'the device is not known' })];
  });
}

function changesNothing(invocation: Invocation): boolean {
  // `mkfs -V -t ext4 DEVICE` is verbose (mkfs(8)).
  const isVerbose = invocation.argv[0]?.text.endsWith('mkfs') && invocation.operands.length > 0;
  if (isOn(invocation, '--help', '--version', '-h', ...(isVerbose ? [] : ['-V']))) return true;
  if (invocation.tool === 'wipefs') {
    // Without -a or -o it lists signatures.
    return isOn(invocation, '--no-act') || !isOn(invocation, '--all', '--offset');
  }
  if (invocation.tool !== 'mkfs') return false;
  // -n is the dry run of mke2fs alone (a volume's name for vfat), -N that of mkfs.xfs.
  const program = baseName(invocation.program.text);
  const type = invocation.argv.findIndex(word => /^(-t|--type)$/.test(word.text));
  const named = type < 0 ? 'ext2' : invocation.argv[type + 1]?.text;
  const builder = program === 'mkfs' ? `mkfs.${named}` : program;
  const dry = /^(mke2fs|mkfs\.ext[234])$/.test(builder) ? 'n' : builder === 'mkfs.xfs' ? 'N' : undefined;
  return (
    dry !== undefined &&
    invocation.argv.some(word => new RegExp(`^-[jqvDFSV]*${dry}[jqvDFSV]*$`).test(word.text))
  );
}
