/** Options of the git commands that make commits.
 * From `git <command> --help-all` of git 2.39.5. Only tables; may not judge. */

import type { CommandGrammar } from '../../grammar.js';

/** What cherry-pick and revert have in common (builtin/revert.c). */
const sequencer = `
      --quit
      --continue
      --abort
      --skip
      --cleanup <mode>
  -n, --no-commit
  -e, --edit
  -r
  -s, --signoff
  -m, --mainline <parent-number>
      --rerere-autoupdate
      --strategy <strategy>
  -X, --strategy-option <option>
  -S, --gpg-sign[=<key-id>]`;

export const commits: Readonly<Record<string, CommandGrammar>> = {
  am: {
    options: `
  -i, --interactive
  -b, --binary
  -3, --3way
  -q, --quiet
  -s, --signoff
  -u, --utf8
  -k, --keep
      --keep-non-patch
  -m, --message-id
      --keep-cr
      --no-keep-cr
  -c, --scissors
      --quoted-cr <action>
      --whitespace <action>
      --ignore-space-change
      --ignore-whitespace
      --directory <root>
      --exclude <path>
      --include <path>
  -C <n>
  -p <num>
      --patch-format <format>
      --reject
      --resolvemsg <text>
      --continue
  -r, --resolved
      --skip
      --abort
      --quit
      --show-current-patch[=<diff|raw>]
      --allow-empty
      --committer-date-is-author-date
      --ignore-date
      --rerere-autoupdate
  -S, --gpg-sign[=<key-id>]
      --empty <stop,drop,keep>
      --rebasing
`,
  },
  apply: {
    options: `
      --exclude <path>
      --include <path>
  -p <num>
      --[no-]add
      --stat
      --allow-binary-replacement
      --binary
      --numstat
      --summary
      --check
      --index
  -N, --intent-to-add
      --cached
      --unsafe-paths
      --apply
  -3, --3way
      --build-fake-ancestor <file>
  -z
  -C <n>
      --whitespace <action>
      --ignore-space-change
      --ignore-whitespace
  -R, --reverse
      --unidiff-zero
      --reject
      --allow-overlap
  -v, --verbose
  -q, --quiet
      --inaccurate-eof
      --recount
      --directory <root>
      --allow-empty
`,
  },
  'cherry-pick': {
    options: `${sequencer}
  -x
      --ff
      --allow-empty
      --allow-empty-message
      --keep-redundant-commits
`,
  },
  commit: {
    options: `
  -q, --quiet
  -v, --verbose
  -F, --file <file>
      --author <author>
      --date <date>
  -m, --message <message>
  -c, --reedit-message <commit>
  -C, --reuse-message <commit>
      --fixup <amend|reword:commit>
      --squash <commit>
      --reset-author
      --trailer <trailer>
  -s, --signoff
  -t, --template <file>
  -e, --edit
      --cleanup <mode>
      --status
  -S, --gpg-sign[=<key-id>]
  -a, --all
  -i, --include
      --interactive
  -p, --patch
  -o, --only
  -n, --no-verify
      --dry-run
      --short
      --branch
      --ahead-behind
      --porcelain
      --long
  -z, --null
      --amend
      --[no-]post-rewrite
  -u, --untracked-files[=<mode>]
      --pathspec-from-file <file>
      --pathspec-file-nul
      --allow-empty
      --allow-empty-message
`,
  },
  merge: {
    options: `
  -n
      --stat
      --summary
      --log[=<n>]
      --squash
      --commit
  -e, --edit
      --cleanup <mode>
      --ff
      --ff-only
      --rerere-autoupdate
      --verify-signatures
  -s, --strategy <strategy>
  -X, --strategy-option <optionvalue>
  -m, --message <message>
  -F, --file <path>
      --into-name <name>
  -v, --verbose
  -q, --quiet
      --abort
      --quit
      --continue
      --allow-unrelated-histories
      --progress
  -S, --gpg-sign[=<key-id>]
      --autostash
      --overwrite-ignore
      --signoff
      --no-verify
`,
  },
  rebase: {
    options: `
      --onto <revision>
      --keep-base
      --[no-]verify
  -q, --quiet
  -v, --verbose
  -n, --no-stat
      --signoff
      --committer-date-is-author-date
      --reset-author-date
      --ignore-date
  -C <n>
      --ignore-whitespace
      --whitespace <action>
  -f, --force-rebase
      --[no-]ff
      --continue
      --skip
      --abort
      --quit
      --edit-todo
      --show-current-patch
      --apply
  -m, --merge
  -i, --interactive
  -p, --preserve-merges
      --rerere-autoupdate
      --empty <drop,keep,ask>
  -k, --keep-empty
      --autosquash
      --update-refs
  -S, --gpg-sign[=<key-id>]
      --autostash
  -x, --exec <exec>
      --allow-empty-message
  -r, --rebase-merges[=<mode>]
      --fork-point
  -s, --strategy <strategy>
  -X, --strategy-option <option>
      --root
      --reschedule-failed-exec
      --reapply-cherry-picks
`,
  },
  revert: {
    options: `${sequencer}
      --reference
`,
  },
};
