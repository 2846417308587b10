/** The grammars of zip and of gzip, bzip2, xz and zstd: archives that may take the place of their files. Judges nothing. */

import { codeInWord } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { valuesOf } from '../invocation.js';
import { combine } from './shells.js';

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

/** `zip -so`: every option; a value may be attached or the next word. */
const zip: Grammar = {
  tool: 'zip',
  source: 'zip -so, Info-ZIP 3.0 (Debian 12)',
  optionsIn: ['ZIPOPT', 'ZIP'],
  style: { ...styles.clap, negate: true },
  options: `
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
    -A, --adjust-sfx
    -b, --temp-path <path>
    -c, --entry-comments
    -d, --delete
    -db, --display-bytes
    -dc, --display-counts
    -dd, --display-dots
    -dg, --display-globaldots
    -ds, --dot-size <size>
    -du, --display-usize
    -dv, --display-volume
    -D, --no-dir-entries
    -DF, --difference-archive
    -e, --encrypt
    -F, --fix
    -FF, --fixfix
    -FI, --fifo
    -FS, --filesync
    -f, --freshen
    -fd, --force-descriptors
    -fz, --force-zip64
    -g, --grow
    -h, --help
    -h2, --more-help
    -i, --include <pattern>
    -j, --junk-paths
    -J, --junk-sfx
    -k, --DOS-names
    -l, --to-crlf
    -ll, --from-crlf
    -lf, --logfile-path <path>
    -la, --log-append
    -li, --log-info
    -L, --license
    -m, --move
    -MM, --must-match
    -n, --suffixes <list>
    -nw, --no-wild
    -o, --latest-time
    -O, --output-file, --out <file>
    -p, --paths
    -P, --password <secret>
    -q, --quiet
    -r, --recurse-paths
    -R, --recurse-patterns
    -RE, --regex
    -s, --split-size <size>
    -sp, --split-pause
    -sv, --split-verbose
    -sb, --split-bell
    -sc, --show-command
    -sd, --show-debug
    -sf, --show-files
    -so, --show-options
    -su, --show-unicode
    -sU, --show-just-unicode
    -t, --from-date <date>
    -tt, --before-date <date>
    -T, --test
    -TT, --unzip-command <command>
    -u, --update
    -U, --copy-entries
    -UN, --unicode <how>
    -v, --verbose
        --version
    -ws, --wild-stop-dirs
    -x, --exclude <pattern>
    -X, --strip-extra
    -y, --symlinks
    -z, --archive-comment
    -Z, --compression-method <method>
    -@, --names-stdin
  `,
  /** -T tests the new archive with the command of -TT, a shell's command line with the archive's name after it. */
  unwrap: (invocation, world) =>
    combine(
      valuesOf(invocation, '--unzip-command').map(word =>
        codeInWord(word, { via: 'zip -TT', openEnded: true }, world),
      ),
    ),
};

const unzip: Grammar = {
  tool: 'unzip',
  source: 'unzip -hh, Info-ZIP 6.0 (Debian 12)',
  style: styles.getopt,
  options: `
    -Z
    -h
    -c
    -f
    -l
    -p
    -t
    -u
    -v
    -z
    -d <directory>
    -x <pattern>
    -a
    -b
    -B
    -C
    -D
    -I <charset>
    -j
    -K
    -L
    -M
    -n
    -N
    -o
    -O <charset>
    -P <secret>
    -q
    -s
    -S
    -T
    -U
    -V
    -W
    -X
    -^
    -:
  `,
};

export const archivers: readonly Grammar[] = [...compressors, zip, unzip];
