/** Terminals, toolboxes and watchers that run the command behind their own options. Only tables; may not judge. */

import type { Carrier } from './carrier.js';

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
    source: 'zellij run --help, 0.40',
    carries: [
      {
        verb: 'run',
        options:
          '-d, --direction <way>\n--cwd <dir>\n-f, --floating\n-i, --in-place\n-c, --close-on-exit\n-n, --name <name>',
      },
    ],
  },
  {
    tool: 'wezterm',
    source: 'wezfurlong.org/wezterm/cli/start',
    carries: [
      {
        verb: 'start',
        options: '--cwd <dir>\n--class <name>\n--workspace <name>\n--domain <name>\n--always-new-process',
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
