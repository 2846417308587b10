/**
 * Commands around which something is arranged so that guard's shims fall off, or so that other code runs first.
 * Only records it: the command itself is judged like any other. Knows no rule; guard's own files are another inspector's.
 */

import { environmentOf, type Invocation } from '../../invocation/invocation.js';
import { grammarOf } from '../../invocation/lookup.js';
import { once } from '../../once.js';
import { absolute, baseName, isWithin } from '../../paths.js';
import { placesOf, SYSTEM_PROGRAM } from '../../places.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { quietWriters, writesOwn } from '../files/own.js';
import { projectRoot } from '../files/places.js';

/** Variables that make a program run code of someone's choosing first (catalogue IND-07). */
const loaderNames = once(
  () =>
    new Set(
      'LD_PRELOAD LD_AUDIT LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES BASH_ENV ENV ZDOTDIR PROMPT_COMMAND NODE_OPTIONS PYTHONSTARTUP PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS'.split(
        ' ',
      ),
    ),
);

export const tamper: Inspector = {
  name: 'tamper',
  watches: { '*': '*' },
  // A command that is called by name has the environment of its caller, in which nothing is arranged for it alone.
  // A copy of a program is made from where programs are.
  // Where a program writes what it is told to write, that may be among guard's own files.
  get quiet() {
    return {
      '*': '*',
      ...{ cp: '* : /*', ln: '* : /*', install: '* : /*', mv: '* : /*' },
      ...{ guard: '', 'guard-shell': '' },
      ...quietWriters(),
    };
  },
  resources: ['guard.path', 'guard.copy', 'guard.command', 'process.environment', 'file.guard'],
  inspect(invocation, world) {
    if (invocation.argv.length === 0) return [];
    return [
      ...losesShims(invocation, world),
      ...copies(invocation),
      ...loaders(invocation, world),
      ...loosens(invocation),
      ...writesOwn(invocation, world),
    ];
  },
};

/** guard's own commands that are the user's: they approve, or loosen what guard does. */
const USERS = /^(approve|unlock|uninstall|(shim|hook|protect) remove|rule (disable|remove|except))( |$)/;

function loosens({ argv }: Invocation): readonly Effect[] {
  const [program = '', ...words] = calledBy(argv);
  if (!/^guard(-shell)?$/.test(baseName(program)) || words.some(word => /^(-h|--help)$/.test(word)))
    return [];
  // Root's own guard wants the user's password itself.
  if (program === SYSTEM_PROGRAM) return [];
  const said = words.filter(word => !word.startsWith('-')).join(' ');
  return USERS.test(said)
    ? [effect('tamper', 'guard.command', said, { words: argv.map((_, at) => at) })]
    : [];
}

/** guard's words: its program is a script of sh, and that starts one of node. */
function calledBy(argv: readonly Word[]): readonly string[] {
  const texts = argv.map(word => word.text);
  const at = texts.findIndex((text, i) => i > 0 && !text.startsWith('-'));
  const [script = '', ...words] = texts.slice(Math.max(at, 1));
  const name = baseName(texts[0] ?? '');
  if (/^(node|bun|deno)$/.test(name) && /\/dist\/cli\.cjs$/.test(script)) return ['guard', ...words];
  return /^(ba|da|z|k)?sh$/.test(name) && baseName(script) === 'guard' ? [script, ...words] : texts;
}

/** Programs that nobody keeps under another name. */
const ERASERS = /^(rm|shred|dd|unlink|truncate|wipefs|mkfs(\..+)?)$/;

/** A second copy of a program that guard judges by its name would run under another. */
function copies({ tool, operands }: Invocation): readonly Effect[] {
  if (!['cp', 'ln', 'install', 'mv'].includes(tool) || operands.length < 2) return [];
  const sources = operands.slice(0, -1).filter(word => /^(\/usr(\/local)?)?\/s?bin\//.test(word.text));
  const to = operands.at(-1)!;
  return sources
    .filter(word => grammarOf(baseName(word.text)) !== undefined)
    .map(word => {
      const name = baseName(word.text);
      const isRenamed =
        to.certain && /^[^*]*[^/]$/.test(to.text) && ![name, 'bin', 'sbin'].includes(baseName(to.text));
      return effect('tamper', 'guard.copy', word.text, {
        note: 'runs under another name than guard knows',
        with: isRenamed && ERASERS.test(name) ? ['role=eraser'] : [],
      });
    });
}

/** The shims are on the PATH around the command, and certainly not on its own. */
function losesShims(invocation: Invocation, world: World): readonly Effect[] {
  const shims = shimsOn(world.env);
  if (shims === undefined) return [];
  const way = wayAround(invocation, world, shims);
  if (way === undefined) return [];
  const note = `guard's shims are not on the PATH of this command: ${way}`;
  return [effect('tamper', 'guard.path', invocation.tool, { note })];
}

/** By the environment: it is the same for all commands. */
const known = new WeakMap<World['env'], string | null>();

/** The shims' directory, where it is on the PATH around all commands. */
function shimsOn(env: World['env']): string | undefined {
  let found = known.get(env);
  if (found === undefined) {
    const path = env['PATH'] ?? '';
    // Where nothing ends like it, the directory need not be worked out.
    const shims = path.includes('/guard/shims') ? placesOf(env).shims : '';
    found = shims !== '' && holds(path, shims) ? shims : null;
    known.set(env, found);
  }
  return found ?? undefined;
}

function wayAround(invocation: Invocation, world: World, shims: string): string | undefined {
  if (invocation.via.includes('command -p')) return 'command -p';
  const names = invocation.options.map(use => use.name);
  if (invocation.tool === 'hash' && names.includes('-p')) return 'hash -p';
  const path = environmentOf(invocation, 'PATH', world.env);
  if (path?.text === world.env['PATH'] && path?.certain) return undefined;
  if (path === undefined) return 'the environment is cleared';
  return path.certain && !holds(path.text, shims) ? 'PATH is set without them' : undefined;
}

function holds(path: string, folder: string): boolean {
  return path.split(':').some(entry => entry.replace(/\/+$/, '') === folder);
}

function loaders(invocation: Invocation, world: World): readonly Effect[] {
  if (invocation.environment.length === 0) return [];
  const found = invocation.environment.filter(one => loaderNames().has(one.name) && one.value.text !== '');
  return [...new Map(found.map(({ name, value }) => [name, value]))].map(([name, { text, certain }]) => {
    const isStrange =
      loadedTemporary()[name]?.test(text) || (certain && LIBRARIES.test(name) && isStray(text, world));
    return effect('tamper', 'process.environment', name, {
      note: `${name} makes ${invocation.tool} run other code first`,
      with: isStrange ? ['from=elsewhere'] : [],
    });
  });
}

/** Their values are paths of libraries. */
const LIBRARIES = /^(LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES)$/;
/** Where package managers put libraries, the user's own among them. */
const INSTALLED =
  /^(\/(usr|lib\w*|opt|nix|snap|gnu|System|Library|Applications|var\/lib)\/|\/home\/linuxbrew\/|(\/root|\/(home|Users)\/[^/]+)\/(\.\w|Library\/))/;

/** A library that stands neither where libraries are installed nor in the project, which may have built its own. */
function isStray(paths: string, world: World): boolean {
  const project = projectRoot(world) ?? world.cwd;
  return paths
    .split(/[\s:]+/)
    .some(path => path.startsWith('/') && !INSTALLED.test(path) && !isWithin(absolute(path, '/'), project));
}

/** Code that is loaded from where everybody may write: a library of a project's own stands in the project. */
const loadedTemporary = once(
  (): Readonly<Record<string, RegExp>> => ({
    LD_PRELOAD: /(^|[\s:])(\/private)?(\/var)?\/tmp\/|\/dev\/shm\//,
    LD_AUDIT: /(^|[\s:])(\/private)?(\/var)?\/tmp\/|\/dev\/shm\//,
    DYLD_INSERT_LIBRARIES: /(^|:)(\/private)?(\/var)?\/tmp\//,
    NODE_OPTIONS:
      /(^|\s)(-r|--require|--import|--loader|--experimental-loader)[\s=]+["']?(\/private)?(\/var)?\/tmp\//,
    RUBYOPT: /(^|\s)-r\s*(\/private)?(\/var)?\/tmp\//,
    PERL5OPT: /(^|\s)-I\s*(\/private)?(\/var)?\/tmp\//,
    JAVA_TOOL_OPTIONS: /(^|\s)-(javaagent|agentpath):(\/private)?(\/var)?\/tmp\//,
  }),
);
