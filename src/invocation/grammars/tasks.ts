/** just, task and composer: the lines that their recipes run. May not judge. */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { packageScript } from '../tasks/package-scripts.js';
import { linesOf, readJustfile, readTaskfile } from '../tasks/recipes.js';
import { readableScript } from '../words.js';

const LIMIT = 256 * 1024;
const exact = { ...styles.prefix, abbreviate: false, permute: true };

const just: Grammar = {
  tool: 'just',
  source: 'just --help, 1.36',
  style: exact,
  shim: false,
  options: `
  -f, --justfile <file>
  -d, --working-directory <directory>
  -n, --dry-run
  -l, --list[=<module>]
      --summary
  -s, --show <recipe>
  -e, --edit
      --evaluate
      --choose
      --dump
      --fmt
      --init
      --variables
  -c, --command
      --set <variable>
      --shell <shell>
      --shell-arg <arg>
  -q, --quiet
  -v, --verbose
  -u, --unsorted
  -g, --global-justfile
      --yes
      --color <when>
      --dotenv-path <file>
      --dotenv-filename <name>
      --no-deps
      --one
  -h, --help
  -V, --version
  `,
  unwrap(invocation, world) {
    const { operands } = invocation;
    if (
      isOn(
        invocation,
        '--dry-run',
        '--list',
        '--summary',
        '--show',
        '--evaluate',
        '--dump',
        '--fmt',
        '--help',
        '--version',
        '--edit',
        '--variables',
      )
    ) {
      return { inner: [] };
    }
    const command = invocation.options.find(use => use.name === '--command');
    if (command) {
      const words = invocation.argv.slice(command.at + 1);
      return { inner: words.length > 0 ? [{ via: 'just -c', words }] : [] };
    }
    const file = found(
      lastValue(invocation, '--justfile'),
      ['justfile', 'Justfile', '.justfile'],
      invocation,
      world,
    );
    if (!file) return { inner: [] };
    const recipes = readJustfile(file.text);
    const [first] = recipes.recipes.keys();
    const goals = operands.filter(word => !word.text.includes('=')).map(word => word.text);
    return scripts(
      'just',
      file,
      linesOf(recipes, goals.length > 0 ? goals : first === undefined ? [] : [first]),
    );
  },
};

const task: Grammar = {
  tool: 'task',
  names: ['go-task'],
  source: 'taskfile.dev/reference/cli, 3.40',
  style: exact,
  shim: false,
  options: `
  -c, --color
  -C, --concurrency <n>
  -d, --dir <dir>
  -n, --dry
  -x, --exit-code
  -f, --force
  -g, --global
  -h, --help
  -i, --init
  -I, --interval <time>
  -l, --list
  -a, --list-all
  -o, --output <style>
  -p, --parallel
  -s, --silent
  -y, --yes
      --status
      --summary
  -t, --taskfile <file>
  -v, --verbose
      --version
  -w, --watch
  `,
  unwrap(invocation, world) {
    if (
      isOn(
        invocation,
        '--dry',
        '--list',
        '--list-all',
        '--summary',
        '--status',
        '--help',
        '--version',
        '--init',
      )
    )
      return { inner: [] };
    const names = [
      'Taskfile.yml',
      'taskfile.yml',
      'Taskfile.yaml',
      'taskfile.yaml',
      'Taskfile.dist.yml',
      'Taskfile.dist.yaml',
    ];
    const file = found(lastValue(invocation, '--taskfile'), names, invocation, world);
    if (!file) return { inner: [] };
    const goals = invocation.operands.slice(0, invocation.operandsBeforeDashes).map(word => word.text);
    return scripts('task', file, linesOf(readTaskfile(file.text), goals.length > 0 ? goals : ['default']));
  },
};

interface File {
  readonly text: string;
  readonly name: string;
  readonly directory: string;
}

function found(
  named: Word | undefined,
  names: readonly string[],
  { directory }: Invocation,
  world: World,
): File | undefined {
  if (!directory.certain || named?.certain === false) return undefined;
  let folder = absolute(directory.text, '/');
  for (let above = 0; above < 12; above += 1) {
    for (const name of named ? [named.text] : names) {
      const content = world.readText(absolute(name, folder), LIMIT);
      if (!('fault' in content)) return { text: content.text, name, directory: folder };
    }
    if (named || folder === '/') return undefined;
    folder = absolute('..', folder);
  }
  return undefined;
}

function scripts(tool: string, { name, directory }: File, lines: readonly Word[]): Unwrapped {
  const via = `${tool} <${name}>`;
  return {
    inner: lines.map(
      (line): Inner => ({
        via,
        script: readableScript(line, via).script,
        directory: certain(directory),
        openEnded: false,
      }),
    ),
  };
}

const composer: Grammar = {
  tool: 'composer',
  source: 'composer help run-script, 2.8; scripts of composer.json are commands of their own',
  style: { ...styles.getopt, abbreviate: false },
  shim: false,
  options: `
  -h, --help
  -q, --quiet
  -V, --version
      --ansi
      --no-ansi
  -n, --no-interaction
      --profile
      --no-plugins
      --no-scripts
  -d, --working-dir <dir>
      --no-cache
  -v, --verbose
      --dev
      --no-dev
      --timeout <seconds>
  -l, --list
  `,
  unwrap(invocation, world) {
    if (
      isOn(invocation, '--help', '--version', '--list', '--no-scripts') ||
      lastValue(invocation, '--working-dir')
    )
      return { inner: [] };
    const [verb, ...rest] = invocation.operands;
    if (!verb) return { inner: [] };
    if (verb.text === 'exec')
      return { inner: rest.length > 0 ? [{ via: 'composer exec', words: rest }] : [] };
    const isRun = verb.text === 'run' || verb.text === 'run-script';
    const name = isRun ? rest[0] : verb;
    if (!name) return { inner: [] };
    const scripts = packageScript('composer run', name, isRun ? rest.slice(1) : rest, invocation, world);
    return { inner: scripts.inner.flatMap(one => ownLine(one)) };
  },
};

/** `@php x`, `@composer x`, `@other-script`, `Class::method` (getcomposer.org/doc/articles/scripts.md). */
function ownLine(one: Inner): readonly Inner[] {
  const text = one.script?.text ?? '';
  if (/^[\w\\]+::\w+/.test(text) || text.startsWith('@putenv')) return [];
  const line = text.replace(/^@(php|composer)\b/, '$1').replace(/^@([\w:-]+)/, 'composer run $1');
  return [{ ...one, script: certain(line) }];
}

export const taskRunners: readonly Grammar[] = [just, task, composer];
