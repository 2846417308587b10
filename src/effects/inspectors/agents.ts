/**
 * An agent's client that is started so that it runs no hooks of the user's: what it does is then seen by shims alone. No
 * shim stands before a client, so a person who starts one is not asked. Judges nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute, baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { effect, type Inspector } from '../effect.js';

/** How one client is told to run no hooks. */
interface Client {
  /** Options that say it by themselves, and the words of a command that does. */
  readonly plainly: readonly string[];
  /** Variables by which it looks for its settings elsewhere, or leaves hooks out. */
  readonly variables: readonly string[];
  /** The value of an option that says it. */
  readonly byValue?: (option: string, value: Word, invocation: Invocation, world: World) => boolean;
}

/** `claude --help` 2.1: settings of the user's are those of `user`. */
const claude: Client = {
  plainly: ['--bare', '--safe-mode'],
  variables: ['CLAUDE_CODE_SIMPLE', 'CLAUDE_CONFIG_DIR', 'HOME'],
  byValue(option, value, invocation, world) {
    if (option === '--setting-sources') return value.certain && !value.text.split(',').includes('user');
    return option === '--settings' && /"disableAllHooks"\s*:\s*true/.test(settings(value, invocation, world));
  },
};

/** `codex --help`, `codex exec --help`, `codex features --help` 0.14x; without config.toml no hook is trusted. */
const codex: Client = {
  plainly: ['--ignore-user-config', 'features disable hooks'],
  variables: ['CODEX_HOME', 'HOME'],
  byValue(option, value) {
    if (option === '--disable') return value.text === 'hooks';
    return /^(-c|--config)$/.test(option) && /^(features\.hooks\s*=\s*false|hooks\b)/.test(value.text);
  },
};

const CLIENTS = new Map<string, Client>([
  ['claude', claude],
  ['claude-code', claude],
  ['codex', codex],
  ['opencode', { plainly: ['--pure'], variables: ['XDG_CONFIG_HOME', 'HOME'] }],
  ['opencode-ai', { plainly: ['--pure'], variables: ['XDG_CONFIG_HOME', 'HOME'] }],
  ['gemini', { plainly: [], variables: ['HOME'] }],
  ['gemini-cli', { plainly: [], variables: ['HOME'] }],
  ['copilot', { plainly: [], variables: ['HOME'] }],
]);

export const agents: Inspector = {
  name: 'agents',
  watches: { '*': '*' },
  quiet: { '*': '*', ...Object.fromEntries([...CLIENTS.keys()].map(name => [name, ''])) },
  resources: ['guard.hooks'],
  inspect(invocation, world) {
    const client = CLIENTS.get(invocation.tool);
    if (client === undefined || startsNothing(invocation)) return [];
    const how = withoutHooks(client, invocation, world);
    if (how === undefined) return [];
    return [
      effect('tamper', 'guard.hooks', baseName(invocation.tool), {
        note: `${how} leaves out the user's hooks`,
      }),
    ];
  },
};

function startsNothing({ argv }: Invocation): boolean {
  return argv.length === 2 && /^(--version|-v|-V|--help|-h)$/.test(argv[1]!.text);
}

function withoutHooks(client: Client, invocation: Invocation, world: World): string | undefined {
  const variable = invocation.environment.find(
    ({ name, value }) =>
      client.variables.includes(name) && !(value.certain && value.text === (world.env[name] ?? '')),
  );
  if (variable) return variable.name;
  const words = invocation.argv.slice(1);
  const end = words.findIndex(word => word.text === '--');
  const read = end < 0 ? words : words.slice(0, end);
  const said = read.map(word => word.text).join(' ');
  for (const plain of client.plainly) {
    const isSaid = plain.startsWith('-') ? read.some(word => word.text === plain) : said.startsWith(plain);
    if (isSaid) return plain;
  }
  for (const [at, { text, ...word }] of read.entries()) {
    const [option = '', ...rest] = text.split('=');
    const value = rest.length > 0 ? { ...word, text: rest.join('=') } : read[at + 1];
    if (value && client.byValue?.(option, value, invocation, world)) return option;
  }
  return undefined;
}

/** Settings as JSON on the command line, or those of a file. */
function settings({ text }: Word, { directory }: Invocation, world: World): string {
  if (text.trimStart().startsWith('{')) return text;
  const file = world.readText(absolute(text, directory.text || world.cwd), 64 * 1024);
  return 'fault' in file ? '' : file.text;
}
