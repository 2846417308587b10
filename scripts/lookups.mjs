/**
 * The tables by which the linked judge finds a grammar or an inspector by a tool's name without running the others:
 * worked out from the real lists (`grammars/index.ts`, `inspectors/index.ts`), in place of the two `lookup.ts`.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Module texts by the file of src/ that each replaces. */
export async function lookups(root) {
  const grammars = await placesIn(root, 'src/invocation/grammars', 'grammars');
  const inspectors = await placesIn(root, 'src/effects/inspectors', 'inspectors');
  return {
    'src/invocation/lookup.ts': grammarTable(grammars),
    'src/effects/lookup.ts': inspectorTable(inspectors),
  };
}

/** Every member of a list with the expression that reads it: `require("./grammars/git.js").git`. */
async function placesIn(root, folder, list) {
  const made = mkdtempSync(join(tmpdir(), 'guard-lookups-'));
  try {
    const shared = { absWorkingDir: root, bundle: true, format: 'esm', platform: 'node', metafile: true };
    const index = `${folder}/index.ts`;
    const { metafile } = await build({ ...shared, entryPoints: [index], packages: 'external', write: false });
    const files = metafile.inputs[index].imports.map(({ original }) => original);
    const contents = [
      `export { ${list} } from './index.js';`,
      ...files.map((file, i) => `export * as m${i} from '${file}';`),
    ];
    const outfile = join(made, 'list.mjs');
    const stdin = { contents: contents.join('\n'), resolveDir: join(root, folder), loader: 'ts' };
    await build({ ...shared, stdin, outfile, packages: 'bundle' });
    const all = await import(pathToFileURL(outfile).href);
    const known = new Map(files.flatMap((file, i) => placesOf(all[`m${i}`], file.slice(2))));
    return all[list].map(member => {
      const place = known.get(member);
      if (place === undefined)
        throw new Error(
          `a member of ${list} is no export of a file: ${JSON.stringify(member.tool ?? member.name)}`,
        );
      return { member, place };
    });
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Each exported member with where it stands: `git.js git`, or `kafka.js kafka 3` in a list. */
function placesOf(module, file) {
  return Object.entries(module).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one, i) => [one, `${file} ${name} ${i}`])
      : [[value, `${file} ${name}`]],
  );
}

/**
 * Places are lines of one text: an object with a thousand names would cost each start a millisecond. `require` takes the id
 * of a file (scripts/link.mjs).
 */
const FIND = `
const known = new Map();
const placeOf = name => {
  if (!known.has(name)) known.set(name, find(name));
  return known.get(name);
};
const find = name => {
  const line = '\\n' + name + '\\t', found = places.indexOf(line);
  return found < 0 ? undefined : places.slice(found + line.length, places.indexOf('\\n', found + 1));
};
const at = (folder, place) => {
  const [file, name, i] = place.split(' '), all = require(folder + file)[name];
  if (all === undefined) throw new Error(file + ' hands on no ' + name);
  return i ? all[i] : all;
};`;

function table(entries) {
  return `const places = ${JSON.stringify(`\n${entries.map(entry => `${entry.join('\t')}\n`).join('')}`)};${FIND}`;
}

function grammarTable(places) {
  const named = places.flatMap(({ member, place }) =>
    [member.tool, ...(member.names ?? [])].map(name => [name, place]),
  );
  // Where two have a name, it is the last one's, as in a Map.
  return `${table(named.reverse())}
export const grammarOf = name => {
  const place = placeOf(name);
  return place && at('invocation/grammars/', place);
};`;
}

function inspectorTable(places) {
  const watching = tool => places.filter(({ member }) => member.watches[tool] !== undefined);
  const tools = new Set(places.flatMap(({ member }) => Object.keys(member.watches)));
  const listed = (...lists) => lists.flatMap(list => list.map(({ place }) => place)).join(',');
  const always = watching('*');
  const byTool = [...tools].map(tool => [tool, listed(watching(tool), always)]);
  return `${table(byTool)}
const always = ${JSON.stringify(listed(always))}, made = new Map();
export const inspectorsOf = tool => {
  const key = placeOf(tool) ?? always;
  if (!made.has(key)) made.set(key, key.split(',').map(place => at('effects/inspectors/', place)));
  return made.get(key);
};`;
}
