/** The grammar of tar. Says how words are read, never judges; the old way (`tar czf`) leaves its letters an operand. */

import { codeInWord } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { valuesOf } from '../invocation.js';
import { combine } from './shells.js';

export const tar: Grammar = {
  tool: 'tar',
  names: ['gtar'],
  source: 'tar --help, GNU tar 1.34',
  optionsIn: ['TAR_OPTIONS'],
  style: styles.getopt,
  options: `
    -A, --catenate, --concatenate
    -c, --create
    --delete
    -d, --diff, --compare
    -r, --append
    --test-label
    -t, --list
    -u, --update
    -x, --extract, --get
    --check-device
    -g, --listed-incremental <file>
    -G, --incremental
    --hole-detection <type>
    --ignore-failed-read
    --level <number>
    --no-check-device
    --no-seek
    -n, --seek
    --occurrence[=<number>]
    --sparse-version <majorminor>
    -S, --sparse
    --add-file <file>
    -C, --directory <dir>
    --exclude <pattern>
    --exclude-backups
    --exclude-caches
    --exclude-caches-under
    --exclude-caches-all
    --exclude-ignore <file>
    --exclude-ignore-recursive <file>
    --exclude-tag <file>
    --exclude-tag-all <fileexcludedirectoriescontainingfile>
    --exclude-tag-under <file>
    --exclude-vcs
    --exclude-vcs-ignores
    --no-null
    --no-recursion
    --no-unquote
    --no-verbatim-files-from
    --null
    --recursion
    -T, --files-from <file>
    --unquote
    --verbatim-files-from
    -X, --exclude-from <file>
    --anchored
    --ignore-case
    --no-anchored
    --no-ignore-case
    --no-wildcards
    --no-wildcards-match-slash
    --wildcards
    --wildcards-match-slash
    --keep-directory-symlink
    --keep-newer-files
    -k, --keep-old-files
    --no-overwrite-dir
    --one-top-level[=<dir>]
    --overwrite
    --overwrite-dir
    --recursive-unlink
    --remove-files
    --ignore-command-error
    --skip-old-files
    -U, --unlink-first
    -W, --verify
    --no-ignore-command-error
    -O, --to-stdout
    --to-command <command>
    --atime-preserve[=<method>]
    --clamp-mtime
    --delay-directory-restore
    --group <name>
    --group-map <file>
    --mode <changes>
    --mtime <date-or-file>
    -m, --touch
    --no-delay-directory-restore
    --no-same-owner
    --no-same-permissions
    --numeric-owner
    --owner <name>
    --owner-map <file>
    -p, --preserve-permissions, --same-permissions
    --same-owner
    --sort <order>
    -s, --preserve-order, --same-order
    --acls
    --no-acls
    --no-selinux
    --no-xattrs
    --selinux
    --xattrs
    --xattrs-exclude <mask>
    --xattrs-include <mask>
    --force-local
    -f, --file <archive>
    -F, --info-script, --new-volume-script <name>
    -L, --tape-length <number>
    -M, --multi-volume
    --rmt-command <command>
    --rsh-command <command>
    --volno-file <file>
    -b, --blocking-factor <blocks>
    -B, --read-full-records
    -i, --ignore-zeros
    --record-size <number>
    -H, --format <format>
    --old-archive, --portability
    --pax-option <keywordvaluekeywordvalue>
    --posix
    -V, --label <text>
    -a, --auto-compress
    -I, --use-compress-program <prog>
    -j, --bzip2
    -J, --xz
    --lzip
    --lzma
    --lzop
    --no-auto-compress
    --zstd
    -z, --gzip, --gunzip, --ungzip
    -Z, --compress, --uncompress
    --backup[=<control>]
    --hard-dereference
    -h, --dereference
    -K, --starting-file <member-name>
    --newer-mtime <date>
    -N, --newer, --after-date <date-or-file>
    --one-file-system
    -P, --absolute-names
    --suffix <string>
    --strip-components <number>
    --transform, --xform <expression>
    --checkpoint[=<number>]
    --checkpoint-action <action>
    --full-time
    --index-file <file>
    -l, --check-links
    --no-quote-chars <string>
    --quote-chars <string>
    --quoting-style <style>
    -R, --block-number
    --show-defaults
    --show-omitted-dirs
    --show-snapshot-field-ranges
    --show-transformed-names, --show-stored-names
    --totals[=<signal>]
    --utc
    -v, --verbose
    --warning <keyword>
    -w, --interactive, --confirmation
    -o
    -?, --help
    --restrict
    --usage
    --version
  `,
  /** Programs that it starts: to pack with, for each file, at each checkpoint (`exec=…`). */
  unwrap(invocation, world) {
    const actions = valuesOf(invocation, '--checkpoint-action').flatMap(word =>
      word.text.startsWith('exec=') ? [{ text: word.text.slice('exec='.length), certain: word.certain }] : [],
    );
    const programs = valuesOf(
      invocation,
      '--to-command',
      '--use-compress-program',
      '--info-script',
      '--rsh-command',
    );
    return combine(
      [...programs, ...actions].map(word => codeInWord(word, { via: 'tar', openEnded: false }, world)),
    );
  },
};
