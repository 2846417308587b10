/** Scripts of package.json, deno.json and composer.json: found, with what runs before and after, and read. May not judge. */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import type { Inner, Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { joinWords, quotedWord } from '../words.js';

const LIMIT = 256 * 1024;

/** How far up a manifest is looked for. */
const MAX_ABOVE = 12;

/**
 * The script of that name with its `pre` and `post`, each as a script from a file. Arguments are handed on quoted, as
 * the runners do. Nothing where there is no such manifest or script.
 */
export function packageScript(
  runner: string,
  name: Word,
  args: readonly Word[],
  invocation: Invocation,
  world: World,
  start: Word = invocation.directory,
): Unwrapped {
  if (!name.certain || !start.certain) return { inner: [] };
  const found = manifest(start.text, runner, world);
  if (!found) return { inner: [] };
  const { scripts, file, directory } = found;
  const [tool = ''] = runner.split(' ');
  const hooks = runner.startsWith('deno') || runner.startsWith('composer') ? [''] : ['pre', '', 'post'];
  const inner = hooks.flatMap((hook): readonly Inner[] =>
    (scripts.get(hook + name.text) ?? []).map(text => ({
      via: `${tool} <${file}: ${hook}${name.text}>`,
      script:
        hook === '' && args.length > 0
          ? joinWords([certain(text), ...args.map(quotedWord)], ' ')
          : certain(text),
      directory: certain(directory),
      openEnded: false,
    })),
  );
  // A script that runs itself says nothing new.
  return { inner: inner.filter(one => !invocation.via.includes(one.via)) };
}

interface Manifest {
  readonly file: string;
  readonly directory: string;
  readonly scripts: ReadonlyMap<string, readonly string[]>;
}

/** The nearest manifest at or above a directory. */
function manifest(start: string, runner: string, world: World): Manifest | undefined {
  const [key, names] = runner.startsWith('deno')
    ? (['tasks', ['deno.json', 'deno.jsonc', 'package.json']] as const)
    : (['scripts', [runner.startsWith('composer') ? 'composer.json' : 'package.json']] as const);
  let directory = absolute(start, '/');
  for (let above = 0; above < MAX_ABOVE; above += 1) {
    for (const name of names) {
      const content = world.readText(absolute(name, directory), LIMIT);
      if (!('fault' in content) && content.complete) {
        const scripts = scriptsIn(content.text, name === 'package.json' ? 'scripts' : key);
        return scripts && { file: name, directory, scripts };
      }
    }
    if (directory === '/') return undefined;
    directory = absolute('..', directory);
  }
  return undefined;
}

function scriptsIn(text: string, key: string): ReadonlyMap<string, readonly string[]> | undefined {
  const json = parsed(text);
  const scripts = isRecord(json) ? json[key] : undefined;
  if (!isRecord(scripts)) return undefined;
  return new Map(Object.entries(scripts).map(([name, value]) => [name, linesOf(value)] as const));
}

/** A string, a list of strings (composer), or `{ command }` (deno). */
function linesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter(one => typeof one === 'string');
  return isRecord(value) && typeof value['command'] === 'string' ? [value['command']] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
