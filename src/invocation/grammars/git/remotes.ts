/** Options of the git commands that speak with other repositories.
 * From `git <command> --help-all` of git 2.39.5. Only tables; may not judge. */

import type { CommandGrammar } from '../../grammar.js';

/** What fetch has and pull hands on to it (builtin/pull.c). */
const fetching = `
  -v, --verbose
  -q, --quiet
      --all
      --set-upstream
  -a, --append
      --upload-pack <path>
  -f, --force
  -t, --tags
  -n
  -p, --prune
      --recurse-submodules[=<on-demand>]
      --dry-run
  -k, --keep
      --progress
      --depth <depth>
      --shallow-since <time>
      --shallow-exclude <revision>
      --deepen <n>
      --unshallow
      --update-shallow
      --refmap <refmap>
  -o, --server-option <server-specific>
  -4, --ipv4
  -6, --ipv6
      --negotiation-tip <revision>
      --show-forced-updates`;

export const remotes: Readonly<Record<string, CommandGrammar>> = {
  archive: {
    options: `
      --format <fmt>
      --prefix <prefix>
      --add-file <file>
      --add-virtual-file <path:content>
  -o, --output <file>
      --worktree-attributes
  -v, --verbose
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
  -l, --list
      --remote <repo>
      --exec <command>
`,
  },
  clone: {
    options: `
  -v, --verbose
  -q, --quiet
      --progress
      --reject-shallow
  -n, --no-checkout
      --bare
      --naked
      --mirror
  -l, --local
      --[no-]hardlinks
  -s, --shared
      --recurse-submodules[=<pathspec>]
      --recursive[=<pathspec>]
  -j, --jobs <n>
      --template <template-directory>
      --reference <repo>
      --reference-if-able <repo>
      --dissociate
  -o, --origin <name>
  -b, --branch <branch>
  -u, --upload-pack <path>
      --depth <depth>
      --shallow-since <time>
      --shallow-exclude <revision>
      --single-branch
      --[no-]tags
      --shallow-submodules
      --separate-git-dir <gitdir>
  -c, --config <keyvalue>
      --server-option <server-specific>
  -4, --ipv4
  -6, --ipv6
      --filter <args>
      --also-filter-submodules
      --remote-submodules
      --sparse
      --bundle-uri <uri>
`,
  },
  fetch: {
    options: `${fetching}
      --atomic
  -m, --multiple
  -j, --jobs <n>
      --prefetch
  -P, --prune-tags
      --write-fetch-head
  -u, --update-head-ok
      --refetch
      --submodule-prefix <dir>
      --recurse-submodules-default <on-demand>
      --negotiate-only
      --filter <args>
      --auto-maintenance
      --auto-gc
      --write-commit-graph
      --stdin
`,
  },
  'ls-remote': {
    options: `
  -q, --quiet
      --upload-pack <exec>
      --exec <exec>
  -t, --tags
  -h, --heads
      --refs
      --get-url
      --sort <key>
      --exit-code
      --symref
  -o, --server-option <server-specific>
`,
  },
  pull: {
    options: `${fetching}
  -r, --rebase[=<false|true|merges|interactive>]
      --stat
      --summary
      --log[=<n>]
      --signoff[=<when>]
      --squash
      --commit
      --edit
      --cleanup <mode>
      --ff
      --ff-only
      --verify
      --verify-signatures
      --autostash
  -s, --strategy <strategy>
  -X, --strategy-option <optionvalue>
  -S, --gpg-sign[=<key-id>]
      --allow-unrelated-histories
  -j, --jobs[=<n>]
`,
  },
  push: {
    options: `
  -v, --verbose
  -q, --quiet
      --repo <repository>
      --all
      --mirror
  -d, --delete
      --tags
  -n, --dry-run
      --porcelain
  -f, --force
      --force-with-lease[=<refname:expect>]
      --force-if-includes
      --recurse-submodules <check|on-demand|no>
      --thin
      --receive-pack <receive-pack>
      --exec <receive-pack>
  -u, --set-upstream
      --progress
      --prune
      --[no-]verify
      --follow-tags
      --signed[=<yes|no|if-asked>]
      --atomic
  -o, --push-option <server-specific>
  -4, --ipv4
  -6, --ipv6
`,
  },
  'send-pack': {
    options: `
  -v, --verbose
  -q, --quiet
      --receive-pack <receive-pack>
      --exec <receive-pack>
      --remote <remote>
      --all
  -n, --dry-run
      --mirror
  -f, --force
      --signed[=<yes|no|if-asked>]
      --push-option <server-specific>
      --progress
      --thin
      --atomic
      --stateless-rpc
      --stdin
      --helper-status
      --force-with-lease[=<refname:expect>]
      --force-if-includes
`,
  },
};
