/** Options of the git commands that change refs, objects and configuration.
 * From `git <command> --help-all` of git 2.39.5. Only tables; may not judge. */

import type { CommandGrammar } from '../../grammar.js';

export const refs: Readonly<Record<string, CommandGrammar>> = {
  branch: {
    options: `
  -v, --verbose
  -q, --quiet
  -t, --track[=<direct|inherit>]
      --set-upstream
  -u, --set-upstream-to <upstream>
      --unset-upstream
      --color[=<when>]
  -r, --remotes
      --contains <commit>
      --no-contains <commit>
      --with <commit>
      --without <commit>
      --abbrev[=<n>]
  -a, --all
  -d, --delete
  -D
  -m, --move
  -M
  -c, --copy
  -C
  -l, --list
      --show-current
      --create-reflog
      --edit-description
  -f, --force
      --merged <commit>
      --no-merged <commit>
      --column[=<style>]
      --sort <key>
      --points-at <object>
  -i, --ignore-case
      --recurse-submodules
      --format <format>
`,
  },
  config: {
    options: `
      --global
      --system
      --local
      --worktree
  -f, --file <file>
      --blob <blob-id>
      --get
      --get-all
      --get-regexp
      --get-urlmatch
      --replace-all
      --add
      --unset
      --unset-all
      --rename-section
      --remove-section
  -l, --list
      --fixed-value
  -e, --edit
      --get-color
      --get-colorbool
  -t, --type <type>
      --bool
      --int
      --bool-or-int
      --bool-or-str
      --path
      --expiry-date
  -z, --null
      --name-only
      --includes
      --show-origin
      --show-scope
      --default <value>
`,
  },
  gc: {
    options: `
  -q, --quiet
      --prune[=<date>]
      --cruft
      --aggressive
      --auto
      --force
      --keep-largest-pack
`,
  },
  'pack-refs': {
    options: `
      --all
      --prune
`,
  },
  prune: {
    options: `
  -n, --dry-run
  -v, --verbose
      --progress
      --expire <expiry-date>
      --exclude-promisor-objects
`,
  },
  'prune-packed': {
    options: `
  -n, --dry-run
  -q, --quiet
`,
  },
  repack: {
    options: `
  -a
  -A
      --cruft
      --cruft-expiration <approxidate>
  -d
  -f
  -F
  -n
  -q, --quiet
  -l, --local
  -b, --write-bitmap-index
  -i, --delta-islands
      --unpack-unreachable <approxidate>
  -k, --keep-unreachable
      --window <n>
      --window-memory <bytes>
      --depth <n>
      --threads <n>
      --max-pack-size <bytes>
      --pack-kept-objects
      --keep-pack <name>
  -g, --geometric <n>
  -m, --write-midx
      --expire-to <dir>
`,
  },
  replace: {
    options: `
  -l, --list
  -d, --delete
  -e, --edit
  -g, --graft
      --convert-graft-file
  -f, --force
      --raw
      --format <format>
`,
  },
  'symbolic-ref': {
    options: `
  -q, --quiet
  -d, --delete
      --short
      --recurse
  -m <reason>
`,
  },
  tag: {
    options: `
  -l, --list
  -n[=<n>]
  -d, --delete
  -v, --verify
  -a, --annotate
  -m, --message <message>
  -F, --file <file>
  -e, --edit
  -s, --sign
      --cleanup <mode>
  -u, --local-user <key-id>
  -f, --force
      --create-reflog
      --column[=<style>]
      --contains <commit>
      --no-contains <commit>
      --with <commit>
      --without <commit>
      --merged <commit>
      --no-merged <commit>
      --sort <key>
      --points-at <object>
      --format <format>
      --color[=<when>]
  -i, --ignore-case
`,
  },
  'update-ref': {
    options: `
  -m <reason>
  -d
      --[no-]deref
  -z
      --stdin
      --create-reflog
`,
  },
  init: {
    options: `
      --template <template-directory>
      --bare
      --shared[=<permissions>]
  -q, --quiet
      --separate-git-dir <gitdir>
  -b, --initial-branch <name>
      --object-format <hash>
`,
  },
  'show-ref': {
    options: `
      --tags
      --heads
      --verify
  -h
      --head
  -d, --dereference
  -s, --hash[=<n>]
      --abbrev[=<n>]
  -q, --quiet
      --exclude-existing[=<pattern>]
`,
  },
};
