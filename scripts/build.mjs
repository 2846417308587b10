/**
 * Builds what is shipped: two CommonJS bundles (the judge, the CLI), one bundle for each library that is loaded on
 * first need, the compiled rules, and the SQL parser's wasm. Run by `npm run build`.
 */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

/** Libraries behind `import()`: kept out of the bundles, so that a start that needs none of them parses none. */
const lazy = ['unbash', 'libpg-query', 'graphql/language/parser.js', 'inquirer', 'yaml', 'zod'];

const fileOf = name => `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.cjs`;

const lazyLibraries = {
  name: 'lazy-libraries',
  setup(builder) {
    builder.onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
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
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'lib'), { recursive: true });
await build({
  ...options,
  entryPoints: {
    judge: 'src/shims/entry.ts',
    cli: 'src/cli/entry.ts',
    'compile-rules': 'scripts/compile-rules.ts',
  },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  plugins: [lazyLibraries],
});
for (const name of lazy) {
  const stdin = { contents: `export * from '${name}'; export { default } from '${name}';`, resolveDir: root };
  const named = { contents: `export * from '${name}';`, resolveDir: root };
  const outfile = join(dist, 'lib', fileOf(name));
  const hasDefault = name === 'inquirer' || name === 'libpg-query';
  // yaml's CommonJS build hides its names from import(); its other build is modules.
  const alias = { yaml: join(root, 'node_modules/yaml/browser/index.js') };
  await build({ ...options, alias, stdin: hasDefault ? stdin : named, outfile });
}
copyFileSync(
  join(dirname(require.resolve('libpg-query')), 'libpg-query.wasm'),
  join(dist, 'lib', 'libpg-query.wasm'),
);

const compiled = spawnSync(
  process.execPath,
  [join(dist, 'compile-rules.cjs'), join(root, 'rules'), join(dist, 'rules.json')],
  {
    stdio: 'inherit',
  },
);
rmSync(join(dist, 'compile-rules.cjs'), { force: true });
process.exitCode = compiled.status ?? 1;
