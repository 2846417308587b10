/**
 * Links the judge: every source file becomes a function that runs when something of it is first used. A bundle whose
 * modules all run at the start would spend more on grammars that a command has nothing to do with than on judging it.
 *
 * Files that the same everyday commands run are bundled into one part, in which they use each other directly. Every other
 * file is a part of its own, which esbuild turns into CommonJS by itself. What a part needs of another, it gets by a proxy
 * whose first use runs that other part. So files of src/ must do nothing but declare when they run.
 *
 * The part that every command runs is the judge's main text. The others stand in a text of their own, of which a start
 * reads just those that it runs: to read the whole of a megabyte costs milliseconds. Each has its name before it, by which
 * a text of another build is told.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * `places` has a line for each part, where it stands, and for each file in it, which part that is. `host` is the real `require`:
 * for what is built in, and for libraries beside the bundle.
 */
const RUNTIME = `
const host = require, whole = new Map(), single = new Map(), proxies = new Map(), groups = [], begun = new Set(), ran = [];
function find(name) {
  const line = '\\n' + name + ' ', found = places.indexOf(line);
  return found < 0 ? undefined : places.slice(found + line.length, places.indexOf('\\n', found + 1)).split(' ');
}
function placeOf(id) {
  const place = find(id), part = place?.length === 1 ? place[0] : id;
  return place && [part, ...(part === id ? place : find(part))];
}
function wholeOf(id) {
  for (let i = 0; i < groups.length && !whole.has(id); i++) {
    const exports = groups[i](id);
    if (exports) whole.set(id, exports);
  }
  return whole.get(id);
}
function run(id) {
  if (single.has(id) || wholeOf(id)) return;
  const place = placeOf(id);
  if (place === undefined) return void whole.set(id, host(id));
  const [part, offset, length] = place;
  if (ran.includes(part)) return;
  if (begun.has(part)) throw new Error(part + ' needs itself before it has run');
  begun.add(part);
  const begin = readPart(part, +offset, +length);
  if (part !== id) return begin(use, register), void ran.push(part);
  ran.push(id);
  const module = { exports: {} };
  single.set(id, module);
  begin(module, module.exports, use);
}
function register(group) {
  groups.push(group);
}
function read(id, name) {
  run(id);
  const exports = wholeOf(id);
  return exports ? exports[name] : single.get(id).exports[name]();
}
const handler = {
  get: ({ id }, name) => read(id, name),
  has: ({ id }, name) => read(id, name) !== undefined,
  ownKeys: ({ id }) => (run(id), Object.keys(wholeOf(id) ?? single.get(id).exports)),
  getOwnPropertyDescriptor: ({ id }, name) => ({ value: read(id, name), enumerable: true, configurable: true }),
};
function use(id) {
  const known = wholeOf(id) ?? proxies.get(id);
  if (known !== undefined) return known;
  if (libraries[id] !== undefined) return host(libraries[id]);
  if (loaded.includes(id)) return whole.set(id, host(id)).get(id);
  const proxy = new Proxy({ id }, handler);
  proxies.set(id, proxy);
  return proxy;
}
module.ran = ran, module.run = run;`;

/** What of Node's own each of its starts has loaded anyway. */
const LOADED = ['node:fs', 'node:path'];

/**
 * Links `entry` (a path below src/). `options` are esbuild's; `libraries` are kept out and required from the paths they
 * map to; `replaced` maps files of src/ to other text for them, in which `require` takes a file's id (`shell/command.js`).
 * The result makes the two texts from groups of ids, the main part first: `main` and `rest`. `main` is an expression: a
 * function of `exports`, `require`, `module` (which gets `ran`, the parts that were run so far, and `run`) and `readPart` (a part's
 * name, offset and length in `rest` → the function there).
 */
export async function link(entry, { root, options, libraries, replaced }) {
  const shared = {
    ...options,
    absWorkingDir: root,
    metafile: true,
    write: false,
    outdir: join(root, 'linked'),
    plugins: [withReplaced(replaced)],
  };
  const graph = await build({
    ...shared,
    plugins: [],
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
  const names = new Map();
  const singles = new Map();
  for (const [i, file] of sources.entries()) {
    const id = idOf(file);
    const { exports } = asModules.metafile.outputs[join('linked', id)];
    names.set(id, exports);
    singles.set(id, single(withIds(exportingThunks(asFunctions.outputFiles[i].text, exports), id)));
  }
  for (const name of packages) {
    names.set(name, await namesOf(name, { ...shared, root }));
    singles.set(name, single(await packageText(name, names.get(name), { ...shared, root })));
  }
  const asked = new Map(
    sources.map((file, i) => [idOf(file), askedBy(asModules.outputFiles[i].text, idOf(file), inputs[file])]),
  );
  // A table asks for what its list's files export, by whatever name.
  const imported = file => inputs[file].imports.filter(one => !isPackage(one)).map(({ path }) => path);
  const tabled = new Set(Object.keys(replaced).flatMap(imported).flatMap(imported).map(idOf));
  const importedOf = (id, own) => {
    const lists = [...asked].flatMap(([by, from]) => (from.has(id) && !own.has(by) ? [from.get(id)] : []));
    const isAny = id === idOf(join('src', entry)) || tabled.has(id) || lists.includes(undefined);
    return names.get(id).filter(name => isAny || lists.some(list => list.includes(name)));
  };
  return async groups => {
    const parts = [];
    for (const [i, ids] of groups.entries()) {
      parts.push([`part-${i}`, ids, await grouped(ids, { shared, root, importedOf, packages, libraries })]);
    }
    const together = new Set(groups.flat());
    for (const [id, text] of singles) if (!together.has(id)) parts.push([id, [id], text]);
    return texts(parts, idOf(join('src', entry)), libraries, groups.length > 0);
  };
}

function texts(parts, entry, libraries, isGrouped) {
  let rest = '';
  let places = '\n';
  for (const [name, ids, body] of isGrouped ? parts.slice(1) : parts) {
    const part = `/*${name}*/${body}\n`;
    places += `${name} ${rest.length} ${part.length}\n`;
    for (const id of ids) if (id !== name) places += `${id} ${name}\n`;
    rest += part;
  }
  const main = [
    '(function (exports, require, module, readPart) {',
    `const places=${JSON.stringify(places)},libraries=${JSON.stringify(libraries)},loaded=${JSON.stringify(LOADED)};`,
    RUNTIME,
    isGrouped ? `(${parts[0][2]})(use, register);` : '',
    `module.exports=use(${JSON.stringify(entry)});`,
    '})',
  ].join('\n');
  // They are read as Latin-1, which is faster than UTF-8, and by offsets.
  if (/[^\x00-\x7f]/.test(main + rest)) throw new Error('the linked judge must be ASCII');
  return { main, rest };
}

/**
 * Files and packages bundled into one part. `register` gets what others ask it by: a function from an id to those exports that
 * a file elsewhere imports. An object of all of them would be made at each start.
 */
async function grouped(ids, { shared, root, importedOf, packages, libraries }) {
  const own = new Set(ids);
  const asked = ids.map(id => [id, importedOf(id, own)]);
  const lines = asked.map(([id, names], i) => {
    const from = packages.has(id) ? id : `./${id}`;
    return names.length === 0
      ? `import '${from}';`
      : `import {${names.map((name, j) => `${name} as m${i}_${j}`)}} from '${from}';`;
  });
  const cases = asked.flatMap(([id, names], i) =>
    names.length === 0
      ? []
      : [`case ${JSON.stringify(id)}:return{${names.map((name, j) => `${name}:m${i}_${j}`)}};`],
  );
  const contents = `${lines.join('\n')}\nregister(id => {switch(id){${cases.join('')}}});`;
  const { outputFiles } = await build({
    ...shared,
    format: 'cjs',
    stdin: { contents, resolveDir: join(root, 'src') },
    plugins: [...shared.plugins, othersApart(own, { root, packages, libraries })],
  });
  return `(require,register)=>{${outputFiles[0].text}}`;
}

/** Keeps out what is not in the group, under its id. */
function othersApart(own, { root, packages, libraries }) {
  return {
    name: 'others-apart',
    setup(builder) {
      builder.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const file = join(resolveDir, path).slice(root.length + 1);
        if (!file.startsWith('src/')) return undefined;
        return own.has(idOf(file)) ? undefined : { path: idOf(file), external: true };
      });
      builder.onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
        libraries[path] !== undefined || (packages.has(path) && !own.has(path))
          ? { path, external: true }
          : undefined,
      );
    },
  };
}

/** By the id that a file imports from: the names it imports, or `undefined` where it may use any. `text` is the file as esbuild writes it. */
function askedBy(text, from, { imports }) {
  const asked = new Map();
  for (const [, list, spec] of text.matchAll(/\b(?:import|export)(?:\{([^}]*)\}|[^"';]*?)from"([^"]+)"/g)) {
    const id = spec.startsWith('.') ? join(from, '..', spec) : spec;
    const known = asked.has(id) ? asked.get(id) : [];
    asked.set(id, list && known && [...known, ...list.split(',').map(one => one.split(' ')[0])]);
  }
  return new Map(
    imports.map(one => {
      const id = isPackage(one) ? one.original : idOf(one.path);
      return [id, one.kind === 'import-statement' ? asked.get(id) : undefined];
    }),
  );
}

function withReplaced(replaced) {
  return {
    name: 'replaced',
    setup(builder) {
      builder.onLoad({ filter: /\/lookup\.ts$/ }, ({ path }) => {
        const contents = Object.entries(replaced).find(([file]) => path.endsWith(`/${file}`))?.[1];
        return contents && { contents, loader: 'js' };
      });
    },
  };
}

function single(text) {
  return `(module,exports,require)=>{${text}}`;
}

function withIds(text, from) {
  return text.replaceAll(/require\("(\.[^"]+)"\)/g, (_, spec) => `require("${join(from, '..', spec)}")`);
}

async function namesOf(name, { root, ...shared }) {
  const stdin = { contents: `export * from '${name}';`, resolveDir: root };
  const asModule = await build({ ...shared, stdin, format: 'esm' });
  const [{ exports }] = Object.values(asModule.metafile.outputs);
  // Of a package that is CommonJS itself (shell-quote), esbuild knows no names: they are what it sets when it runs.
  return exports.length > 0 ? exports : Object.keys(require(name));
}

async function packageText(name, names, { root, ...shared }) {
  const stdin = { contents: `export * from '${name}';`, resolveDir: root };
  const asFunction = await build({ ...shared, stdin, format: 'cjs' });
  const thunks = names.map(one => `${one}:()=>all.${one}`);
  return `${asFunction.outputFiles[0].text};const all=module.exports;module.exports={${thunks}}`;
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
