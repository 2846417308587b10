/**
 * The files in which agents' hooks are switched on and off, and whether a new text of one leaves them as they are. Adding
 * a permission is everyday work; taking a hook away is not. Compares texts; judges nothing.
 */

import { jsonOf, parseJsonc } from '../../jsonc.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';

/** Settings of which guard knows what in them concerns hooks (each client's documentation; measured with each). */
const JSON_SETTINGS =
  /\/(\.claude\/settings(\.local)?|\.gemini\/settings|\.codex\/hooks|\.cursor\/(hooks|cli-config)|\.copilot\/(settings|config|hooks\/[^/]+)|\.github\/(copilot\/settings|hooks\/[^/]+)|(\.config\/opencode|\.opencode)\/opencode)\.jsonc?$/;
const TOML_SETTINGS = /\/\.codex\/config\.toml$/;

/** Where something about hooks stands, in any of these clients. `env` counts for the variables below alone. */
const SWITCHES = [
  'hooks',
  'disableAllHooks',
  'allowManagedHooksOnly',
  'hooksConfig',
  'plugin',
  'features',
  'allow_login_shell',
  'shell_environment_policy',
];

/**
 * Variables by which shims fall off a command's PATH, guard's files are looked for elsewhere, or the client runs its commands
 * and hooks through another program, or no hooks (code.claude.com/docs/en/env-vars).
 */
const STEERING =
  /^(PATH|HOME|SHELL|ENV|BASH_ENV|ZDOTDIR|NODE_OPTIONS|(LD|DYLD|XDG)_\w+|CLAUDE_(ENV_FILE|CONFIG_DIR|CODE_(SHELL(_PREFIX)?|PROCESS_WRAPPER|SIMPLE|SESSION_ATTENDED|ENTRYPOINT)))$/;

/** Is this one of the files that `keepsHooks` can read? The path is absolute. */
export function isAgentSettings(path: string): boolean {
  return JSON_SETTINGS.test(path) || TOML_SETTINGS.test(path);
}

const LIMIT = 1024 * 1024;

/** Directories of agents, and the files in them that say which hooks there are. */
const FOLDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['.claude', ['settings.json', 'settings.local.json']],
  ['.codex', ['hooks.json', 'config.toml']],
  ['.gemini', ['settings.json']],
  ['.cursor', ['hooks.json']],
  ['.copilot', ['settings.json']],
]);

/** The files in an agent's directory (absolute) by which it has hooks now: they go where the directory goes. */
export function hooksIn(directory: string, world: World): readonly string[] {
  const names = FOLDERS.get(baseName(directory)) ?? [];
  return names
    .map(name => `${directory}/${name}`)
    .filter(path => {
      const read = world.readText(path, LIMIT);
      return !('fault' in read) && !keepsHooks(path, read.text, '');
    });
}

/**
 * True where everything about hooks is the same in both texts; `before` is empty where there is no such file. False
 * where either cannot be read. Throws `NotLoaded`.
 */
export function keepsHooks(path: string, before: string, after: string): boolean {
  const switchesOf = TOML_SETTINGS.test(path) ? switchesInToml : switchesInJson;
  const [old, fresh] = [before, after].map(switchesOf);
  return old !== undefined && old === fresh;
}

type Settings = Readonly<Record<string, unknown>>;

function switchesInJson(text: string): string | undefined {
  const tree = text.trim() === '' ? undefined : parseJsonc(text);
  if (tree && 'wrongAt' in tree) return undefined;
  const settings = tree ? jsonOf(tree) : {};
  if (!isMapping(settings)) return undefined;
  const env = isMapping(settings['env']) ? settings['env'] : {};
  const steering = Object.keys(env).filter(name => STEERING.test(name));
  return JSON.stringify([
    SWITCHES.map(name => settings[name] ?? null),
    steering.sort().map(name => [name, env[name]]),
  ]);
}

function isMapping(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An array that goes on in the next line, which might look like a table there. */
function isOpen(line: string): boolean {
  const bare = line.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, '').replace(/#.*/, '');
  return (bare.match(/[[{]/g)?.length ?? 0) !== (bare.match(/[\]}]/g)?.length ?? 0);
}

/**
 * Not parsed: the tables and top keys that concern hooks, as they are written. A line whose key cannot be told at sight
 * (escapes, strings and arrays of several lines, profiles that bring their own tables) makes the whole unreadable.
 */
function switchesInToml(text: string): string | undefined {
  if (/"{3}|'{3}/.test(text)) return undefined;
  const kept: string[] = [];
  let table: string | undefined;
  for (const line of text.split('\n').map(one => one.trim())) {
    const [, header] = /^\[\[?([^\]]+)\]\]?\s*(?:#.*)?$/.exec(line) ?? [];
    const name = header ?? (table === undefined ? /^[^=#]+(?==)/.exec(line)?.[0] : undefined);
    if (name?.includes('\\') || (header === undefined && isOpen(line))) return undefined;
    if (header !== undefined) table = header;
    const first = (name ?? table ?? '').replace(/["'\s]/g, '').split('.')[0] ?? '';
    if ([...SWITCHES, 'profiles', 'profile'].includes(first)) kept.push(line);
  }
  return kept.filter(line => line !== '' && !line.startsWith('#')).join('\n');
}

const BLOCK = /^# >>> guard >>>.*\n(?:(?!# >>> guard >>>).*\n)*?# <<< guard <<<$/gm;

/** The same of a shell's start-up file: the lines that guard marked as its own are all still there, in order. */
export function keepsGuardsLines(before: string, after: string): boolean {
  return JSON.stringify(before.match(BLOCK)) === JSON.stringify(after.match(BLOCK));
}
