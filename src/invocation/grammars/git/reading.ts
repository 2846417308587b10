/** Options of the git commands that only read.
 * From `git <command> --help-all` of git 2.39.5. Only tables; may not judge. */

import type { CommandGrammar } from '../../grammar.js';

export const reading: Readonly<Record<string, CommandGrammar>> = {
  'cat-file': {
    options: `
  -e
  -p
  -t
  -s
      --allow-unknown-type
      --use-mailmap
      --mailmap
      --batch[=<format>]
      --batch-check[=<format>]
  -z
      --batch-command[=<format>]
      --batch-all-objects
      --buffer
      --follow-symlinks
      --unordered
      --textconv
      --filters
      --path <blob|tree>
`,
  },
  describe: {
    options: `
      --contains
      --debug
      --all
      --tags
      --long
      --first-parent
      --abbrev[=<n>]
      --exact-match
      --candidates <n>
      --match <pattern>
      --exclude <pattern>
      --always
      --dirty[=<mark>]
      --broken[=<mark>]
`,
  },
  'for-each-ref': {
    options: `
  -s, --shell
  -p, --perl
      --python
      --tcl
      --count <n>
      --format <format>
      --color[=<when>]
      --sort <key>
      --points-at <object>
      --merged <commit>
      --no-merged <commit>
      --contains <commit>
      --no-contains <commit>
      --ignore-case
`,
  },
  fsck: {
    options: `
  -v, --verbose
      --unreachable
      --dangling
      --tags
      --root
      --cache
      --reflogs
      --full
      --connectivity-only
      --strict
      --lost-found
      --progress
      --name-objects
`,
  },
  grep: {
    options: `
      --cached
      --[no-]index
      --untracked
      --exclude-standard
      --recurse-submodules
  -v, --invert-match
  -i, --ignore-case
  -w, --word-regexp
  -a, --text
  -I
      --textconv
  -r, --recursive
      --max-depth <depth>
  -E, --extended-regexp
  -G, --basic-regexp
  -F, --fixed-strings
  -P, --perl-regexp
  -n, --line-number
      --column
  -h
  -H
      --full-name
  -l, --files-with-matches
      --name-only
  -L, --files-without-match
  -z, --null
  -o, --only-matching
  -c, --count
      --color[=<when>]
      --break
      --heading
  -C, --context <n>
  -B, --before-context <n>
  -A, --after-context <n>
      --threads <n>
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
  -p, --show-function
  -W, --function-context
  -f <file>
  -e <pattern>
      --and
      --or
      --not
  -q, --quiet
      --all-match
  -O, --open-files-in-pager[=<pager>]
      --ext-grep
  -m, --max-count <n>
`,
  },
  'ls-files': {
    options: `
  -z
  -t
  -v
  -f
  -c, --cached
  -d, --deleted
  -m, --modified
  -o, --others
  -i, --ignored
  -s, --stage
  -k, --killed
      --directory
      --eol
      --empty-directory
  -u, --unmerged
      --resolve-undo
  -x, --exclude <pattern>
  -X, --exclude-from <file>
      --exclude-per-directory <file>
      --exclude-standard
      --full-name
      --recurse-submodules
      --error-unmatch
      --with-tree <tree-ish>
      --abbrev[=<n>]
      --debug
      --deduplicate
      --sparse
      --format <format>
`,
  },
  'ls-tree': {
    options: `
  -d
  -r
  -t
  -z
  -l, --long
      --name-only
      --name-status
      --object-only
      --full-name
      --full-tree
      --format <format>
      --abbrev[=<n>]
`,
  },
  'merge-base': {
    options: `
  -a, --all
      --octopus
      --independent
      --is-ancestor
      --fork-point
`,
  },
  'name-rev': {
    options: `
      --name-only
      --tags
      --refs <pattern>
      --exclude <pattern>
      --all
      --stdin
      --annotate-stdin
      --undefined
      --always
      --peel-tag
`,
  },
};
