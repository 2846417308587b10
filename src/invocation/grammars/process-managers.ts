/** pm2: it keeps a program running, or a line that its shell reads. May not judge. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';
import { combine } from './shells.js';

/** What pm2 runs a file with, by the end of its name. */
const INTERPRETERS: readonly (readonly [ending: RegExp, interpreter: string])[] = [
  [/\.([cm]?js|tsx?|coffee|ls)$/, 'node'],
  [/\.sh$/, 'bash'],
  [/\.py$/, 'python3'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
  [/\.pl$/, 'perl'],
];
/** A file that names the programs to start. */
const LISTS = /\.(json5?|ya?ml|config\.[cm]?js)$/;

const pm2: Grammar = {
  tool: 'pm2',
  names: ['pm2-runtime', 'pm2-dev'],
  source: 'pm2 5.4: lib/binaries/CLI.js, lib/Common.js (a name with a blank is given to bash -c)',
  style: styles.clap,
  options: `
  -s, --silent
  --ext <extensions>
  -n, --name <name>
  -m, --mini-list
  --interpreter <interpreter>
  --interpreter-args <arguments>
  --node-args <arguments>
  -o, --output <path>
  -e, --error <path>
  -l, --log[=<path>]
  --log-type <type>
  --log-date-format <format>
  --time
  --disable-logs
  --env <name>
  -a, --update-env
  -f, --force
  -i, --instances <number>
  --parallel <number>
  --shutdown-with-message
  -p, --pid <pid>
  -k, --kill-timeout <delay>
  --listen-timeout <delay>
  --max-memory-restart <memory>
  --restart-delay <delay>
  --exp-backoff-restart-delay <delay>
  -x, --execute-command
  --max-restarts <count>
  -u, --user <name>
  --uid <uid>
  --gid <gid>
  --namespace <name>
  --cwd <path>
  --hp <path>
  --wait-ip
  --service-name <name>
  -c, --cron, --cron-restart <pattern>
  -w, --write
  --no-daemon
  --source-map-support
  --only <name>
  --disable-source-map-support
  --wait-ready
  --merge-logs
  --watch
  --ignore-watch <paths>
  --watch-delay <delay>
  --no-color
  --no-vizion
  --no-autostart
  --no-autorestart
  --stop-exit-codes <codes>
  --no-treekill
  --no-pmx
  --attach
  -h, --help
  -v, --version
  `,
  unwrap(invocation, world) {
    const { tool, operands, operandsBeforeDashes, argv } = invocation;
    const isPlain = tool === 'pm2' && /^pm2-/.test(argv[0]?.text.replace(/^.*\//, '') ?? '');
    if (!isPlain && operands[0]?.text !== 'start') return { inner: [] };
    const programs = operands.slice(isPlain || operands[0]?.text !== 'start' ? 0 : 1, operandsBeforeDashes);
    const words = operands.slice(operandsBeforeDashes ?? operands.length);
    return combine(programs.map(program => started(program, words, invocation, world)));
  },
};

function started(program: Word, words: readonly Word[], invocation: Invocation, world: World): Unwrapped {
  const via = 'pm2 start';
  if (/\s/.test(program.text)) return codeInWord(program, { via, openEnded: false }, world);
  if (LISTS.test(program.text)) return { inner: [] };
  const told = lastValue(invocation, '--interpreter');
  const usual = INTERPRETERS.find(([ending]) => ending.test(program.text))?.[1];
  const interpreter = told ?? (usual === undefined ? undefined : certain(usual));
  const runs = interpreter && interpreter.text !== 'none' ? [interpreter, program] : [program];
  return { inner: [{ via, words: [...runs, ...words] }] };
}

export const processManagers: readonly Grammar[] = [pm2];
