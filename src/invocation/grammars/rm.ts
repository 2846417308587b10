/** The grammars of rm, rmdir, unlink, shred and rimraf: what removes names. Says how words are read, never judges. */

import { type Grammar, styles } from '../grammar.js';

export const rm: Grammar = {
  tool: 'rm',
  source: 'GNU coreutils 9.1 `rm --help`; -P, -W and -x from FreeBSD and macOS rm(1)',
  style: styles.getopt,
  options: `
    -f, --force
    -i
    -I
        --interactive[=<when>]
        --one-file-system
        --no-preserve-root
        --preserve-root[=<all>]
    -r, -R, --recursive
    -d, --dir
    -v, --verbose
        --help
        --version
    -P
    -W
    -x
  `,
};

export const rmdir: Grammar = {
  tool: 'rmdir',
  source: 'GNU coreutils 9.1 `rmdir --help`',
  style: styles.getopt,
  options: `
        --ignore-fail-on-non-empty
    -p, --parents
    -v, --verbose
        --help
        --version
  `,
};

export const unlink: Grammar = {
  tool: 'unlink',
  source: 'GNU coreutils 9.1 `unlink --help`',
  style: styles.getopt,
  options: `
        --help
        --version
  `,
};

export const shred: Grammar = {
  tool: 'shred',
  source: 'GNU coreutils 9.1 `shred --help`',
  style: styles.getopt,
  options: `
    -f, --force
    -n, --iterations <n>
        --random-source <file>
    -s, --size <n>
    -u
        --remove[=<how>]
    -v, --verbose
    -x, --exact
    -z, --zero
        --help
        --version
  `,
};

const rimraf: Grammar = {
  tool: 'rimraf',
  names: ['del-cli', 'del'],
  source: 'https://github.com/isaacs/rimraf/blob/main/README.md (v6, "Command Line Interface")',
  style: styles.clap,
  options: `
    -h, --help
    -V, --version
        --preserve-root
        --no-preserve-root
    -G, --no-glob
    -g, --glob
    -v, --verbose
        --no-verbose
    -i, --interactive
    -I, --no-interactive
        --impl <type>
        --tmp <path>
        --max-retries <n>
        --retry-delay <ms>
        --backoff <n>
    -f, --force
    -n, --dry-run
  `,
};

/** zsh's module zsh/files: the same letters as rm's. */
const zshRemove: Grammar = {
  ...rm,
  tool: 'zf_rm',
  names: [],
  source: 'zshmodules(1), zsh/files',
  builtin: true,
};

export const removers: readonly Grammar[] = [rm, rmdir, unlink, shred, rimraf, zshRemove];
