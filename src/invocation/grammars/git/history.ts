/**
 * Options of the git commands that show history and differences: one table, as git's own revision and diff parsers
 * are shared. From git-log(1), git-diff(1), git-rev-list(1) and git-format-patch(1) of git 2.39.5. May not judge.
 */

import type { CommandGrammar } from '../../grammar.js';

const NUMBERS = Array.from({ length: 10 }, (_, digit) => `  -${digit}`).join('\n');

const revision = `
${NUMBERS}
  -n, --max-count <n>
      --skip <n>
      --since <date>
      --after <date>
      --until <date>
      --before <date>
      --author <pattern>
      --committer <pattern>
      --grep <pattern>
      --grep-reflog <pattern>
      --exclude <glob>
      --glob <glob>
      --encoding <encoding>
      --date <format>
      --format[=<format>]
      --pretty[=<format>]
      --oneline
      --all
      --all-match
      --branches[=<pattern>]
      --tags[=<pattern>]
      --remotes[=<pattern>]
      --reflog
      --graph
      --[no-]merges
      --first-parent
      --reverse
      --follow
      --full-history
      --no-walk[=<order>]
      --topo-order
      --date-order
      --author-date-order
      --abbrev-commit
      --decorate[=<when>]
      --decorate-refs <pattern>
      --decorate-refs-exclude <pattern>
      --clear-decorations
      --simplify-by-decoration
      --show-signature
      --notes[=<ref>]
      --source
      --left-right
      --cherry-pick
      --cherry-mark
      --cherry
      --boundary
      --count
      --invert-grep
      --stdin
      --use-mailmap
      --mailmap
      --objects
      --ancestry-path[=<commit>]
  -g, --walk-reflogs
  -i, --regexp-ignore-case
  -E, --extended-regexp
  -F, --fixed-strings
  -P, --perl-regexp
  -L <range>
`;

const diff = `
  -p, --patch
  -u
  -s, --no-patch
  -U, --unified[=<n>]
  -W, --function-context
      --raw
      --patch-with-raw
      --patch-with-stat
      --numstat
      --shortstat
  -X, --dirstat[=<param>]
      --check
      --summary
      --name-only
      --name-status
      --stat[=<width>]
      --stat-width <width>
      --stat-name-width <width>
      --stat-count <count>
      --compact-summary
      --binary
      --full-index
      --color[=<when>]
      --color-moved[=<mode>]
      --ws-error-highlight <kind>
  -z
      --abbrev[=<n>]
      --src-prefix <prefix>
      --dst-prefix <prefix>
      --line-prefix <prefix>
      --[no-]prefix
      --inter-hunk-context <n>
      --output <file>
  -B, --break-rewrites[=<n>]
  -M, --find-renames[=<n>]
  -D, --irreversible-delete
  -C, --find-copies[=<n>]
      --find-copies-harder
      --[no-]renames
  -l <n>
      --minimal
  -w, --ignore-all-space
  -b, --ignore-space-change
      --ignore-space-at-eol
      --ignore-cr-at-eol
      --ignore-blank-lines
  -I, --ignore-matching-lines <regex>
      --patience
      --histogram
      --diff-algorithm <algorithm>
      --anchored <text>
      --word-diff[=<mode>]
      --word-diff-regex <regex>
      --color-words[=<regex>]
  -R
  -a, --text
      --relative[=<path>]
      --exit-code
      --quiet
      --ext-diff
      --textconv
      --ignore-submodules[=<when>]
      --submodule[=<format>]
      --find-object <object>
      --diff-filter <filter>
  -S <string>
  -G <regex>
      --pickaxe-all
      --pickaxe-regex
  -O <file>
      --rotate-to <path>
      --skip-to <path>
      --cached
      --staged
      --merge-base
      --no-index
  -c
      --cc
  -m
  -t
  -r
  -q
`;

const history: CommandGrammar = { options: revision + diff };

export const historyCommands: Readonly<Record<string, CommandGrammar>> = {
  log: history,
  show: history,
  whatchanged: history,
  'rev-list': history,
  shortlog: {
    options: `
      --since <date>
      --after <date>
      --until <date>
      --before <date>
      --author <pattern>
      --grep <pattern>
      --format[=<format>]
      --all
      --[no-]merges
  -c, --committer
  -n, --numbered
  -s, --summary
  -e, --email
      --group <field>
  -w[=<width>]`,
  },
  diff: history,
  'diff-tree': history,
  'diff-index': history,
  'diff-files': history,
  'range-diff': { options: `${diff}\n      --creation-factor <n>\n      --[no-]dual-color` },
  'format-patch': {
    options: `${diff}
      --stdout
  -o, --output-directory <dir>
  -v, --reroll-count <n>
      --cover-letter
      --to <email>
      --cc <email>
      --from[=<ident>]
      --in-reply-to <id>
      --subject-prefix <prefix>
      --suffix <suffix>
      --base <commit>
      --interdiff <rev>
      --range-diff <refspec>
  -k, --keep-subject
      --signoff
      --start-number <n>
      --thread[=<style>]`,
  },
  blame: {
    options: `
      --root
      --show-stats
      --progress
  -f, --show-name
  -n, --show-number
  -p, --porcelain
      --line-porcelain
      --incremental
  -s
  -e, --show-email
  -w
      --ignore-rev <rev>
      --ignore-revs-file <file>
      --contents <file>
  -S <file>
  -C[=<score>]
  -M[=<score>]
  -L <range>
      --date <format>
      --since <date>
      --abbrev[=<n>]`,
  },
};
