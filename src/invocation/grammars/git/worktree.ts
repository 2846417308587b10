/** Options of the git commands that change the working tree and the index.
 * From `git <command> --help-all` of git 2.39.5. Only tables; may not judge. */

import type { CommandGrammar } from '../../grammar.js';

/** What checkout and switch have in common (builtin/checkout.c). */
const switching = `
      --guess
  -q, --quiet
      --recurse-submodules[=<checkout>]
      --progress
  -m, --merge
      --conflict <style>
  -d, --detach
  -t, --track[=<direct|inherit>]
  -f, --force
      --orphan <new-branch>
      --overwrite-ignore
      --ignore-other-worktrees`;

export const worktree: Readonly<Record<string, CommandGrammar>> = {
  add: {
    options: `
  -n, --dry-run
  -v, --verbose
  -i, --interactive
  -p, --patch
  -e, --edit
  -f, --force
  -u, --update
      --renormalize
  -N, --intent-to-add
  -A, --all
      --ignore-removal
      --refresh
      --ignore-errors
      --ignore-missing
      --sparse
      --chmod <+|-x>
      --warn-embedded-repo
      --pathspec-from-file <file>
      --pathspec-file-nul
`,
  },
  checkout: {
    options: `${switching}
  -b <branch>
  -B <branch>
  -l
      --overlay
  -2, --ours
  -3, --theirs
  -p, --patch
      --ignore-skip-worktree-bits
      --pathspec-from-file <file>
      --pathspec-file-nul
`,
  },
  'checkout-index': {
    options: `
  -a, --all
      --ignore-skip-worktree-bits
  -f, --force
  -q, --quiet
  -n, --no-create
  -u, --index
  -z
      --stdin
      --temp
      --prefix <string>
      --stage <1|2|3|all>
`,
  },
  clean: {
    options: `
  -q, --quiet
  -n, --dry-run
  -f, --force
  -i, --interactive
  -d
  -e, --exclude <pattern>
  -x
  -X
`,
  },
  mv: {
    options: `
  -v, --verbose
  -n, --dry-run
  -f, --force
  -k
      --sparse
`,
  },
  'read-tree': {
    options: `
      --index-output <file>
      --empty
  -v, --verbose
  -m
      --trivial
      --aggressive
      --reset
      --prefix <subdirectory/>
  -u
      --exclude-per-directory <gitignore>
  -i
  -n, --dry-run
      --[no-]sparse-checkout
      --debug-unpack
      --recurse-submodules[=<checkout>]
  -q, --quiet
`,
  },
  reset: {
    options: `
  -q, --quiet
      --[no-]refresh
      --mixed
      --soft
      --hard
      --merge
      --keep
      --recurse-submodules[=<reset>]
  -p, --patch
  -N, --intent-to-add
      --pathspec-from-file <file>
      --pathspec-file-nul
`,
  },
  restore: {
    options: `
  -s, --source <tree-ish>
  -S, --staged
  -W, --worktree
      --ignore-unmerged
      --overlay
  -q, --quiet
      --recurse-submodules[=<checkout>]
      --progress
  -m, --merge
      --conflict <style>
  -2, --ours
  -3, --theirs
  -p, --patch
      --ignore-skip-worktree-bits
      --pathspec-from-file <file>
      --pathspec-file-nul
`,
  },
  rm: {
    options: `
  -n, --dry-run
  -q, --quiet
      --cached
  -f, --force
  -r
      --ignore-unmatch
      --sparse
      --pathspec-from-file <file>
      --pathspec-file-nul
`,
  },
  status: {
    options: `
  -v, --verbose
  -s, --short
  -b, --branch
      --show-stash
      --ahead-behind
      --porcelain[=<version>]
      --long
  -z, --null
  -u, --untracked-files[=<mode>]
      --ignored[=<mode>]
      --ignore-submodules[=<when>]
      --column[=<style>]
      --[no-]renames
  -M, --find-renames[=<n>]
`,
  },
  switch: {
    options: `${switching}
  -c, --create <branch>
  -C, --force-create <branch>
      --discard-changes
`,
  },
  'update-index': {
    options: `
  -q
      --ignore-submodules
      --add
      --replace
      --remove
      --unmerged
      --refresh
      --really-refresh
      --cacheinfo <mode,object,path>
      --chmod <+|-x>
      --assume-unchanged
      --no-assume-unchanged
      --skip-worktree
      --no-skip-worktree
      --ignore-skip-worktree-entries
      --info-only
      --force-remove
  -z
      --stdin
      --index-info
      --unresolve
  -g, --again
      --ignore-missing
      --verbose
      --clear-resolve-undo
      --index-version <n>
      --split-index
      --untracked-cache
      --test-untracked-cache
      --force-untracked-cache
      --force-write-index
      --fsmonitor
      --fsmonitor-valid
      --no-fsmonitor-valid
`,
  },
};
