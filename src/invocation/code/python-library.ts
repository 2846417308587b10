/** What the calls of Python's library and of packages that agents use do. A table; judges nothing. */

import type { Call, Deed, Library } from './deed.js';
import { empty, evaluated, remove, request, run, runWords, signalled, sql } from './library.js';
import { concat, textValue, wordOf } from './value.js';

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
/** fabric and paramiko: a command line on another host. */
const runThere = (call: Call): readonly Deed[] =>
  run(call.args[0], undefined).map(deed =>
    deed.kind === 'run'
      ? { ...deed, inner: { ...deed.inner, remote: wordOf(call.receiver?.of?.[0]) } }
      : deed,
  );
/** The package `sh`: `sh.rm('-rf', 'x')`. */
const runNamed = (call: Call) => runWords([textValue(call.name.slice(3)), ...call.args]);
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
  ...each('copy copy2 copyfile', 'shutil.', call => runWords([textValue('cp'), ...call.args.slice(0, 2)])),
  ...each('kill killpg', 'os.', call => signalled(call.args[1], call.args.slice(0, 1))),
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
  ...each('spawn run', 'pexpect.', runScript),
  ...each('run sudo local', 'invoke.', runScript),
  'invoke.Context().run': runScript,
  ...each('run sudo', 'fabric.Connection().', runThere),
  'paramiko.SSHClient().exec_command': runThere,
  ...each('rm rmdir mv cp dd git bash sudo find docker kubectl', 'sh.', runNamed),
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
  /remove|unlink|rmtree|move|copy|kill|rename|replace|truncate|open|write_|system|subprocess|exec|eval|spawn|commands|delete|post|put\b|patch|\.request|urlopen|__import__|getattr|import_module|compile|getoutput|read_sql|fetch|fabric|paramiko|invoke|\bsh\./;
