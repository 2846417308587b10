/**
 * git commands that have commands of their own (`git stash drop`), and those whose options only their manual pages
 * say. From `git <command> <subcommand> -h` and the manual pages of git 2.39.5; git-filter-repo(1) 2.38. May not judge.
 */

import { type CommandGrammar, styles } from '../../grammar.js';
import { historyCommands } from './history.js';

const log = historyCommands['log']!;
const plain: CommandGrammar = {};
const quiet: CommandGrammar = { options: '-q, --quiet' };
const stashPush = `
  -k, --[no-]keep-index
  -S, --staged
  -p, --patch
  -q, --quiet
  -u, --include-untracked
  -a, --all
  -m, --message <message>
      --pathspec-from-file <file>
      --pathspec-file-nul
`;
/** A command string stands in the operands: options end where it begins. */
const runner = (options = ''): CommandGrammar => ({ options, style: styles.prefix });

export const nestedCommands: Readonly<Record<string, CommandGrammar>> = {
  stash: {
    options: stashPush,
    subcommands: {
      push: { options: stashPush },
      save: { options: stashPush },
      list: log,
      show: { options: `${log.options}\n      --include-untracked\n      --only-untracked` },
      drop: quiet,
      pop: { options: '-q, --quiet\n--index' },
      apply: { options: '-q, --quiet\n--index' },
      branch: plain,
      clear: plain,
      create: plain,
      store: { options: '-q, --quiet\n-m, --message <message>' },
    },
  },
  worktree: {
    subcommands: {
      add: {
        options: `
  -f, --force
  -b <branch>
  -B <branch>
  -d, --detach
      --checkout
      --lock
      --reason <string>
  -q, --quiet
      --track
      --guess-remote`,
      },
      list: { options: '--porcelain\n-v, --verbose\n--expire <expiry-date>\n-z' },
      lock: { options: '--reason <string>' },
      move: { options: '-f, --force' },
      prune: { options: '-n, --dry-run\n-v, --verbose\n--expire <expiry-date>' },
      remove: { options: '-f, --force' },
      repair: plain,
      unlock: plain,
    },
  },
  submodule: {
    options: '-q, --quiet\n--cached',
    subcommands: {
      add: {
        options:
          '-b, --branch <branch>\n-f, --force\n-q, --quiet\n--name <name>\n--reference <repo>\n--depth <n>',
      },
      status: { options: '-q, --quiet\n--cached\n--recursive' },
      init: quiet,
      deinit: { options: '-q, --quiet\n-f, --force\n--all' },
      update: {
        options: `
  -q, --quiet
  -i, --init
  -f, --force
  -N, --no-fetch
  -r, --rebase
  -m, --merge
  -j, --jobs <n>
      --checkout
      --remote
      --recursive
      --progress
      --dissociate
      --require-init
      --recommend-shallow
      --single-branch
      --reference <repository>
      --depth <depth>
      --filter <spec>`,
      },
      'set-branch': { options: '-q, --quiet\n-d, --default\n-b, --branch <branch>' },
      'set-url': quiet,
      summary: { options: '--cached\n--files\n-n, --summary-limit <n>' },
      foreach: runner('-q, --quiet\n--recursive'),
      sync: { options: '-q, --quiet\n--recursive' },
      absorbgitdirs: plain,
    },
  },
  reflog: {
    ...log,
    subcommands: {
      show: log,
      expire: {
        options: `
      --expire <time>
      --expire-unreachable <time>
      --updateref
      --rewrite
      --stale-fix
      --all
      --single-worktree
  -n, --dry-run
      --verbose`,
      },
      delete: { options: '-n, --dry-run\n--rewrite\n--updateref\n--verbose' },
      exists: plain,
    },
  },
  bisect: {
    subcommands: {
      run: runner(),
      start: {
        options:
          '--term-new <t>\n--term-bad <t>\n--term-old <t>\n--term-good <t>\n--no-checkout\n--first-parent',
      },
      reset: plain,
    },
  },
  notes: {
    options: '--ref <notes-ref>',
    subcommands: {
      list: plain,
      add: {
        options:
          '-m, --message <message>\n-F, --file <file>\n-c, --reedit-message <object>\n-C, --reuse-message <object>\n--allow-empty\n-f, --force',
      },
      copy: { options: '-f, --force\n--stdin\n--for-rewrite <command>' },
      append: { options: '-m, --message <message>\n-F, --file <file>\n--allow-empty' },
      edit: { options: '-m, --message <message>\n-F, --file <file>\n--allow-empty' },
      show: plain,
      merge: { options: '-v, --verbose\n-q, --quiet\n-s, --strategy <strategy>\n--commit\n--abort' },
      remove: { options: '--ignore-missing\n--stdin' },
      prune: { options: '-n, --dry-run\n-v, --verbose' },
      'get-ref': plain,
    },
  },
  remote: {
    options: '-v, --verbose',
    subcommands: {
      add: {
        options: '-f, --fetch\n--tags\n-t, --track <branch>\n-m, --master <branch>\n--mirror[=<direction>]',
      },
      rename: { options: '--progress' },
      remove: { aliases: ['rm'] },
      'set-head': { options: '-a, --auto\n-d, --delete' },
      show: { options: '-n' },
      prune: { options: '-n, --dry-run' },
      update: { options: '-p, --prune' },
      'set-branches': { options: '--add' },
      'get-url': { options: '--push\n--all' },
      'set-url': { options: '--push\n--add\n--delete' },
    },
  },
  'sparse-checkout': {
    subcommands: {
      init: { options: '--cone\n--sparse-index' },
      list: plain,
      set: { options: '--cone\n--sparse-index\n--stdin\n--skip-checks' },
      add: { options: '--stdin\n--skip-checks' },
      reapply: { options: '--cone\n--sparse-index' },
      disable: plain,
    },
  },
  hook: { subcommands: { run: { options: '--ignore-missing\n--to-stdin <path>' } } },
  'for-each-repo': runner('--config <config>'),
  maintenance: {
    subcommands: {
      run: { options: '--auto\n--schedule <frequency>\n--quiet\n--task <task>' },
      start: { options: '--scheduler <scheduler>' },
      stop: plain,
      register: { options: '--config-file <path>' },
      unregister: { options: '--config-file <path>\n--force' },
    },
  },
};
