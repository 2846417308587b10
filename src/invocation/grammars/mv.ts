/**
 * The grammars of mv, cp, install and ln: sources, then a destination, or `-t`. Says how words are read, never
 * judges.
 */

import { type Grammar, styles } from '../grammar.js';

export const mv: Grammar = {
  tool: 'mv',
  names: ['gmv'],
  source: 'GNU coreutils 9.1 `mv --help`; -h from FreeBSD and macOS mv(1)',
  style: styles.getopt,
  options: `
        --backup[=<control>]
    -b
    -f, --force
    -i, --interactive
    -n, --no-clobber
        --strip-trailing-slashes
    -S, --suffix <suffix>
    -t, --target-directory <directory>
    -T, --no-target-directory
    -u, --update
    -v, --verbose
    -Z, --context
        --help
        --version
    -h
  `,
};

export const cp: Grammar = {
  tool: 'cp',
  names: ['gcp'],
  source: 'GNU coreutils 9.1 `cp --help`; -c, -N and -X from macOS cp(1)',
  style: styles.getopt,
  options: `
    -a, --archive
        --attributes-only
        --backup[=<control>]
    -b
        --copy-contents
    -d
    -f, --force
    -i, --interactive
    -H
    -l, --link
    -L, --dereference
    -n, --no-clobber
    -P, --no-dereference
    -p
        --preserve[=<attributes>]
        --no-preserve <attributes>
        --parents
    -R, -r, --recursive
        --reflink[=<when>]
        --remove-destination
        --sparse <when>
        --strip-trailing-slashes
    -s, --symbolic-link
    -S, --suffix <suffix>
    -t, --target-directory <directory>
    -T, --no-target-directory
    -u, --update
    -v, --verbose
    -x, --one-file-system
    -Z
        --context[=<context>]
        --help
        --version
    -c
    -N
    -X
  `,
};

export const install: Grammar = {
  tool: 'install',
  names: ['ginstall'],
  source: 'GNU coreutils 9.1 `install --help`',
  style: styles.getopt,
  options: `
        --backup[=<control>]
    -b
    -c
    -C, --compare
    -d, --directory
    -D
        --debug
    -g, --group <group>
    -m, --mode <mode>
    -o, --owner <owner>
    -p, --preserve-timestamps
    -s, --strip
        --strip-program <program>
    -S, --suffix <suffix>
    -t, --target-directory <directory>
    -T, --no-target-directory
    -v, --verbose
        --preserve-context
    -Z
        --context[=<context>]
        --help
        --version
  `,
};

export const ln: Grammar = {
  tool: 'ln',
  names: ['gln', 'link'],
  source: 'GNU coreutils 9.1 `ln --help`; -h and -w from FreeBSD and macOS ln(1)',
  style: styles.getopt,
  options: `
        --backup[=<control>]
    -b
    -d, -F, --directory
    -f, --force
    -i, --interactive
    -L, --logical
    -n, --no-dereference
    -P, --physical
    -r, --relative
    -s, --symbolic
    -S, --suffix <suffix>
    -t, --target-directory <directory>
    -T, --no-target-directory
    -v, --verbose
        --help
        --version
    -h
    -w
  `,
};

export const transfers: readonly Grammar[] = [mv, cp, install, ln];
