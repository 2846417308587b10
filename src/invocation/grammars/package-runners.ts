/**
 * npx, pnpm dlx, yarn dlx, bunx and their kin: the command of a package, read as if it stood alone. The package
 * managers' other subcommands are read without a table. May not judge.
 */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { packageTask } from '../tasks/package-task.js';
import { NODE_PROGRAMS } from './package-runners/frequent.js';
import { programOf } from './package-runners/programs.js';
import { NPM_PLAIN, OWN_VERBS } from './package-runners/verbs.js';
import { combine } from './shells.js';

/** How one of them takes its options: those with a value, and the one whose value is a script for a shell. */
interface Runner {
  readonly via: string;
  readonly valued: ReadonlySet<string>;
  readonly script: ReadonlySet<string>;
  /** The script is the operand instead of the option's value (`pnpm dlx -c 'a | b'`). */
  readonly scriptIsOperand?: true;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Options with a value that may stand before a package's name: the definitions of npm 11.19's configuration. */
const NPM_VALUED = `--package -w --workspace --cache --registry --reg --userconfig --globalconfig --loglevel --logs-dir --prefix -C
  --script-shell --shell --node-options --before --min-release-age --otp --omit --include --only --os --cpu --libc --tag
  --scope --cafile --ca --cert --key --proxy --https-proxy --noproxy --fetch-retries --fetch-timeout --maxsockets
  --user-agent --umask --viewer --editor --location -L --install-strategy --save-prefix --heading --git --which
  --allow-scripts --allow-git --allow-remote --allow-file --allow-directory --audit-level --depth --access --message -m`;
const NPX: Runner = {
  via: 'npx',
  valued: set(`${NPM_VALUED} -p -n --node-arg`),
  script: set('-c --call'),
};
const NPM_EXEC: Runner = { ...NPX, via: 'npm exec', valued: set(NPM_VALUED) };
const PNPM: Runner = {
  via: 'pnpm',
  // pnpm help -a, pnpm help dlx, pnpm help exec (12.21)
  valued: set(
    `--package -C --dir --filter -F --filter-prod --reporter --loglevel --allow-build --workspace-concurrency --resume-from
    --cpu --os --libc --env-file --store-dir --state-dir --npmrc-auth-file --userconfig --workspace-packages --registry
    --https-proxy --http-proxy --no-proxy`,
  ),
  script: set('-c --shell-mode'),
  scriptIsOperand: true,
};
const YARN: Runner = { via: 'yarn', valued: set('-p --package --cwd'), script: set('') };
const BUNX: Runner = { via: 'bunx', valued: set('-p --package --cwd'), script: set('') };

/** Where the words of the package's command begin in `argv`, or the script; nothing where there is none. */
function commandIn(
  argv: readonly Word[],
  from: number,
  runner: Runner,
): { words: readonly Word[]; script?: Word } {
  let isScript = false;
  for (let at = from; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (word.text === '--' && word.certain) return { words: argv.slice(at + 1) };
    if (!word.text.startsWith('-')) {
      return isScript ? { words: [], script: word } : { words: argv.slice(at) };
    }
    const [name = '', attached] = word.text.split(/=([\s\S]*)/);
    if (runner.script.has(name)) {
      if (runner.scriptIsOperand) isScript = true;
      else {
        const value = attached === undefined ? argv[at + 1] : { ...word, text: attached };
        return value ? { words: [], script: value } : { words: [] };
      }
    } else if (runner.valued.has(name) && attached === undefined) at += 1;
  }
  return { words: [] };
}

function unwrapAt(invocation: Invocation, from: number, runner: Runner, world: World): Unwrapped {
  const { words: given, script } = commandIn(invocation.argv, from, runner);
  // `npm exec prisma -- db push`: npm takes the dashes away, wherever they stand.
  const words = runner.via.startsWith('npm ') && given[1]?.text === '--' ? given.toSpliced(1, 1) : given;
  if (script) return codeInWord(script, { via: `${runner.via} -c`, openEnded: false }, world);
  return { inner: innerOf(words, runner.via) };
}

function innerOf(words: readonly Word[], via: string): readonly Inner[] {
  const [spec, ...rest] = words;
  if (!spec) return [];
  return [{ via, words: [spec.certain ? certain(programOf(spec.text)) : spec, ...rest] }];
}

function direct(tool: string, names: readonly string[], source: string, runner: Runner): Grammar {
  return {
    tool,
    names,
    source,
    style: styles.prefix,
    generic: true,
    read: readGenerically,
    plainRuns: { behind: ['', '-y', '--yes', '--no-install', '--bun'], programs: NODE_PROGRAMS },
    unwrap: (invocation, world) => unwrapAt(invocation, 1, runner, world),
  };
}

/** A package manager, of whose subcommands some run a package's command. */
function manager(
  tool: string,
  verbs: string,
  source: string,
  runner: Runner,
  names: readonly string[] = [],
): Grammar {
  const runs = set(verbs);
  return {
    tool,
    names,
    source,
    style: styles.prefix,
    generic: true,
    read: readGenerically,
    // pnpm and yarn take any word for a script of package.json, if it has one of that name.
    ...(tool === 'npm' && { plain: NPM_PLAIN }),
    plainRuns: { behind: verbs.split(' ').filter(verb => verb !== 'explore'), programs: NODE_PROGRAMS },
    unwrap(invocation, world) {
      const at = verbAt(invocation.argv, runner);
      const verb = invocation.argv[at]?.text ?? '';
      if (tool === 'yarn' && verb === 'workspace') {
        const words = [invocation.argv[0]!, ...invocation.argv.slice(at + 2)];
        return { inner: words.length === 1 ? [] : [{ via: 'yarn workspace', words }] };
      }
      if (tool === 'yarn' && verb === 'workspaces') return inEachWorkspace(invocation.argv, at + 1);
      if (tool === 'yarn' && verb === 'node')
        return { inner: [{ via: 'yarn node', words: [certain('node'), ...invocation.argv.slice(at + 1)] }] };
      // `pnpm with VERSION COMMAND…` runs another version of itself.
      if (tool === 'pnpm' && verb === 'with')
        return {
          inner: [{ via: 'pnpm with', words: [invocation.argv[0]!, ...invocation.argv.slice(at + 2)] }],
        };
      if (tool === 'pnpm' && (verb === 'set-script' || verb === 'ss')) {
        const text = invocation.argv.slice(at + 2).map(word => word.text);
        return codeInWord(certain(text.join(' ')), { via: `pnpm ${verb}`, openEnded: false }, world);
      }
      if (verb === 'pkg') return combine(scriptsSet(invocation.argv.slice(at + 1), tool, world));
      if (!runs.has(verb)) {
        const task = packageTask(tool, invocation, at, world);
        if (task.inner.length > 0) return task;
        const isBinary = tool !== 'npm' && !OWN_VERBS.has(verb);
        const words = isBinary ? invocation.argv.slice(at) : namesake(invocation.argv.slice(at));
        return { ...task, inner: innerOf(words, tool) };
      }
      // pnpm's options may stand in front of `dlx`; npm's `explore` names a package before the command.
      const isShell = invocation.argv.slice(1, at).some(word => runner.script.has(word.text));
      const own = isShell && runner.scriptIsOperand ? [certain('-c')] : [];
      const argv = invocation.argv.toSpliced(at + 1, verb === 'explore' ? 1 : 0, ...own);
      return unwrapAt({ ...invocation, argv }, at + 1, { ...runner, via: `${tool} ${verb}` }, world);
    },
  };
}

/** `yarn workspaces foreach -A run lint` and yarn 1's `yarn workspaces run lint`: yarn itself, once in each of them. */
function inEachWorkspace(argv: readonly Word[], at: number): Unwrapped {
  const verb = argv[at]?.text;
  if (verb !== 'foreach' && verb !== 'run') return { inner: [] };
  let from = at + 1;
  for (; argv[from]?.text.startsWith('-'); from += 1) {
    const { text } = argv[from]!;
    if (/^(-[a-zA-Z]*n[a-zA-Z]*|--dry-run)$/.test(text)) return { inner: [] };
    if (/^(--from|--include|--exclude|--jobs|-[a-zA-Z]*j)$/.test(text)) from += 1;
  }
  const words = [...(verb === 'run' ? [certain('run')] : []), ...argv.slice(from)];
  return {
    inner: words.length === 0 ? [] : [{ via: `yarn workspaces ${verb}`, words: [argv[0]!, ...words] }],
  };
}

/**
 * `npm run typeorm -- schema:drop`: a script that cannot be read and is given arguments runs, by custom, the program of
 * its own name. Without arguments its name says nothing.
 */
function namesake([verb, name, ...rest]: readonly Word[]): readonly Word[] {
  const words = rest.filter(
    (word, at) => word.text !== '--' || rest.slice(0, at).some(one => one.text === '--'),
  );
  const runs = verb?.text === 'run' || verb?.text === 'run-script';
  return runs && name && !name.text.startsWith('-') && words.length > 0 ? [name, ...words] : [];
}

/** `npm pkg set scripts.x='…'`: what is written there is what `npm run x` will run. */
function scriptsSet(words: readonly Word[], tool: string, world: World): readonly Unwrapped[] {
  if (words[0]?.text !== 'set') return [];
  return words.slice(1).flatMap(word => {
    const [name] = /^scripts[.[][^=]*=/.exec(word.text) ?? [];
    if (name === undefined || !word.certain) return [];
    return [
      codeInWord(certain(word.text.slice(name.length)), { via: `${tool} pkg set`, openEnded: false }, world),
    ];
  });
}

function verbAt(argv: readonly Word[], runner: Runner): number {
  for (let at = 1; at < argv.length; at += 1) {
    const { text } = argv[at]!;
    if (!text.startsWith('-')) return at;
    if (runner.valued.has(text)) at += 1;
  }
  return argv.length;
}

export const packageRunners: readonly Grammar[] = [
  direct('npx', [], 'npm exec --help, npm 11.19; npx of npm 6 for -n and --shell', NPX),
  direct('pnpx', ['pnx'], 'pnpm.io/cli/dlx', PNPM),
  direct('bunx', [], 'bun.sh/docs/pm/bunx', BUNX),
  manager('npm', 'exec x explore', 'npm exec --help, npm 11.19', NPM_EXEC),
  manager('pnpm', 'dlx exec', 'pnpm help -a, pnpm help dlx, pnpm help exec, 12.21', PNPM, ['pn']),
  manager('yarn', 'dlx exec', 'yarnpkg.com/cli/dlx and yarnpkg.com/cli/exec', YARN),
];

/** `bun prisma migrate dev`, `deno run npm:prisma`: the words of a package's program. */
export function packageCommand(words: readonly Word[], via: string): Unwrapped {
  return { inner: innerOf(words, via) };
}

/** `bun x PACKAGE`: the words from `at` on. */
export function bunPackage(invocation: Invocation, at: number, world: World): Unwrapped {
  return unwrapAt(invocation, at, { ...BUNX, via: 'bun x' }, world);
}
