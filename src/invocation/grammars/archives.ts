/** The grammars of zip and of gzip, bzip2, xz and zstd: archives that may take the place of their files. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

const compressors: readonly Grammar[] = [
  {
    tool: 'gzip',
    names: ['pigz', 'bzip2', 'xz', 'lzma', 'pbzip2', 'lzip'],
    source: 'gzip 1.12, bzip2 1.0.8 and xz 5.4 `--help`: the same letters mean the same in all three',
    style: styles.getopt,
    options: `
      -c, --stdout, --to-stdout
      -d, --decompress, --uncompress
      -f, --force
      -h, --help
      -k, --keep
      -l, --list
      -L, --license
      -n, --no-name
      -N, --name
      -q, --quiet
      -r, --recursive
      -s, --small
      -S, --suffix <suffix>
      -t, --test
      -T, --threads <n>
      -v, --verbose
      -V, --version
      -z, --compress
      -H, --long-help
          --rsyncable
          --synchronous
      -e, --extreme
      -0
      -1, --fast
      -2
      -3
      -4
      -5
      -6
      -7
      -8
      -9, --best
    `,
  },
];

const zip: Grammar = {
  tool: 'zip',
  source: 'zip -h2, Info-ZIP 3.0',
  style: { ...styles.clap, negate: true },
  options: `
    -m, --move
    -u, --update
    -f, --freshen
    -FS, --filesync
    -d, --delete
    -U, --copy
    -r, --recurse-paths
    -R, --recurse-patterns
    -j, --junk-paths
    -q, --quiet
    -v, --verbose
    -o, --latest-time
    -y, --symlinks
    -X, --strip-extra
    -D, --no-dir-entries
    -e, --encrypt
    -T, --test
    -@, --names-stdin
    -g, --grow
    -A, --adjust-sfx
    -F, --fix
    -FF, --fixfix
    -DF, --difference-archive
    -sf, --show-files
    -P, --password <secret>
    -n, --suffixes <list>
    -t, --from-date <date>
    -tt, --before-date <date>
    -s, --split-size <size>
    -b, --temp-path <path>
    -O, --output-file, --out <file>
    -i, --include <pattern>
    -x, --exclude <pattern>
    -0
    -1
    -2
    -3
    -4
    -5
    -6
    -7
    -8
    -9
    -h, --help
  `,
};

export const archivers: readonly Grammar[] = [...compressors, zip];
