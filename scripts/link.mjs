/**
 * Links the judge: every source file becomes a function that runs when something of it is first used. A bundle whose
 * modules all run at the start would spend more on grammars that a command has nothing to do with than on judging it.
 *
 * esbuild turns each file into CommonJS by itself, and all go into one table. `require` gives a namespace whose names
 * are getters; the first that is read runs the file. So files of src/ must do nothing but declare when they run.
 *
 * What few commands run stands in a text of its own, of which a start reads just the functions that it runs: to read the
 * whole of a megabyte costs milliseconds. Each has its name before it, by which a text of another build is told.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * Finds files in the table, or else in the rest by their place there. `host` is the real `require`: for what is built in,
 * and for libraries beside the bundle.
 */
const RUNTIME = `
const host = require, made = new Map(), spaces = new Map();
function run(id) {
  let module = made.get(id);
  if (module === undefined) {
    made.set(id, (module = { exports: {} }));
    (table[id][1] ?? readPart(id, ...places[id]))(module, module.exports, spec => space(spec.charCodeAt(0) === 46 ? resolve(id, spec) : spec));
  }
  return module.exports;
}
function space(id) {
  let names = spaces.get(id);
  if (names === undefined) {
    const row = table[id];
    const known = row ? row[0] : outside[id];
    if (known === undefined) return host(libraries[id] ?? id);
    names = {};
    for (const name of known)
      Object.defineProperty(names, name, { enumerable: true, get: row ? () => run(id)[name]() : () => host(id)[name] });
    spaces.set(id, names);
  }
  return names;
}
function resolve(from, spec) {
  const path = from.split('/');
  path.pop();
  for (const part of spec.split('/')) if (part === '..') path.pop(); else if (part !== '.') path.push(part);
  return path.join('/');
}
module.ran = () => [...made.keys()];`;

/**
 * Links `entry` (a path below src/). `options` are esbuild's; `libraries` are kept out and required from the paths they
 * map to; `replaced` maps files of src/ to CommonJS text for them. The result makes the two texts: `main` with the files
 * that `isOften` holds for, and `rest`. `main` is an expression: a function of `exports`, `require`, `module` (which gets
 * `ran`, the files that were run so far) and `readPart` (file, offset and length in `rest` → the function there).
 */
export async function link(entry, { root, options, libraries, replaced }) {
  const shared = {
    ...options,
    absWorkingDir: root,
    metafile: true,
    write: false,
    outdir: join(root, 'linked'),
  };
  const graph = await build({
    ...shared,
    entryPoints: [join('src', entry)],
    external: Object.keys(libraries),
    format: 'esm',
  });
  const { inputs } = graph.metafile;
  const sources = Object.keys(inputs).filter(file => file.startsWith('src/'));
  const packages = new Set(
    sources.flatMap(file => inputs[file].imports.filter(isPackage).map(({ original }) => original)),
  );
  const apart = { ...shared, entryPoints: sources, bundle: false, outbase: join(root, 'src') };
  const asModules = await build({ ...apart, format: 'esm' });
  const asFunctions = await build({ ...apart, format: 'cjs' });
  const rows = sources.map((file, i) => {
    const id = idOf(file);
    const { exports } = asModules.metafile.outputs[join('linked', id)];
    return row(id, exports, replaced[file] ?? exportingThunks(asFunctions.outputFiles[i].text, exports));
  });
  for (const name of packages) rows.push(await packageRow(name, { ...shared, root }));
  const builtins = JSON.stringify(builtinNames(asModules.outputFiles.map(file => file.text)));
  // It is read as Latin-1, which is faster than UTF-8, and by offsets.
  if (rows.some(({ body }) => /[^\x00-\x7f]/.test(body))) throw new Error('the linked judge must be ASCII');
  return isOften => {
    let rest = '';
    const places = {};
    const table = rows.map(({ id, names, body }) => {
      const start = `${JSON.stringify(id)}:[${JSON.stringify(names)}`;
      if (isOften(id)) return `${start},${body}]`;
      const part = `/*${id}*/${body}\n`;
      places[id] = [rest.length, part.length];
      rest += part;
      return `${start}]`;
    });
    const main = [
      '(function (exports, require, module, readPart) {',
      `const outside=${builtins},libraries=${JSON.stringify(libraries)},places=${JSON.stringify(places)};`,
      `const table={${table.join(',\n')}};`,
      RUNTIME,
      `module.exports=space(${JSON.stringify(idOf(join('src', entry)))});`,
      '})',
    ].join('\n');
    return { main, rest };
  };
}

function row(id, names, text) {
  return { id, names, body: `(module,exports,require)=>{${text}}` };
}

async function packageRow(name, { root, ...shared }) {
  const stdin = { contents: `export * from '${name}';`, resolveDir: root };
  const asModule = await build({ ...shared, stdin, format: 'esm' });
  const asFunction = await build({ ...shared, stdin, format: 'cjs' });
  const [{ exports }] = Object.values(asModule.metafile.outputs);
  // Of a package that is CommonJS itself (shell-quote), esbuild knows no names: they are what it sets when it runs.
  const names = exports.length > 0 ? exports : Object.keys(require(name));
  const thunks = names.map(one => `${one}:()=>all.${one}`);
  return row(
    name,
    names,
    `${asFunction.outputFiles[0].text};const all=module.exports;module.exports={${thunks}}`,
  );
}

/**
 * esbuild's exports are getters on a copy of an object of functions: `var e={};f(e,{parse:()=>q});module.exports=g(e);`.
 * The functions are enough here, and the helpers that make the copy need not run for each file.
 */
function exportingThunks(text, names) {
  const made =
    /^"use strict";(.*?)var ([\w$]+)=\{\};[\w$]+\(\2,(\{.*?\})\);module\.exports=[\w$]+\(\2\);/s.exec(text);
  if (!made) {
    if (names.length === 0) return text;
    throw new Error(`esbuild writes exports in another way than it did: ${text.slice(0, 600)}`);
  }
  const [whole, helpers, , thunks] = made;
  // Helpers stay where import() needs them.
  const kept = helpers.includes('=Object.create;') ? helpers : '';
  return `${kept}module.exports=${thunks};${text.slice(whole.length)}`;
}

function isPackage({ path, original }) {
  return path.startsWith('node_modules/') && original !== undefined;
}

function idOf(file) {
  return file.replace(/^src\//, '').replace(/\.ts$/, '.js');
}

/** The names that the files import from each module of Node's own. */
function builtinNames(texts) {
  const names = new Map();
  const add = (path, more) => names.set(path, new Set([...(names.get(path) ?? []), ...more]));
  for (const text of texts) {
    const whole = /import[^{}"]+from"(node:[^"]+)"/.exec(text);
    if (whole) throw new Error(`import names from ${whole[1]}, not the whole of it`);
    for (const [, list, path] of text.matchAll(/import\{([^}]*)\}from"(node:[^"]+)"/g)) {
      const imported = list.split(',').map(name => name.split(' as ')[0]);
      add(path, imported);
    }
    // What import() loads may be used whole.
    for (const [, path] of text.matchAll(/require\("(node:[^"]+)"\)/g)) add(path, Object.keys(require(path)));
  }
  return Object.fromEntries([...names].map(([path, set]) => [path, [...set]]));
}
