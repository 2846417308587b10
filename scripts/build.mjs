/**
 * Builds what is shipped: two CommonJS bundles (the judge, the CLI), one bundle for each library that is loaded on
 * first need, the compiled rules, and the SQL parser's wasm. Run by `npm run build`.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { link } from './link.mjs';
import { lookups } from './lookups.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const finished = join(root, 'dist');
// Built aside and then renamed file by file: shims of an installed guard may be running these files right now.
const dist = join(root, `dist.${process.pid}.tmp`);
const require = createRequire(import.meta.url);

/** Libraries behind `import()`: kept out of the bundles, so that a start that needs none of them parses none. */
const lazy = [
  'acorn',
  '@sveltejs/acorn-typescript',
  '@lezer/python',
  'unbash',
  'libpg-query',
  '@guanmingchiu/sqlparser-ts',
  'graphql/language/parser.js',
  'inquirer',
  'yaml',
  'zod',
];

/** What src/judge/loader.ts keeps a code cache of. */
const CACHED = ['judge-main.cjs', 'judge-rest.cjs', 'lib/unbash.cjs', 'lib/graphql-language-parser-js.cjs'];

const fileOf = name => `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.cjs`;

const lazyLibraries = {
  name: 'lazy-libraries',
  setup(builder) {
    builder.onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && lazy.includes(path)
        ? { path: `./lib/${fileOf(path)}`, external: true }
        : undefined,
    );
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  // The judge runs as a vm.Script, in which import() does not work and require does.
  supported: { 'dynamic-import': false },
};

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);

mkdirSync(join(dist, 'lib'), { recursive: true });
await build({
  ...options,
  entryPoints: {
    cli: 'src/cli/entry.ts',
    'compile-rules': 'scripts/compile-rules.ts',
    'make-cache': 'scripts/make-cache.ts',
  },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  plugins: [lazyLibraries],
});
const linked = await link('judge/entry.ts', {
  root,
  options,
  libraries: Object.fromEntries(lazy.map(name => [name, `./lib/${fileOf(name)}`])),
  replaced: await lookups(root),
});
for (const name of lazy) {
  // import() of a CommonJS file gives its whole exports as `default`: as the module itself would.
  const isDefault = name === 'inquirer' || name === 'libpg-query';
  const contents = isDefault
    ? `const library = require('${name}'); module.exports = library.default ?? library;`
    : `export * from '${name}';`;
  const outfile = join(dist, 'lib', fileOf(name));
  // yaml's CommonJS build hides its names from import(); its other build is modules.
  const alias = {
    yaml: join(root, 'node_modules/yaml/browser/index.js'),
    '@guanmingchiu/sqlparser-ts': require.resolve('@guanmingchiu/sqlparser-ts'),
  };
  // Its glue would look for the wasm beside an ES module; guard's build gives it the bytes.
  const logOverride = { 'empty-import-meta': 'silent' };
  await build({ ...options, alias, logOverride, stdin: { contents, resolveDir: root }, outfile });
}
copyFileSync(
  join(dirname(require.resolve('libpg-query')), 'libpg-query.wasm'),
  join(dist, 'lib', 'libpg-query.wasm'),
);
// Where that library looks from its place in lib/.
mkdirSync(join(dist, 'wasm'), { recursive: true });
copyFileSync(
  join(dirname(require.resolve('@guanmingchiu/sqlparser-ts')), '../wasm/sqlparser_rs_wasm_bg.wasm'),
  join(dist, 'wasm', 'sqlparser_rs_wasm_bg.wasm'),
);

const compiled = spawnSync(process.execPath, [join(dist, 'compile-rules.cjs'), join(root, 'rules'), dist], {
  stdio: 'inherit',
});
rmSync(join(dist, 'compile-rules.cjs'), { force: true });
if (compiled.status === 0) {
  await writeJudge([]);
  await writeJudge(groupsOf(everyday()));
  await build({
    ...options,
    define: { BUILD_ID: JSON.stringify(digestOf(CACHED)) },
    entryPoints: { judge: 'src/judge/loader.ts' },
    outdir: dist,
    outExtension: { '.js': '.cjs' },
  });
  // For the node that builds; guard init makes another for the node that it pins.
  spawnSync(process.execPath, [join(dist, 'make-cache.cjs'), dist], { stdio: 'inherit' });
  rmSync(join(dist, 'make-cache.cjs'));
  publish();
}
rmSync(dist, { recursive: true, force: true });
process.exitCode = compiled.status ?? 1;

async function writeJudge(groups) {
  const { main, rest } = await linked(groups);
  writeFileSync(join(dist, 'judge-main.cjs'), main);
  writeFileSync(join(dist, 'judge-rest.cjs'), rest);
}

/** The files of the judge that each kind of everyday commands runs: it is asked itself, while all its files are parts of their own. */
function everyday() {
  const code = `const { createRequire } = require('module'), { runInThisContext } = require('vm'), { readFileSync } = require('fs');
const [main, rest] = ['main', 'rest'].map(name => readFileSync(${JSON.stringify(dist)} + '/judge-' + name + '.cjs', 'latin1'));
const readPart = (name, offset, length) => runInThisContext(rest.slice(offset, offset + length));
const start = () => {
  const judge = { exports: {} };
  runInThisContext(main)(judge.exports, createRequire(${JSON.stringify(join(dist, 'judge-main.cjs'))}), judge, readPart);
  return judge;
};
(async () => {
  const ran = [], [, , home] = process.argv;
  await start().exports.prepare(home);
  for (const kind of start().exports.everyday()) {
    const judge = start();
    await judge.exports.rehearse(home, [kind]);
    ran.push(judge.ran);
  }
  console.log(JSON.stringify(ran));
})();`;
  const home = mkdtempSync(join(tmpdir(), 'guard-rehearsal-'));
  // As its own loader would be: guard's directory is where that lies.
  const { stdout } = spawnSync(process.execPath, ['-e', code, join(dist, 'judge.cjs'), home], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(home, { recursive: true, force: true });
  return JSON.parse(stdout);
}

/** Files that the same commands run, the files that most of them run first; without the rehearsal, which no command runs. */
function groupsOf(ran) {
  const groups = new Map([['most', []]]);
  for (const id of new Set(ran.flat())) {
    if (id === 'judge/rehearsal.js') continue;
    const by = ran.flatMap((ids, i) => (ids.includes(id) ? [i] : []));
    const key = by.length * 2 > ran.length ? 'most' : by.join();
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()];
}

/** Moves what was built into place and removes what is no longer built. */
function publish() {
  const built = filesIn(dist);
  for (const folder of ['lib', 'wasm']) mkdirSync(join(finished, folder), { recursive: true });
  for (const file of built) renameSync(join(dist, file), join(finished, file));
  for (const file of filesIn(finished))
    if (!built.includes(file)) rmSync(join(finished, file), { force: true });
}

function digestOf(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(readFileSync(join(dist, file)));
  return digest.digest('hex').slice(0, 16);
}

function filesIn(directory) {
  return readdirSync(directory, { recursive: true }).filter(file => statSync(join(directory, file)).isFile());
}

/** Is any source younger than the oldest of what was built? */
function isStale() {
  const made = [
    'judge.cjs',
    'judge-main.cjs',
    'judge-rest.cjs',
    'cli.cjs',
    'rules.json',
    'policy.compiled',
    'lib/libpg-query.wasm',
    'wasm/sqlparser_rs_wasm_bg.wasm',
  ].map(file => join(finished, file));
  if (!made.every(existsSync)) return true;
  const oldest = Math.min(...made.map(file => statSync(file).mtimeMs));
  const sources = ['src', 'rules', 'scripts'].flatMap(folder =>
    filesIn(join(root, folder)).map(file => join(root, folder, file)),
  );
  return [...sources, join(root, 'package-lock.json')].some(file => statSync(file).mtimeMs > oldest);
}
