/** The grammar of rsync, and how its operands name a host. Says how words are read, never judges. */

import type { Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';

export const rsync: Grammar = {
  tool: 'rsync',
  source: 'rsync 3.5.0 `rsync --help` and rsync(1); popt takes no abbreviations',
  // `--no-OPTION` turns off what another option implies: `-a --no-D`.
  style: { ...styles.clap, negate: true },
  options: `
    -v, --verbose
        --info <flags>
        --debug <flags>
        --stderr <e-a-c>
    -q, --quiet
        --no-motd
    -c, --checksum
    -a, --archive
    -r, --recursive
        --inc-recursive, --i-r
    -R, --relative
        --no-implied-dirs
    -b, --backup
        --backup-dir <dir>
        --suffix <suffix>
    -u, --update
        --inplace
        --append
        --append-verify
    -d, --dirs
        --old-dirs, --old-d
        --mkpath
    -l, --links
    -L, --copy-links
        --copy-unsafe-links
        --safe-links
        --insecure-links
        --confine-root <dir>
        --munge-links
    -k, --copy-dirlinks
    -K, --keep-dirlinks
    -H, --hard-links
    -p, --perms
    -E, --executability
        --chmod <chmod>
    -A, --acls
    -X, --xattrs
    -o, --owner
    -g, --group
        --devices
        --copy-devices
        --write-devices
        --specials
        --drop-D
    -D
    -t, --times
    -U, --atimes
        --open-noatime
    -N, --crtimes
    -O, --omit-dir-times
    -J, --omit-link-times
        --super
        --fake-super
    -S, --sparse
        --preallocate
    -n, --dry-run
    -W, --whole-file
        --checksum-choice, --cc <str>
    -x, --one-file-system
    -B, --block-size <size>
    -e, --rsh <command>
        --rsync-path <program>
        --existing
        --ignore-non-existing
        --ignore-existing
        --remove-source-files, --remove-sent-files
        --del
        --delete
        --delete-before
        --delete-during
        --delete-delay
        --delete-after
        --delete-excluded
        --ignore-missing-args
        --delete-missing-args
        --ignore-errors
        --force
        --max-delete <num>
        --max-size <size>
        --min-size <size>
        --max-alloc <size>
        --partial
        --partial-dir <dir>
        --delay-updates
    -m, --prune-empty-dirs
        --numeric-ids
        --usermap <string>
        --groupmap <string>
        --chown <user:group>
        --timeout <seconds>
        --contimeout <seconds>
    -I, --ignore-times
        --size-only
    -@, --modify-window <num>
    -T, --temp-dir <dir>
    -y, --fuzzy
        --compare-dest <dir>
        --copy-dest <dir>
        --link-dest <dir>
    -z, --compress
        --compress-choice, --zc <str>
        --compress-level, --zl <num>
        --compress-threads, --zt <num>
        --skip-compress <list>
    -C, --cvs-exclude
    -f, --filter <rule>
    -F
        --exclude <pattern>
        --exclude-from <file>
        --include <pattern>
        --include-from <file>
        --files-from <file>
    -0, --from0
        --old-args
    -s, --secluded-args, --protect-args
        --trust-sender
        --copy-as <user:group>
        --address <address>
        --port <port>
        --sockopts <options>
        --blocking-io
        --outbuf <n-l-b>
        --stats
    -8, --8-bit-output
    -h, --human-readable
        --progress
    -P
    -i, --itemize-changes
    -M, --remote-option <opt>
        --out-format, --log-format <format>
        --log-file <file>
        --log-file-format <fmt>
        --password-file <file>
        --early-input <file>
        --list-only
        --bwlimit <rate>
        --stop-after, --time-limit <mins>
        --stop-at <y-m-dth:m>
        --fsync
        --write-batch <file>
        --only-write-batch <file>
        --read-batch <file>
        --protocol <num>
        --iconv <convert_spec>
        --checksum-seed <num>
    -4, --ipv4
    -6, --ipv6
    -V, --version
        --help
        --msgs2stderr
        --qsort
        --daemon
        --server
        --sender
  `,
  unwrap(invocation, world) {
    const shell = lastValue(invocation, '--rsh');
    // `-e ssh` needs no look.
    const isLine = shell !== undefined && /\s/.test(shell.text);
    return isLine ? codeInWord(shell, { via: 'rsync -e', openEnded: true }, world) : { inner: [] };
  },
};

/** Where an operand of rsync lies: a path on this machine, or on a host by ssh or the rsync daemon. */
export interface RsyncPlace {
  /** Empty for this machine. */
  readonly host: string;
  readonly path: Word;
}

/** Reads `[user@]host:path`, `host::module` and `rsync://host/path`; a slash before the colon makes a local path. */
export function rsyncPlace(word: Word): RsyncPlace {
  const url = /^rsync:\/\/(?:[^@/]*@)?([^:/]+)(?::\d+)?(\/.*)?$/.exec(word.text);
  if (url) return { host: url[1]!.toLowerCase(), path: { ...word, text: url[2] ?? '' } };
  const remote = /^(?:[^@/:]*@)?(\[[^\]]+\]|[^:/]+)::?(.*)$/s.exec(word.text);
  if (remote) return { host: remote[1]!.toLowerCase(), path: { ...word, text: remote[2]! } };
  return { host: '', path: word };
}

/** Sources and destination; with one operand rsync only lists. */
export function rsyncOperands(invocation: Invocation): {
  sources: readonly Word[];
  destination: Word | undefined;
} {
  const { operands } = invocation;
  if (operands.length < 2) return { sources: operands, destination: undefined };
  return { sources: operands.slice(0, -1), destination: operands.at(-1) };
}
