/** make: the recipes that its targets run, read from the makefile. May not judge. */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { inputText, readPath } from '../input.js';
import { type Invocation, isOn, valuesOf } from '../invocation.js';
import { readMakefile, recipeOf } from '../tasks/makefile.js';
import { readableScript } from '../words.js';
import { combine } from './shells.js';

const LIMIT = 512 * 1024;

export const make: Grammar = {
  tool: 'make',
  names: ['gmake'],
  source: 'make --help, GNU make 4.3',
  optionsIn: ['GNUMAKEFLAGS', 'MAKEFLAGS'],
  style: styles.getopt,
  shim: false,
  options: `
  -b
  -m
  -B, --always-make
  -C, --directory <directory>
  -d
      --debug[=<flags>]
  -e, --environment-overrides
  -E, --eval <string>
  -f, --file, --makefile <file>
  -h, --help
  -i, --ignore-errors
  -I, --include-dir <directory>
  -j, --jobs[=<n>]
  -k, --keep-going
  -l, --load-average, --max-load[=<n>]
  -L, --check-symlink-times
  -n, --just-print, --dry-run, --recon
  -o, --old-file, --assume-old <file>
  -O, --output-sync[=<type>]
  -p, --print-data-base
  -q, --question
  -r, --no-builtin-rules
  -R, --no-builtin-variables
  -s, --silent, --quiet
      --no-silent
  -S, --no-keep-going, --stop
  -t, --touch
      --trace
  -v, --version
  -w, --print-directory
      --no-print-directory
  -W, --what-if, --new-file, --assume-new <file>
      --warn-undefined-variables
  `,
  unwrap(invocation, world) {
    if (isOn(invocation, '--just-print', '--question', '--touch', '--help', '--version'))
      return { inner: [] };
    const shell = shellOf(invocation, world);
    const directory = directoryOf(invocation);
    const found = directory === undefined ? undefined : textOf(invocation, directory, world);
    if (!found || directory === undefined) return shell;
    const set = new Map<string, string>();
    const goals: string[] = [];
    for (const { text, certain: known } of invocation.operands) {
      const [, name, value] = /^([\w.-]+)(?:::?|\?|\+)?=([\s\S]*)$/.exec(text) ?? [];
      if (name !== undefined && known) set.set(name, value ?? '');
      // `-j 4`: its number may stand apart.
      else if (known && !/^\d+$/.test(text)) goals.push(text);
    }
    const recipe = recipeOf(readMakefile(found.text), goals, set);
    const via = `make <${found.name}>`;
    const inner = recipe.map(
      (line): Inner => ({
        via,
        script: readableScript(line, via).script,
        directory: certain(directory),
        openEnded: false,
      }),
    );
    return combine([shell, { inner }]);
  },
};

/** `make SHELL='cmd args'`: what every recipe line is handed to. */
function shellOf(invocation: Invocation, world: World): Unwrapped {
  const word = invocation.operands.findLast(({ text }) => /^SHELL\s*(:|\?)?=/.test(text));
  if (!word) return { inner: [] };
  const text = word.text.slice(word.text.indexOf('=') + 1);
  const isShell = /^\s*(\S*\/)?(env\s+)?\w*sh(\s+-\w+)*\s*$/.test(text);
  return isShell
    ? { inner: [] }
    : codeInWord({ text, certain: word.certain }, { via: 'make SHELL=', openEnded: true }, world);
}

function directoryOf(invocation: Invocation): string | undefined {
  const words = [invocation.directory, ...valuesOf(invocation, '--directory')];
  if (words.some(word => !word.certain)) return undefined;
  return words.reduce((at, word) => absolute(word.text, at), '/');
}

/** The makefiles and `--eval` strings as one text; `undefined` where there is none. */
function textOf(
  invocation: Invocation,
  directory: string,
  world: World,
): { readonly text: string; readonly name: string } | undefined {
  const evals = valuesOf(invocation, '--eval').map(word => word.text);
  const named = valuesOf(invocation, '--file');
  const [printed] = named.filter(word => word.outputOf);
  // `make -f <(printf …)`
  if (printed) return { text: readPath(printed, invocation.directory, world).text.text, name: '<(…)' };
  const files =
    named.length > 0 ? [named.map(word => word.text)] : [['GNUmakefile'], ['makefile'], ['Makefile']];
  for (const names of files) {
    const texts = names.flatMap(name => {
      if (/^(-|\/dev\/(stdin|fd\/0))$/.test(name))
        return inputText(invocation.input, invocation.directory, world)?.text ?? [];
      const content = world.readText(absolute(name, directory), LIMIT);
      return 'fault' in content ? [] : [content.text];
    });
    if (texts.length > 0) return { text: [...evals, ...texts].join('\n'), name: names.join(' ') };
  }
  return evals.length > 0 ? { text: evals.join('\n'), name: '--eval' } : undefined;
}
