/** What the calls of Python's library and the packages that agents use give and do. A table; judges nothing. */

import type { Call, Deed, Library, Place, Results } from './deed.js';
import { fromBase64 } from './encoded.js';
import { empty, evaluated, remove, request, run, runWords, sql } from './library.js';
import { concat, joinPath, temporaryPath, textValue, UNKNOWN, type Value, wordOf } from './value.js';

const path = (value: Value | undefined): Value => ({ ...value, name: 'pathlib.Path()' });
const first = (call: Call): Value => call.args[0] ?? UNKNOWN;
const receiver = (call: Call): Value => call.receiver ?? UNKNOWN;

/** All files that a search names: everything in a directory, or a pattern of which nobody knows what it finds. */
function found(directory: Value | undefined, pattern: Value | undefined): Value {
  const whole = pattern && directory ? joinPath([directory, pattern]) : (pattern ?? directory);
  const word = whole?.text;
  if (!word?.certain) return { ...(word && { text: { ...word, certain: false } }), name: 'glob' };
  const all = /(^|\/)\*+(\/\*+|\.\*)*$/.test(word.text);
  return { name: 'glob', text: { text: word.text, certain: all } };
}

const base64 = (call: Call): Value => {
  const word = call.args[0]?.text;
  const bytes = word?.certain ? fromBase64(word.text) : undefined;
  return bytes ? textValue(new TextDecoder().decode(bytes)) : UNKNOWN;
};

export const results: Results = {
  __import__: call => ({ name: wordOf(call.args[0]).text || '?' }),
  'importlib.import_module': call => ({ name: wordOf(call.args[0]).text || '?' }),
  getattr: call => ({ name: `${call.args[0]?.name ?? '?'}.${wordOf(call.args[1]).text || '?'}` }),
  'os.path.join': call => joinPath(call.args),
  'os.path.abspath': first,
  'os.path.realpath': first,
  'os.path.normpath': first,
  'os.path.expanduser': (call, place) => homePath(first(call), place),
  'os.path.expandvars': (call, place) => homePath(first(call), place),
  'os.fspath': first,
  'os.getcwd': () => textValue('.'),
  'os.listdir': call => found(call.args[0] ?? textValue('.'), textValue('*')),
  'os.scandir': call => found(call.args[0] ?? textValue('.'), textValue('*')),
  // Each directory with the names in it.
  'os.walk': call => ({ items: [{ items: [first(call), UNKNOWN, UNKNOWN] }] }),
  'glob.glob': call => found(undefined, call.args[0]),
  'glob.iglob': call => found(undefined, call.args[0]),
  str: first,
  bytes: first,
  sorted: first,
  list: first,
  'pathlib.Path': call => path(call.args.length > 0 ? joinPath(call.args) : textValue('.')),
  'pathlib.PosixPath': call => path(joinPath(call.args)),
  'pathlib.Path.home': (_, { home }) => path(textValue(home)),
  'os.getenv': (call, { home }) => (wordOf(call.args[0]).text === 'HOME' ? textValue(home) : UNKNOWN),
  'os.environ.get': (call, { home }) => (wordOf(call.args[0]).text === 'HOME' ? textValue(home) : UNKNOWN),
  'pathlib.Path.cwd': () => path(textValue('.')),
  'pathlib.Path().expanduser': (call, place) => path(homePath(receiver(call), place)),
  'pathlib.Path().resolve': call => path(receiver(call)),
  'pathlib.Path().absolute': call => path(receiver(call)),
  'pathlib.Path().joinpath': call => path(joinPath([receiver(call), ...call.args])),
  'pathlib.Path().glob': call => found(call.receiver, call.args[0]),
  'pathlib.Path().rglob': call => found(call.receiver, concat([textValue('**/'), first(call)])),
  'pathlib.Path().iterdir': call => found(call.receiver, textValue('*')),
  'tempfile.mkdtemp': temporaryPath,
  'tempfile.mktemp': temporaryPath,
  'tempfile.mkstemp': () => ({ items: [UNKNOWN, temporaryPath()] }),
  'tempfile.TemporaryDirectory': temporaryPath,
  'tempfile.gettempdir': () => textValue('/tmp'),
  'base64.b64decode': base64,
  'base64.standard_b64decode': base64,
  'base64.urlsafe_b64decode': base64,
  'bytes.fromhex': call => fromHex(first(call)),
  'shlex.split': call => ({ items: splitPlainly(first(call)) }),
  'shlex.quote': first,
  'sqlalchemy.text': first,
  'django.db.connection.cursor': () => ({ name: 'django.db.connection.cursor()' }),
  '*.decode': receiver,
  '*.encode': receiver,
  '*.strip': receiver,
  '*.rstrip': receiver,
  '*.as_posix': receiver,
  '*.split': call => ({ items: splitPlainly(receiver(call)) }),
  '*.join': call =>
    call.args[0]?.items && call.receiver?.text?.certain
      ? concat(call.args[0].items, call.receiver.text.text)
      : UNKNOWN,
  '*.__getattribute__': call => ({
    name: `${call.receiver?.name ?? '?'}.${wordOf(call.args[0]).text || '?'}`,
  }),
};

/** `~` and `$HOME` as the library expands them. */
function homePath(value: Value, { home }: Place): Value {
  const word = value.text;
  if (!word) return value;
  const text = word.text.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, home);
  if (text === word.text) return value;
  const shift = text.length - word.text.length;
  return { text: { ...word, text, ...(word.holes && { holes: word.holes.map(hole => hole + shift) }) } };
}

function fromHex(value: Value): Value {
  if (!value.text?.certain) return UNKNOWN;
  const pairs = value.text.text.match(/[0-9a-f]{2}/gi) ?? [];
  return textValue(new TextDecoder().decode(Uint8Array.from(pairs, pair => Number.parseInt(pair, 16))));
}

function splitPlainly(value: Value): readonly Value[] {
  const word = value.text;
  if (!word?.certain || /['"\\]/.test(word.text)) return [UNKNOWN];
  return word.text
    .split(/\s+/)
    .filter(part => part !== '')
    .map(textValue);
}

const removeFile = (call: Call) => remove(call.args[0] ?? call.named.get('path'), false);
const removeTree = (call: Call) => remove(call.args[0] ?? call.named.get('path'), true);
/** `Path.unlink`: of a file; of an object that is no known path, only what is said elsewhere. */
const unlinkPath = (call: Call) => remove(call.receiver, false);

/** `subprocess.run(list | string, shell=…, cwd=…)`. */
function subprocess(call: Call): readonly Deed[] {
  const command = call.args[0] ?? call.named.get('args');
  const cwd = call.named.get('cwd');
  const shell = call.named.get('shell')?.flag === true;
  const input = call.named.get('input');
  if (command?.items) {
    // With a shell only the first item is the script; the rest are its $0, $1 and on.
    return shell
      ? run(command.items[0], cwd, command.items.slice(2), input)
      : runWords(command.items, cwd, false, input);
  }
  if (shell || !command?.text?.certain) return run(command, cwd, [], input);
  return runWords([command], cwd, false, input);
}

/** `Popen(…).communicate(b'…')`: the program again, with what it is given to read. */
function communicate({ receiver, args, named }: Call): readonly Deed[] {
  const input = args[0] ?? named.get('input');
  const [command] = receiver?.of ?? [];
  if (!input?.text || !command) return [];
  return command.items
    ? runWords(command.items, undefined, false, input)
    : run(command, undefined, [], input);
}

const runScript = (call: Call) => run(call.args[0], call.named.get('cwd'));
const execList = (call: Call) => runWords(call.args[1]?.items ?? []);
const execWords = (call: Call) => runWords(call.args.slice(1));

function opens(call: Call): readonly Deed[] {
  const isMethod = call.name.startsWith('pathlib.');
  const target = isMethod ? call.receiver : call.args[0];
  const mode = (isMethod ? call.args[0] : call.args[1]) ?? call.named.get('mode');
  if (!target?.text || !mode?.text?.certain || !mode.text.text.includes('w')) return [];
  return [{ kind: 'write', path: target.text, how: 'replace' }];
}

const writesText = (call: Call): readonly Deed[] =>
  call.receiver?.text
    ? [
        {
          kind: 'write',
          path: call.receiver.text,
          how: call.args[0]?.text?.certain && call.args[0].text.text === '' ? 'empty' : 'replace',
        },
      ]
    : [];

const body = (call: Call) => call.named.get('json') ?? call.named.get('data') ?? call.named.get('content');
const verb = (method: string) => (call: Call) =>
  request(textValue(method), call.args[0] ?? call.named.get('url'), call.named, body(call) ?? call.args[1]);
const anyVerb = (call: Call) =>
  request(
    call.args[0] ?? call.named.get('method'),
    call.args[1] ?? call.named.get('url'),
    call.named,
    body(call),
  );

/** `urllib.request.Request(url, data=…, method=…)`: made to be sent. */
function urllibRequest(call: Call): readonly Deed[] {
  const data = call.args[1] ?? call.named.get('data');
  const method = call.named.get('method') ?? textValue(data ? 'POST' : 'GET');
  return request(method, call.args[0] ?? call.named.get('url'), call.named, data);
}

/** `HTTPSConnection(host).request('DELETE', '/path', body, headers)`. */
function connectionRequest(call: Call): readonly Deed[] {
  const host = call.receiver?.of?.[0];
  const url = host && concat([textValue('https://'), host, call.args[1] ?? textValue('/')]);
  return request(call.args[0], url, call.named, call.args[2] ?? call.named.get('body'));
}

const clients = [
  'requests',
  'httpx',
  'requests.Session()',
  'requests.session()',
  'httpx.Client()',
  'httpx.AsyncClient()',
  'aiohttp.ClientSession()',
];
const http: Library = Object.fromEntries(
  clients.flatMap(client => [
    [`${client}.delete`, verb('DELETE')],
    [`${client}.post`, verb('POST')],
    [`${client}.put`, verb('PUT')],
    [`${client}.patch`, verb('PATCH')],
    [`${client}.request`, anyVerb],
  ]),
);

const each = (names: string, prefix: string, does: (call: Call) => readonly Deed[]): Library =>
  Object.fromEntries(names.split(' ').map(name => [`${prefix}${name}`, does]));

export const library: Library = {
  ...each('remove unlink', 'os.', removeFile),
  'shutil.rmtree': removeTree,
  'ctypes.CDLL().unlink': removeFile,
  'ctypes.CDLL().system': runScript,
  map: call => library[call.args[0]?.name ?? '']?.({ ...call, args: call.args.slice(1) }) ?? [],
  'pathlib.Path().unlink': unlinkPath,
  'glob.unlink': unlinkPath,
  'pathlib.Path().rmtree': call => remove(call.receiver, true),
  'shutil.move': call => runWords([textValue('mv'), ...call.args.slice(0, 2)]),
  ...each('rename replace renames', 'os.', call => runWords([textValue('mv'), ...call.args.slice(0, 2)])),
  'os.truncate': call => empty(call.args[0]),
  open: opens,
  'open().close': ({ receiver: file }) =>
    /^w/.test(file?.of?.[1]?.text?.text ?? '') ? empty(file?.of?.[0]) : [],
  'io.open': opens,
  'pathlib.Path().open': opens,
  ...each('write_text write_bytes', 'pathlib.Path().', writesText),
  ...each('system popen', 'os.', runScript),
  ...each('run call check_call check_output Popen', 'subprocess.', subprocess),
  'subprocess.Popen().communicate': communicate,
  ...each('getoutput getstatusoutput', 'subprocess.', runScript),
  ...each('execv execve execvp execvpe', 'os.', execList),
  ...each('execl execle execlp execlpe', 'os.', execWords),
  ...each('spawnv spawnve spawnvp spawnvpe', 'os.', call => runWords(call.args[2]?.items ?? [])),
  ...each('spawnl spawnle spawnlp spawnlpe', 'os.', call => runWords(call.args.slice(2))),
  ...each('posix_spawn posix_spawnp', 'os.', execList),
  'pty.spawn': subprocess,
  'asyncio.create_subprocess_shell': runScript,
  'asyncio.create_subprocess_exec': call => runWords(call.args, call.named.get('cwd')),
  'pexpect.spawn': runScript,
  'pexpect.run': runScript,
  'commands.getoutput': runScript,
  ...http,
  'urllib.request.Request': urllibRequest,
  'urllib.request.urlopen': urllibRequest,
  'urllib.request.Request().get_method=': call =>
    request(call.args[0], call.receiver?.of?.[0], new Map(), undefined),
  ...each('HTTPConnection HTTPSConnection', 'http.client.', () => []),
  ...each('HTTPConnection().request HTTPSConnection().request', 'http.client.', connectionRequest),
  exec: evaluated,
  eval: evaluated,
  compile: evaluated,
  ...each('execute executescript executemany exec_driver_sql read_sql fetch fetchval fetchrow', '*.', sql),
};

/** Names of which one stands in every program that this table could read something in. */
export const CAN_MATTER =
  /remove|unlink|rmtree|move|rename|replace|truncate|open|write_|system|subprocess|exec|eval|spawn|commands|delete|post|put\b|patch|\.request|urlopen|__import__|getattr|import_module|compile|getoutput|read_sql|fetch/;
