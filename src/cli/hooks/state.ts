/** Whether guard's hook stands in each client's settings, and whether the client will call it. Changes nothing. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HookAdapter, Settings } from '../../hooks/adapter.js';
import { hookCommand } from '../../hooks/front.js';
import { jsonOf, loadJsonc, parseJsonc } from '../../jsonc.js';
import { locate } from '../../locate.js';
import { readBytes } from '../setup/files.js';
import { codexTrust } from './codex-trust.js';
import { commandIn } from './wire.js';

/** `firing`: nothing that guard can see keeps the client from calling it. */
type HookState = 'firing' | 'not-firing' | 'absent';

export interface HookStatus {
  readonly client: string;
  readonly title: string;
  /** The client's program on PATH, where there is one. */
  readonly program: string | null;
  readonly file: string;
  /** Whose settings these are: the administrator's cannot be switched off by a repository. */
  readonly scope: 'user' | 'system';
  readonly state: HookState;
  /** Why it does not fire, and what to do, as sentences. */
  readonly why?: string;
}

/** Where this runs. */
export interface Around {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly cwd: string;
  /** guard's own program that hooks call, as installs of this user name it. */
  readonly hook: string;
}

/** Is the client on this machine: its program on PATH, or its directory in the home directory? */
export function isInstalled(adapter: HookAdapter, { env, home }: Around): boolean {
  if (programOf(adapter, env) !== undefined) return true;
  const { file } = adapter.user(env, home);
  const directory = /^.*?\/(?:opencode|\.(?!config\/)[a-z]+)(?=\/)/.exec(file.slice(home.length))?.[0];
  return directory !== undefined && existsSync(join(home, directory));
}

/** The state of a client's hook in one settings file. Throws `GuardError` for a file that cannot be read. */
export async function stateOf(
  adapter: HookAdapter,
  settings: Settings,
  scope: HookStatus['scope'],
  around: Around,
): Promise<HookStatus> {
  await loadJsonc();
  const program = programOf(adapter, around.env);
  const status = { client: adapter.name, title: adapter.title, program: program ?? null, scope };
  const text = readBytes(settings.file);
  const command =
    text === undefined
      ? undefined
      : commandIn(Buffer.from(text, 'latin1').toString(), settings.wiring, settings.file);
  if (command === undefined) return { ...status, file: settings.file, state: 'absent' };
  const why = await obstacle(adapter, command, program, scope, around);
  return {
    ...status,
    file: settings.file,
    state: why === undefined ? 'firing' : 'not-firing',
    ...(why && { why }),
  };
}

function programOf({ name }: HookAdapter, env: NodeJS.ProcessEnv): string | undefined {
  return (
    locate(name === 'cursor' ? 'cursor-agent' : name, env['PATH']) ??
    (name === 'cursor' ? locate('cursor', env['PATH']) : undefined)
  );
}

async function obstacle(
  { name }: HookAdapter,
  command: string,
  program: string | undefined,
  scope: HookStatus['scope'],
  around: Around,
): Promise<string | undefined> {
  const called = /^'?(\/.*?guard-hook)'? /.exec(command)?.[1];
  if (called === undefined || !existsSync(called)) {
    return `The program it calls is gone. Run: guard hook install ${name}`;
  }
  if (scope === 'user' && command !== hookCommand(around.hook, name)) {
    return `It calls another guard (${called}). Run: guard hook install ${name}`;
  }
  const off = scope === 'user' ? switchedOff(name, around) : undefined;
  if (off !== undefined) return off;
  if (name !== 'codex') return undefined;
  if (program === undefined)
    return 'codex is not on PATH here, so it could not be asked whether it trusts the hook.';
  switch (await codexTrust(program, command, around.cwd, around.env)) {
    case 'trusted':
      return undefined;
    case 'untrusted':
      return 'Codex skips it until you trust it. Start codex, type /hooks, and trust the hook of guard.';
    case 'disabled':
      return "Hooks are switched off in Codex's settings. See /hooks in codex.";
    case 'missing':
      return 'Codex does not list it. See /hooks in codex.';
    case 'unknown':
      return 'Codex could not be asked whether it trusts the hook. See /hooks in codex.';
  }
}

/** The settings in which each client can be told to call no hooks: the user's and the project's. */
const SWITCHES: Readonly<
  Record<string, { readonly home: readonly string[]; readonly project: readonly string[] }>
> = {
  claude: {
    home: ['.claude/settings.json'],
    project: ['.claude/settings.json', '.claude/settings.local.json'],
  },
  gemini: { home: ['.gemini/settings.json'], project: ['.gemini/settings.json'] },
  copilot: {
    home: ['.copilot/settings.json'],
    project: ['.github/copilot/settings.json', '.claude/settings.json', '.claude/settings.local.json'],
  },
};

function switchedOff(name: string, { home, cwd }: Around): string | undefined {
  const places = SWITCHES[name];
  if (!places) return undefined;
  const files = [
    ...places.home.map(file => join(home, file)),
    ...places.project.map(file => join(cwd, file)),
  ];
  const off = files.find(file => isOff(file));
  return off && `Hooks are switched off in ${off}. Take that out, or use guard hook install --system.`;
}

function isOff(file: string): boolean {
  const text = readBytes(file);
  if (text === undefined || text.trim() === '') return false;
  const tree = parseJsonc(Buffer.from(text, 'latin1').toString());
  if ('wrongAt' in tree) return false;
  const settings = jsonOf(tree);
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const config = at(settings, 'hooksConfig');
  const disabled = at(config, 'disabled');
  return (
    at(settings, 'disableAllHooks') === true ||
    at(config, 'enabled') === false ||
    (Array.isArray(disabled) && disabled.includes('guard'))
  );
}
