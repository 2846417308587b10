/** What the calls of Node, Deno, Bun and the packages that agents use give and do. A table; judges nothing. */

import type { Call, Deed, Library, Results } from './deed.js';
import { fromBase64 } from './encoded.js';
import { requests } from './javascript-requests.js';
import { empty, evaluated, remove, removeEach, run, runWords, signalled, sql } from './library.js';
import {
  concat,
  directoryOf,
  joinPath,
  jsonOf,
  temporaryPath,
  textValue,
  UNKNOWN,
  type Value,
  wordOf,
} from './value.js';

const MODULES = 'fs path os child_process http https url util module vm'.split(' ');

/** Modules that stand in scope without an import (`node -e`), and `process`. */
export function modulesOf(): Readonly<Record<string, Value>> {
  return Object.fromEntries(MODULES.map(name => [name, { name }]));
}

export const results: Results = {
  require: call => moduleNamed(wordOf(call.args[0]).text),
  'module.createRequire': () => ({ name: 'require' }),
  'process.getBuiltinModule': call => moduleNamed(wordOf(call.args[0]).text),
  'path.join': call => joinPath(call.args, false),
  'path.posix.join': call => joinPath(call.args, false),
  'path.resolve': call => joinPath(call.args),
  'path.dirname': call => directoryOf(call.args[0]),
  'path.normalize': call => call.args[0] ?? UNKNOWN,
  'url.fileURLToPath': call => call.args[0] ?? UNKNOWN,
  'url.pathToFileURL': call => call.args[0] ?? UNKNOWN,
  'util.promisify': call => call.args[0] ?? UNKNOWN,
  'fs.mkdtempSync': temporaryPath,
  'fs.mkdtemp': temporaryPath,
  'os.homedir': (_, { home }) => textValue(home),
  'os.tmpdir': () => textValue('/tmp'),
  'process.cwd': () => textValue('.'),
  String: call => call.args[0] ?? UNKNOWN,
  URL: ({ args: [to = UNKNOWN, base] }) =>
    base?.text?.text.startsWith('/') ? joinPath([directoryOf(base), to]) : to,
  Request: call => ({ ...(call.args[0]?.text && { text: call.args[0].text }), entries: call.named }),
  'Buffer.from': call => decoded(call),
  atob: call => decoded({ ...call, args: [call.args[0] ?? UNKNOWN, textValue('base64')] }),
  'JSON.stringify': call => ({ text: jsonOf(call.args[0]) }),
  '*.toString': call => call.receiver ?? UNKNOWN,
  '*.trim': call => call.receiver ?? UNKNOWN,
  '*.concat': call => concat([call.receiver ?? UNKNOWN, ...call.args]),
  '*.join': call =>
    call.receiver?.items ? concat(call.receiver.items, call.args[0]?.text?.text ?? ',') : UNKNOWN,
  '*.slice': call => sliced(call),
};

function sliced({ receiver, args: [from] }: Call): Value {
  const start = Number(from?.text?.text ?? 0);
  return receiver?.items && Number.isInteger(start) ? { items: receiver.items.slice(start) } : UNKNOWN;
}

/** `node:fs/promises` and its like by the names of the callback API; the two do the same. */
function moduleNamed(specifier: string): Value {
  const name = specifier.replace(/^node:/, '');
  const known = new Map([
    ['fs/promises', 'fs'],
    ['graceful-fs', 'fs'],
    ['fs-extra', 'fs'],
    ['path/posix', 'path'],
  ]);
  return { name: known.get(name) ?? name };
}

function decoded({ args: [data, encoding] }: Call): Value {
  const kind = wordOf(encoding).text;
  const word = data?.text;
  if (!word?.certain || (kind !== 'base64' && kind !== 'hex')) return kind === '' && data ? data : UNKNOWN;
  const bytes =
    kind === 'hex'
      ? Uint8Array.from(word.text.match(/[0-9a-f]{2}/gi) ?? [], pair => Number.parseInt(pair, 16))
      : fromBase64(word.text);
  return bytes ? textValue(new TextDecoder().decode(bytes)) : UNKNOWN;
}

const isRecursive = (call: Call) => call.named.get('recursive')?.flag === true;
const removeMaybeTree = (call: Call) => remove(call.args[0], isRecursive(call));
/** `rmdir` without recursion refuses what is not empty. */
const removeDirectory = (call: Call) => (isRecursive(call) ? remove(call.args[0], true) : []);
const removeTree = (call: Call) => removeEach(call.args[0], true);
const removeFile = (call: Call) => remove(call.args[0], false);
const runScript = (call: Call) => run(call.args[0], call.named.get('cwd'), [], call.named.get('input'));
const empties = (call: Call) => empty(call.args[0]);
const writesFile = (call: Call): readonly Deed[] => {
  const [path, data] = call.args;
  if (!path?.text) return [];
  return [
    {
      kind: 'write',
      path: path.text,
      how: data?.text?.certain && data.text.text === '' ? 'empty' : 'replace',
    },
  ];
};

/** `spawn(file, args, { shell })`. */
function spawn(call: Call): readonly Deed[] {
  const [file, list] = call.args;
  const cwd = call.named.get('cwd');
  const shell = call.named.get('shell');
  const input = call.named.get('input');
  const args = list?.items ?? [];
  if (shell && shell.flag !== false) return run(concat([file ?? UNKNOWN, ...args], ' '), cwd, [], input);
  const open = list !== undefined && !list.items && !list.entries;
  return runWords([file ?? UNKNOWN, ...args], cwd, open, input);
}

/** `Bun.spawn([…])`, `Bun.spawn({ cmd })`, `Deno.run({ cmd })`. */
function spawnList(call: Call): readonly Deed[] {
  const list = call.args[0]?.items ?? call.named.get('cmd')?.items;
  return list ? runWords(list, call.named.get('cwd')) : [];
}

const tagged = (call: Call) => (call.named.has('tagged') ? run(call.args[0], undefined) : []);

const both = (name: string, does: (call: Call) => readonly Deed[]) => ({
  [name]: does,
  [`${name}Sync`]: does,
});
const inEach = (bases: readonly string[], table: Library): Library =>
  Object.fromEntries(
    bases.flatMap(base => Object.entries(table).map(([name, does]) => [`${base}.${name}`, does])),
  );

const files: Library = {
  ...both('rm', removeMaybeTree),
  ...both('rmdir', removeDirectory),
  ...both('unlink', removeFile),
  ...both('remove', removeTree),
  ...both('emptyDir', call => remove(call.args[0] && concat([call.args[0], textValue('/*')]), true)),
  ...both('truncate', empties),
  ...both('writeFile', writesFile),
  openSync: call =>
    call.args[0]?.text && /^w/.test(call.args[1]?.text?.text ?? '')
      ? [{ kind: 'write', path: call.args[0].text, how: 'replace' }]
      : [],
  ...both('copyFile', call => runWords([textValue('cp'), ...call.args.slice(0, 2)])),
  ...both('rename', call => runWords([textValue('mv'), ...call.args.slice(0, 2)])),
};

export const library: Library = {
  'process.kill': call => signalled(call.args[1], call.args.slice(0, 1)),
  ...inEach(['fs', 'fs.promises'], files),
  ...both('Deno.remove', removeMaybeTree),
  ...both('Deno.truncate', empties),
  ...both('Deno.writeTextFile', writesFile),
  'Bun.write': writesFile,
  'Bun.file().delete': call => remove(call.receiver?.of?.[0], false),
  'Bun.file().unlink': call => remove(call.receiver?.of?.[0], false),
  ...both('rimraf', removeTree),
  'rimraf.rimraf': removeTree,
  'rimraf.sync': removeTree,
  'rimraf.rimrafSync': removeTree,
  del: removeTree,
  'del.sync': removeTree,
  'del.deleteAsync': removeTree,
  'del.deleteSync': removeTree,
  ...both('child_process.exec', runScript),
  ...both('child_process.execFile', spawn),
  ...both('child_process.spawn', spawn),
  ...both('Bun.spawn', spawnList),
  'Deno.run': spawnList,
  'Deno.Command': call =>
    runWords([call.args[0] ?? UNKNOWN, ...(call.named.get('args')?.items ?? [])], call.named.get('cwd')),
  'Bun.$': tagged,
  'bun.$': tagged,
  'zx.$': tagged,
  $: tagged,
  execa: spawn,
  'execa.execa': spawn,
  'execa.execaSync': spawn,
  'execa.execaCommand': runScript,
  'execa.$': tagged,
  'shelljs.rm': call =>
    /r/i.test(call.args[0]?.text?.text ?? '') && call.args[0]?.text?.text.startsWith('-')
      ? removeEach(call.args[1], true)
      : removeEach(call.args[0], false),
  'shelljs.exec': runScript,
  ...requests,
  eval: evaluated,
  Function: call => evaluated({ ...call, args: call.args.slice(-1) }),
  'vm.runInNewContext': evaluated,
  'vm.runInThisContext': evaluated,
  ...Object.fromEntries(
    'query execute exec unsafe raw run sql $executeRawUnsafe $queryRawUnsafe $executeRaw $queryRaw'
      .split(' ')
      .map(name => [`*.${name}`, sql]),
  ),
  sql,
};

/** Names of which one stands in every program that this table could read something in. */
export const CAN_MATTER =
  /k6|openSync|copyFile|\.kill\b|rm|rimraf|unlink|remove|empty|truncate|rename|write|exec|spawn|fork|fetch|request|axios|got|ky\b|superagent|del\b|eval|Function|runIn|query|raw|sql|\$`|Deno|Bun|\brun\b|fs\[|process\.binding/;
