/** Terminals, toolboxes and watchers that run the command behind their own options. Only tables; may not judge. */

import type { Carrier } from './carrier.js';

/** Of the commands that kitty takes from afar, and of kitty @ itself. */
const KITTY =
  '--to <address>\n--password <text>\n--password-file <file>\n--password-env <name>\n--use-password <when>\n-m, --match <what>\n--match-tab <what>\n-t <what>\n--type <type>\n--title, --window-title <text>\n--tab-title <text>\n--cwd <dir>\n--env <variable>\n--location <place>\n--bias <n>\n--os-window-class <name>\n--os-window-name <name>\n--os-window-title <text>\n--os-window-state <state>\n--logo <file>\n--logo-position <place>\n--color <setting>\n--marker <marker>\n--var <variable>\n--stdin-source <source>\n--spacing <sizes>\n--source-window <what>\n--next-to <what>\n--keep-focus, --dont-take-focus\n--hold\n--copy-colors\n--copy-cmdline\n--copy-env\n--allow-remote-control\n--remote-control-password <text>\n--no-response\n--self\n--new-tab\n--exclude-active\n-a, --all\n--stdin\n--from-file <file>\n--bracketed-paste <when>';

const ZELLIJ =
  '-d, --direction <way>\n--cwd <dir>\n-f, --floating\n-i, --in-place\n-c, --close-on-exit\n-n, --name <name>';

export const windows: readonly Carrier[] = [
  {
    tool: 'toolbox',
    source: 'toolbox-run(1), 0.0.99',
    carries: [
      { verb: 'run', options: '-c, --container <name>\n-d, --distro <name>\n-r, --release <release>' },
    ],
  },
  {
    tool: 'distrobox',
    source: 'distrobox-enter(1), 1.7',
    carries: [
      {
        verb: 'enter',
        options: '-n, --name <name>\n-T, --no-tty\n-a, --additional-flags <flags>\n--root',
        skip: 1,
      },
    ],
  },
  {
    tool: 'flatpak-spawn',
    source: 'flatpak-spawn(1), 1.14: values are attached',
    carries: [
      { verb: '', options: '--host\n--clear-env\n--watch-bus\n--latest-version\n--no-network\n--sandbox' },
    ],
  },
  {
    tool: 'zellij',
    source: 'zellij run --help, 0.40; the aliases r and ac from memory',
    options:
      '-s, --session <name>\n-c, --config <file>\n--config-dir <dir>\n-l, --layout <layout>\n--data-dir <dir>',
    carries: [
      ...['run', 'r'].map(verb => ({ verb, options: ZELLIJ })),
      ...['action', 'ac'].map(verb => ({
        verb: `${verb} new-pane`,
        options: `${ZELLIJ}\n-p, --plugin <plugin>\n-s, --start-suspended`,
      })),
      ...['action', 'ac'].map(verb => ({ verb: `${verb} write-chars`, typed: true as const })),
    ],
  },
  {
    tool: 'wezterm',
    source: 'wezfurlong.org/wezterm/cli: start, cli spawn, cli split-pane, cli send-text',
    carries: [
      {
        verb: 'cli spawn',
        options:
          '--pane-id <id>\n--domain-name <name>\n--window-id <id>\n--cwd <dir>\n--workspace <name>\n--new-window\n--class <name>\n--no-auto-start\n--prefer-mux',
      },
      {
        verb: 'cli split-pane',
        options:
          '--pane-id <id>\n--horizontal\n--left\n--right\n--top\n--bottom\n--top-level\n--cells <n>\n--percent <n>\n--cwd <dir>\n--move-pane-id <id>\n--class <name>',
      },
      { verb: 'cli send-text', options: '--pane-id <id>\n--no-paste\n--class <name>', typed: true },
      {
        verb: 'start',
        options: '--cwd <dir>\n--class <name>\n--workspace <name>\n--domain <name>\n--always-new-process',
      },
    ],
  },
  {
    tool: 'kitty',
    names: ['kitten'],
    source: 'sw.kovidgoyal.net/kitty: kitty(1), remote control, 0.38',
    carries: [
      {
        verb: '',
        options:
          '--class <name>\n--app-id <name>\n--name <name>\n-T, --title <text>\n-c, --config <file>\n-o, --override <setting>\n-d, --directory, --working-directory <dir>\n--detach\n--detached-log <file>\n--session <file>\n--hold\n-1, --single-instance\n--instance-group <name>\n--wait-for-single-instance-window-close\n--listen-on <address>\n--start-as <state>',
      },
      ...['launch', 'new-window', 'run'].map(verb => ({ verb: `@ ${verb}`, options: KITTY })),
      { verb: '@ send-text', options: KITTY, typed: true as const },
    ],
  },
  {
    tool: 'foot',
    names: ['footclient', 'kgx', 'ptyxis', 'xdg-terminal-exec'],
    source: 'foot(1), 1.16; kgx --help, 46; ptyxis --help, 47; xdg-terminal-exec(1), 0.10',
    carries: [
      {
        verb: '',
        options:
          '-c, --config <file>\n-o, --override <setting>\n-t, --term <name>\n-T, --title <text>\n-a, --app-id <name>\n-m, --maximized\n-F, --fullscreen\n-H, --hold\n-N, --no-wait\n-D, --working-directory <dir>\n-w, --window-size-pixels <size>\n-e',
      },
    ],
  },
  {
    tool: 'xdotool',
    names: ['ydotool'],
    source: 'xdotool(1), 3.20; ydotool(1), 1.0',
    carries: [
      {
        verb: 'type',
        options:
          '--window <id>\n--delay <ms>\n--clearmodifiers\n--args <n>\n--terminator <text>\n--file <file>\n-d, --key-delay <ms>\n-D, --next-delay <ms>',
        typed: true,
      },
    ],
  },
  {
    tool: 'wtype',
    source: 'wtype(1), 0.4',
    carries: [
      {
        verb: '',
        options: '-M <modifier>\n-m <modifier>\n-P <key>\n-p <key>\n-k <key>\n-s <ms>\n-d <ms>',
        typed: true,
      },
    ],
  },
  {
    tool: 'gnome-terminal',
    source: 'gnome-terminal(1), 3.46',
    carries: [{ verb: '', options: '--tab\n--window\n--wait\n--title <text>\n--working-directory <dir>' }],
  },
  {
    tool: 'onchange',
    source: 'github.com/Qard/onchange README',
    carries: [{ verb: '', options: '-i, --initial\n-k, --kill\n-w, --wait\n-e, --exclude <glob>', skip: 1 }],
  },
  {
    tool: 'reflex',
    source: 'github.com/cespare/reflex README',
    carries: [
      {
        verb: '',
        options:
          '-r, --regex <regex>\n-g, --glob <glob>\n-R, --inverse-regex <regex>\n-s, --start-service\n-d, --decoration <kind>',
      },
    ],
  },
  {
    tool: 'chokidar',
    source: 'github.com/open-cli-tools/chokidar-cli README',
    carries: [
      {
        verb: '',
        options: '-c, --command <line>\n-d, --debounce <ms>\n-i, --ignore <glob>\n--initial',
        option: '--command',
      },
    ],
  },
];
