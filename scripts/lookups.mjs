/**
 * The tables by which the linked judge finds a grammar or an inspector by a tool's name without running the others:
 * worked out from the real lists (`grammars/index.ts`, `inspectors/index.ts`), in place of the two `lookup.ts`.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** CommonJS texts by the file of src/ that each replaces. */
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
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const known = new Map(
      files.flatMap((file, i) => placesOf(all[`m${i}`], `require("./${name}/${file.slice(2)}")`)),
    );
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

function placesOf(module, at) {
  return Object.entries(module).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one, i) => [one, `${at}.${name}[${i}]`]) : [[value, `${at}.${name}`]],
  );
}

function grammarTable(places) {
  const byName = new Map(
    places.flatMap(({ member, place }) => [member.tool, ...(member.names ?? [])].map(name => [name, place])),
  );
  return `${tableOf('at', byName, place => place)}exports.grammarOf=name=>at.has(name)?at.get(name)():undefined;`;
}

function inspectorTable(places) {
  const always = places.filter(({ member }) => member.watches['*'] !== undefined);
  const tools = new Set(places.flatMap(({ member }) => Object.keys(member.watches)));
  const byTool = new Map(
    [...tools].map(tool => [tool, places.filter(({ member }) => member.watches[tool] !== undefined)]),
  );
  const listed = list => `[${list.map(({ place }) => place).join(',')}]`;
  return `${tableOf('at', byTool, own => listed([...own, ...always]))}exports.inspectorsOf=name=>at.has(name)?at.get(name)():${listed(always)};`;
}

function tableOf(name, map, show) {
  const rows = [...map].map(([key, value]) => `[${JSON.stringify(key)},()=>${show(value)}]`);
  return `const ${name}=new Map([${rows.join(',')}]);`;
}
