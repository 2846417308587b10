/**
 * The grammars of mkfs and its family, wipefs and blkdiscard: what writes over whole devices. Says how words are
 * read, never judges.
 */

import { readGenerically } from '../generic.js';
import { type Grammar, styles } from '../grammar.js';

/**
 * Every builder has options of its own (`-n` is a dry run for ext4 and a volume name for vfat), so no table is
 * right for all: dashed words are options, the rest operands, the device among them.
 */
const mkfs: Grammar = {
  tool: 'mkfs',
  names: [
    ...[
      'ext2',
      'ext3',
      'ext4',
      'xfs',
      'btrfs',
      'vfat',
      'fat',
      'msdos',
      'ntfs',
      'exfat',
      'f2fs',
      'minix',
      'cramfs',
    ],
    ...['bfs', 'jfs', 'reiserfs', 'nilfs2', 'udf', 'erofs'],
  ]
    .map(type => `mkfs.${type}`)
    .concat(
      'mke2fs',
      'mkswap',
      'mkdosfs',
      'mkntfs',
      'mkexfatfs',
      'newfs',
      'newfs_apfs',
      'newfs_hfs',
      'newfs_msdos',
    ),
  source: 'util-linux 2.38 `mkfs --help`, `mkswap --help`; e2fsprogs 1.47 mke2fs(8)',
  style: styles.getopt,
  read: readGenerically,
};

export const wipefs: Grammar = {
  tool: 'wipefs',
  source: 'util-linux 2.38 `wipefs --help`',
  style: styles.getopt,
  options: `
    -a, --all
    -b, --backup
    -f, --force
    -i, --noheadings
    -J, --json
    -n, --no-act
    -o, --offset <num>
    -O, --output <list>
    -p, --parsable
    -q, --quiet
    -t, --types <list>
        --lock[=<mode>]
    -h, --help
    -V, --version
  `,
};

export const blkdiscard: Grammar = {
  tool: 'blkdiscard',
  source: 'util-linux 2.38 `blkdiscard --help`',
  style: styles.getopt,
  options: `
    -f, --force
    -o, --offset <num>
    -l, --length <num>
    -p, --step <num>
    -s, --secure
    -z, --zeroout
    -v, --verbose
    -h, --help
    -V, --version
  `,
};

export const deviceTools: readonly Grammar[] = [mkfs, wipefs, blkdiscard];
