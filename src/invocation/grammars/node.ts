/** Node, Deno and Bun: `-e CODE`, `-p CODE`, `eval`, a file, or a program on standard input. */

import { certain, type Word } from '../../shell/command.js';
import { loadedFirst } from '../code/preloaded.js';
import { type Program, unwrapPrograms } from '../code/programs.js';
import { type Grammar, styles } from '../grammar.js';
import { type Invocation, isOn, valuesOf } from '../invocation.js';
import { packageScript } from '../tasks/package-scripts.js';
import { bunPackage, packageCommand } from './package-runners.js';

const language = 'javascript';

const node: Grammar = {
  tool: 'node',
  names: ['nodejs', 'tsx', 'ts-node'],
  source: 'node --help, 20: options with values as listed there; V8 options take `=`',
  style: { ...styles.prefix, abbreviate: false, negate: true, bundle: false },
  shim: false,
  options: `
  -e, --eval <script>
  -p, -pe, --print <script>
  -c, --check
  -i, --interactive
  -h, --help
  -v, --version
  -r, --require <module>
      --import <module>
      --loader <module>
      --experimental-loader <module>
  -C, --conditions <condition>
      --env-file <file>
      --env-file-if-exists <file>
      --input-type <type>
      --max-old-space-size <size>
      --test
      --test-name-pattern <pattern>
      --test-reporter <reporter>
      --test-reporter-destination <file>
      --test-concurrency <number>
      --watch
      --watch-path <path>
      --title <title>
      --run <script>
      --inspect[=<port>]
      --inspect-brk[=<port>]
      --stack-trace-limit <n>
      --enable-source-maps
      --no-warnings
      --no-deprecation
      --trace-warnings
      --expose-gc
      --experimental-strip-types
      --harmony
  # ts-node and tsx
  -P, --project <file>
  -O, --compiler-options <json>
  -T, --transpile-only
      --tsconfig <file>
  `,
  plain: '= -v',
  unwrap(invocation, world) {
    const script = valuesOf(invocation, '--run').at(-1);
    if (script) return packageScript('node --run', script, [], invocation, world);
    const own = ownCommand(invocation);
    if (own.length > 0) return { inner: [{ via: 'node', words: own }] };
    return unwrapPrograms(invocation, nodePrograms(invocation), world);
  },
};

/** `ts-node node_modules/.bin/typeorm schema:drop`, `node ace migration:fresh`: a tool by the path of its program. */
function ownCommand(invocation: Invocation): readonly Word[] {
  const [script, ...rest] = invocation.operands;
  if (!script?.certain || isOn(invocation, '--eval', '--print')) return [];
  const [, name] =
    /(?:^|\/)node_modules\/\.bin\/([\w.-]+)$|^(?:\.\/)?(ace)(?:\.js)?$/.exec(script.text)?.filter(Boolean) ??
    [];
  return name ? [certain(name), ...rest] : [];
}

function nodePrograms(invocation: Invocation): readonly Program[] {
  const { operands } = invocation;
  if (isOn(invocation, '--help', '--version', '--check')) return [];
  const first = valuesOf(invocation, '--require', '--import').flatMap(module =>
    loadedFirst(module, invocation.tool),
  );
  const code = valuesOf(invocation, '--eval', '--print');
  if (code.length > 0) {
    const via = `${invocation.tool} -e`;
    return [...first, ...code.map(text => ({ language, via, from: { text }, arguments: operands }) as const)];
  }
  if (isOn(invocation, '--test', '--interactive')) return first;
  const words = operands[0]?.text === 'watch' ? operands.slice(1) : operands;
  return [...first, ...program(words, invocation.tool)];
}

function program([file, ...rest]: readonly Word[], tool: string): readonly Program[] {
  if (!file || file.text === '-') return [{ language, via: `${tool} -`, from: 'input', arguments: rest }];
  return [{ language, via: tool, from: { file }, arguments: rest }];
}

const DENO_RUN = `
  -A, --allow-all
  -R, --allow-read[=<path>]
  -W, --allow-write[=<path>]
  -N, --allow-net[=<host>]
  -E, --allow-env[=<name>]
  -S, --allow-sys[=<api>]
      --allow-run[=<program>]
      --allow-ffi[=<path>]
  -I, --allow-import[=<host>]
  -c, --config <file>
      --import-map <file>
      --lock[=<file>]
      --no-lock
      --no-check[=<what>]
      --check[=<what>]
      --cached-only
  -r, --reload[=<what>]
      --unstable
      --env-file[=<file>]
  -L, --log-level <level>
  -q, --quiet
      --watch[=<files>]
      --location <href>
      --seed <number>
      --v8-flags <flags>
      --ext <ext>
  -p, --print
  -h, --help
`;

const deno: Grammar = {
  tool: 'deno',
  source: 'docs.deno.com/runtime/reference/cli (run, eval, task, publish), 2.x',
  style: { ...styles.prefix, abbreviate: false },
  shim: false,
  options: DENO_RUN,
  subcommands: {
    run: { options: DENO_RUN },
    eval: { options: DENO_RUN },
    task: { options: '--cwd <dir>\n-c, --config <file>\n-q, --quiet' },
    repl: { options: `${DENO_RUN}\n--eval <code>` },
    serve: { options: DENO_RUN },
    publish: {
      style: styles.clap,
      options: `
      --token <secret>
  -c, --config <file>
      --dry-run
      --allow-slow-types
      --allow-dirty
      --no-provenance
      --set-version <version>
      --check[=<what>]
      --no-check[=<what>]
  -q, --quiet`,
    },
    ...Object.fromEntries(
      'test fmt lint check cache compile install add bench doc info upgrade audit bundle clean completions coverage create deploy init jupyter lsp outdated remove types uninstall update vendor'
        .split(' ')
        .map(name => [name, {}]),
    ),
  },
  unwrap(invocation, world) {
    const { subcommand, operands } = invocation;
    const [first, ...rest] = operands;
    if (isOn(invocation, '--help')) return { inner: [] };
    switch (subcommand[0]) {
      case 'eval':
        return unwrapPrograms(
          invocation,
          first ? [{ language, via: 'deno eval', from: { text: first }, arguments: rest }] : [],
          world,
        );
      case 'task':
        return first ? packageScript('deno task', first, rest, invocation, world) : { inner: [] };
      case undefined:
      case 'run':
      case 'serve':
        if (first?.certain && /^(npm|jsr):/.test(first.text)) return packageCommand(operands, 'deno run');
        return first ? unwrapPrograms(invocation, program(operands, 'deno'), world) : { inner: [] };
      default:
        return { inner: [] };
    }
  },
};

const BUN_RUN = `
  -e, --eval <code>
  -p, --print <code>
      --watch
      --hot
  -r, --preload <module>
  -b, --bun
      --silent
      --if-present
      --cwd <dir>
      --env-file <file>
  -c, --config <file>
      --filter <pattern>
      --inspect[=<port>]
      --smol
      --shell <shell>
  -h, --help
  -v, --version
`;

const bun: Grammar = {
  tool: 'bun',
  source: 'bun.sh/docs/cli/run, 1.x: a script of package.json or a file',
  style: { ...styles.prefix, abbreviate: false },
  shim: false,
  options: BUN_RUN,
  subcommands: Object.fromEntries(
    'run test install add remove update x create build init link unlink pm publish outdated upgrade exec repl why audit patch'
      .split(' ')
      .map(name => [name, name === 'run' ? { options: BUN_RUN } : {}]),
  ),
  unwrap(invocation, world) {
    const { subcommand, operands } = invocation;
    const [first, ...rest] = operands;
    if (isOn(invocation, '--help', '--version')) return { inner: [] };
    if (subcommand[0] === 'x') {
      const at = invocation.argv.findIndex(word => word.text === 'x');
      return bunPackage(invocation, at + 1, world);
    }
    const code = valuesOf(invocation, '--eval', '--print');
    if (code.length > 0) {
      const from = (text: Word): Program => ({
        language,
        via: 'bun -e',
        from: { text },
        arguments: operands,
      });
      return unwrapPrograms(invocation, code.map(from), world);
    }
    if (first && subcommand[0] === 'exec') return { inner: [{ via: 'bun exec', script: first }] };
    if (!first || (subcommand[0] !== undefined && subcommand[0] !== 'run')) return { inner: [] };
    if (first.text === '-')
      return unwrapPrograms(invocation, [{ language, via: 'bun -', from: 'input' }], world);
    if (/[./]/.test(first.text)) return unwrapPrograms(invocation, program(operands, 'bun'), world);
    const script = packageScript('bun run', first, rest, invocation, world);
    return script.inner.length > 0 ? script : packageCommand(operands, 'bun run');
  },
};

export const javascriptRunners: readonly Grammar[] = [node, deno, bun];
