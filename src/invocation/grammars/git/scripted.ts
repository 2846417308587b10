/**
 * git commands that are scripts with a parser of their own or come with other packages. From their manual pages
 * (git 2.39.5; git-filter-repo(1) 2.38; git-lfs prune --help 3.3; git-annex-drop(1) 10). Only tables; may not judge.
 */

import type { CommandGrammar } from '../../grammar.js';

const plain: CommandGrammar = {};

/** `-f` is no force here. */
const annexDrop: CommandGrammar = {
  options: `
  -f, --from <remote>
      --force
      --auto
  -A, --all
      --branch <ref>
      --unused
      --failed
      --key <key>
  -J, --jobs <number>
      --json
      --in <repository>
      --numcopies <n>
  -q, --quiet`,
};

export const scriptedCommands: Readonly<Record<string, CommandGrammar>> = {
  difftool: {
    options: `
  -g, --gui
  -d, --dir-diff
  -y, --no-prompt
      --prompt
      --symlinks
  -t, --tool <tool>
      --tool-help
      --trust-exit-code
  -x, --extcmd <command>
      --no-index
      --cached
      --staged`,
  },
  mergetool: {
    options: '-t, --tool <tool>\n--tool-help\n-y, --no-prompt\n--prompt\n-g, --gui\n-O <orderfile>',
  },
  'filter-branch': {
    options: `
      --setup <command>
      --subdirectory-filter <directory>
      --env-filter <command>
      --tree-filter <command>
      --index-filter <command>
      --parent-filter <command>
      --msg-filter <command>
      --commit-filter <command>
      --tag-name-filter <command>
      --prune-empty
      --original <namespace>
  -d <directory>
  -f, --force
      --state-branch <branch>
      --all
      --branches
      --tags`,
  },
  'filter-repo': {
    options: `
      --analyze
      --report-dir <dir>
      --invert-paths
      --path-match <path>
      --path <path>
      --path-glob <glob>
      --path-regex <regex>
      --use-base-name
      --paths-from-file <file>
      --subdirectory-filter <directory>
      --to-subdirectory-filter <directory>
      --path-rename <old:new>
      --replace-text <file>
      --replace-message <file>
      --strip-blobs-bigger-than <size>
      --strip-blobs-with-ids <file>
      --tag-rename <old:new>
      --mailmap <file>
      --use-mailmap
      --prune-empty <when>
      --prune-degenerate <when>
      --blob-callback <code>
      --commit-callback <code>
      --message-callback <code>
      --refs <refs>
      --dry-run
  -f, --force
      --partial
      --source <dir>
      --target <dir>`,
  },
  'fast-import': { options: '--force\n--quiet\n--stats\n--allow-unsafe-features' },
  'http-push': { options: '--all\n--force\n--dry-run\n--verbose\n-d\n-D' },
  'fetch-pack': {
    options: '--all\n--upload-pack <exec>\n--exec <exec>\n-q, --quiet\n--depth <n>\n-k, --keep',
  },
  'rev-parse': plain,
  lfs: {
    subcommands: {
      prune: { options: '-d, --dry-run\n-f, --force\n--recent\n-c, --[no-]verify-remote\n-v, --verbose' },
    },
  },
  annex: {
    subcommands: {
      drop: annexDrop,
      dropunused: annexDrop,
      dropkey: { options: '--force\n--json\n--batch' },
      forget: { options: '--force\n--drop-dead' },
    },
  },
  var: plain,
  bundle: plain,
  cherry: plain,
  'commit-tree': { options: '-p <parent>\n-m <message>\n-F <file>\n-S, --gpg-sign[=<key-id>]' },
  'count-objects': { options: '-v, --verbose\n-H, --human-readable' },
  credential: plain,
  help: { options: '-a, --all\n-g, --guides\n-i, --info\n-m, --man\n-w, --web\n-c, --config' },
  'interpret-trailers': plain,
  'send-email': {
    options:
      '--to <address>\n--cc <address>\n--to-cmd <command>\n--cc-cmd <command>\n--sendmail-cmd <command>\n--smtp-server <host>\n--smtp-pass <secret>\n--dry-run\n--confirm <mode>',
  },
  'show-branch': plain,
  svn: {
    subcommands: {
      dcommit: {
        options: `
  -n, --dry-run
  -q, --quiet
  -e, --edit
  -r, --revision <revision>
      --no-rebase
      --commit-url <url>
      --mergeinfo <mergeinfo>
      --interactive
      --username <name>
  -A, --authors-file <file>`,
      },
    },
  },
  'verify-commit': plain,
  'verify-tag': plain,
  version: { options: '--build-options' },
  'write-tree': plain,
};
