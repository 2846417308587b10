/** Programs in files, which name their own place: what they write and remove there is known, and is no system's. */

import { expect, test } from 'vitest';
import { decisionOn } from '../support/rules.js';
import { fakeWorld } from '../support/world.js';

const verdict = (name: string, code: string) => {
  const interpreter = name.endsWith('.py') ? 'python3' : 'node';
  const world = fakeWorld({
    files: { '/work/app/.git/HEAD': 'x', [`/work/app/${name}`]: code, '/work/app/data/users.json': '[]' },
  });
  return decisionOn(`${interpreter} ${name}`, world);
};

test.each([
  // As esbuild's install.js puts its binary in place.
  [
    'install.js',
    `const fs2 = __toESM(require("fs")), path2 = __toESM(require("path"));
const temp = path2.join(__dirname, "bin-tool"), to = path2.join(__dirname, "dist", "bin", "tool");
fs2.linkSync(found, temp); fs2.renameSync(temp, to);`,
  ],
  ['tool.js', `require('fs').writeFileSync(require('path').join(root, 'etc', 'app.json'), text)`],
  [
    'clean.mjs',
    `import fs from 'fs'; import path from 'path'; fs.rmSync(path.join(import.meta.dirname, 'dist'), { recursive: true })`,
  ],
  [
    'clean.cjs',
    `const path = require('path'); require('fs').rmSync(path.dirname(__filename) + '/dist', { recursive: true })`,
  ],
  ['make.py', `import os\nopen(os.path.join(prefix, 'usr', 'share', 'x'), 'w')`],
  [
    'make.py',
    `import os, shutil\nshutil.rmtree(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'dist'))`,
  ],
])('%s runs: %s', async (name, code) => {
  expect(await verdict(name, code)).toBe('allow');
});

test.each([
  ['wipe.js', `require('fs').rmSync(require('path').join(__dirname, 'data'), { recursive: true })`],
  [
    'wipe.js',
    `require('fs').rmSync(require('path').resolve(__dirname, '..', '..', 'etc'), { recursive: true })`,
  ],
  ['wipe.mjs', `import fs from 'fs'; fs.rmSync(new URL('./data', import.meta.url), { recursive: true })`],
  [
    'wipe.mjs',
    `import fs from 'fs'; import { fileURLToPath } from 'url'; import { dirname, join } from 'path';
fs.rmSync(join(dirname(fileURLToPath(import.meta.url)), 'data'), { recursive: true })`,
  ],
  ['wipe.py', `import os, shutil\nshutil.rmtree(os.path.join(os.path.dirname(__file__), 'data'))`],
])('%s asks: %s', async (name, code) => {
  expect(await verdict(name, code)).not.toBe('allow');
});

test('of a path that a shell variable begins, the variable may be nothing', async () => {
  const world = fakeWorld({ files: { '/work/app/.git/HEAD': 'x' } });
  expect(await decisionOn('cp a "$NOPE/etc/passwd"', world)).toBe('confirm');
  expect(await decisionOn('cp a "$DESTDIR/usr/bin/a"', world)).toBe('allow');
  expect(await decisionOn('cp my.cnf "$(brew --prefix)/etc/my.cnf"', world)).toBe('allow');
});
