/** What the calls of Perl, Ruby and PHP that agents use do. Tables; judges nothing. */

import type { Call, Deed, Library } from './deed.js';
import { evaluated, remove, removeEach, request, run, runFed, runWords, signalled, sql } from './library.js';
import { concat, textValue, type Value } from './value.js';

/** A function called by its name or as a value: `array_map("unlink", $files)`, `.each(&File.method(:delete))`. */
function applied(
  language: 'ruby' | 'php',
  callee: Value | undefined,
  args: readonly Value[],
): readonly Deed[] {
  const name = callee?.text?.certain ? callee.text.text.toLowerCase() : callee?.name;
  const library = scriptingLibrary[language];
  if (name === undefined || !Object.hasOwn(library, name)) return [];
  return library[name]!({ name, args, named: new Map() });
}

/** PHP hands each item of its lists on. */
const mapped = (callee: Value | undefined, lists: readonly Value[]) =>
  applied(
    'php',
    callee,
    lists.map(list => (list.items ? { ...list, isOneOf: true } : list)),
  );

/** `Kernel.send(:system, "…")`, `FileUtils.public_send(:rm_rf, x)`: the method is called by its name. */
function sent({ name, args: [method, ...args] }: Call): readonly Deed[] {
  if (!method?.text?.certain) return [];
  const receiver = name.split('.').slice(0, -1).join('.');
  const own = applied('ruby', { name: `${receiver}.${method.text.text}` }, args);
  return own.length > 0 ? own : applied('ruby', { name: method.text.text }, args);
}

const writesFile = (call: Call): readonly Deed[] => {
  const path = call.args[0]?.text;
  if (!path) return [];
  const text = call.args[1]?.text;
  return [{ kind: 'write', path, how: text?.certain && text.text === '' ? 'empty' : 'replace' }];
};
/** `File.open("x", "w")`, `fopen("x", "w")`: the file is empty from then on. */
const opensFile = (call: Call): readonly Deed[] => {
  const [path, mode] = call.args;
  return path?.text && /^w/.test(mode?.text?.text ?? '')
    ? [{ kind: 'write', path: path.text, how: 'replace' }]
    : [];
};

const each = (names: string, does: (call: Call) => readonly Deed[], prefix = ''): Library =>
  Object.fromEntries(names.split(' ').map(name => [`${prefix}${name}`, does]));

const removeFiles = (call: Call) => call.args.flatMap(path => removeEach(path, false));
/** Perl's `rmtree('/x', { … })`: its options are no path. */
const removeTrees = (call: Call) =>
  call.args
    .filter(path => path.text || (path.items && !path.entries))
    .flatMap(path => removeEach(path, true));

/** One string goes through the shell, a list does not. */
function system(call: Call): readonly Deed[] {
  const [only] = call.args;
  if (only?.isOneOf && call.args.length === 1)
    return (only.items ?? []).flatMap(item => system({ ...call, args: [item] }));
  const args = call.args.flatMap(value => value.items ?? [value]);
  return args.length > 1 ? runWords(args) : run(args[0], call.named.get('chdir'));
}
const runScript = ({ args: [script] }: Call) =>
  script?.isOneOf ? (script.items ?? []).flatMap(item => run(item, undefined)) : run(script, undefined);
/** `popen("sh", "w")`, `IO.popen("sh", "w")` */
const opensPipe = (call: Call) =>
  /^[wr]\+|^w/.test(call.args[1]?.text?.text ?? '') ? runFed(call.args[0]) : system(call);

/** `open(F, "| cmd")`, `open(F, '-|', 'cmd')`. */
function perlOpen(call: Call): readonly Deed[] {
  const [, mode, ...words] = call.args;
  const text = mode?.text?.text ?? '';
  if (text === '|-' && words.length === 1) return runFed(words[0]);
  if (/^(\|-|-\|)$/.test(text)) return words.length > 1 ? runWords(words) : run(words[0], undefined);
  if (text.startsWith('|')) return runFed(textValue(text.slice(1)));
  if (text.endsWith('|')) return run(textValue(text.slice(0, -1)), undefined);
  const attached = /^\+?>(?!>)\s*(.+)/.exec(text)?.[1];
  const target = attached ? textValue(attached).text : /^\+?>$/.test(text) ? words[0]?.text : undefined;
  return target ? [{ kind: 'write', path: target, how: 'replace' }] : [];
}

const verb = (method: string) => (call: Call) =>
  request(textValue(method), call.args[0], call.named, call.named.get('body') ?? call.named.get('content'));
const perlRequest = (call: Call) => request(call.args[0], call.args[1], new Map(), call.args[3]);

/** `file_get_contents($url, false, stream_context_create(['http' => ['method' => 'DELETE']]))`. */
function withContext({ args }: Call): readonly Deed[] {
  const options = args[2]?.of?.[0]?.entries?.get('http')?.entries;
  const method = options?.get('method');
  return method ? request(method, args[0], new Map(), options?.get('content')) : [];
}

/** `curl_setopt($c, CURLOPT_CUSTOMREQUEST, 'DELETE')`: the address was given elsewhere. */
function curlOption(call: Call): readonly Deed[] {
  if (call.args[1]?.name !== 'curlopt_customrequest') return [];
  return request(call.args[2], call.args[0]?.of?.[0], new Map(), undefined);
}

const rubySession = (call: Call) => {
  const host = call.receiver?.of?.[0];
  const url = host && concat([textValue('https://'), host, call.args[0] ?? textValue('/')]);
  return request(textValue('DELETE'), url, call.named, undefined);
};
const rubyFiles = each('delete unlink', removeFiles, 'File.');
const rubyTrees = each(
  'rm_rf rm_r rmtree remove_dir remove_entry remove_entry_secure',
  call => removeEach(call.args[0], true),
  'FileUtils.',
);

export const scriptingLibrary: Readonly<Record<'perl' | 'ruby' | 'php', Library>> = {
  perl: {
    unlink: removeFiles,
    ...each('rmtree remove_tree File::Path::rmtree File::Path::remove_tree', removeTrees),
    ...each(
      'system exec systemx capture capturex IPC::System::Simple::system IPC::Run::run IPC::System::Simple::capture',
      system,
    ),
    // Its handles come before the command.
    ...each('open2 IPC::Open2::open2', call => system({ ...call, args: call.args.slice(2) })),
    ...each('open3 IPC::Open3::open3', call => system({ ...call, args: call.args.slice(3) })),
    open: perlOpen,
    rename: call => runWords([textValue('mv'), ...call.args.slice(0, 2)]),
    ...each('copy File::Copy::copy', call => runWords([textValue('cp'), ...call.args.slice(0, 2)])),
    ...each('move File::Copy::move', call => runWords([textValue('mv'), ...call.args.slice(0, 2)])),
    kill: call => signalled(call.args[0], call.args.slice(1)),
    truncate: call => (call.args[0]?.text ? [{ kind: 'write', path: call.args[0].text, how: 'empty' }] : []),
    eval: evaluated,
    '*.do': sql,
    '*.execute': sql,
    '*.prepare': sql,
    '*.delete': verb('DELETE'),
    '*.new': call => (call.name === 'HTTP::Request.new' ? perlRequest(call) : []),
    '*.request': perlRequest,
  },
  ruby: {
    ...rubyFiles,
    ...rubyTrees,
    ...each('rm rm_f remove', call => removeEach(call.args[0], false), 'FileUtils.'),
    'Pathname.delete': call => remove(call.receiver, false),
    'Pathname.rmtree': call => remove(call.receiver, true),
    'FileUtils.mv': call => runWords([textValue('mv'), ...call.args.slice(0, 2)]),
    ...each(
      'system exec spawn sh Kernel.system Kernel.exec Kernel.spawn Process.spawn Process.exec PTY.spawn PTY.getpty Open3.capture2 Open3.capture2e Open3.capture3 Open3.popen2 Open3.popen2e Open3.popen3',
      system,
    ),
    ...each('Open3.pipeline Open3.pipeline_start Open3.pipeline_r Open3.pipeline_w Open3.pipeline_rw', call =>
      call.args.flatMap(stage => system({ ...call, args: [stage] })),
    ),
    // `method(:system).call("…")`
    '*.call': ({ name, args }) => applied('ruby', { name: name.slice(0, -'.call'.length) }, args),
    ...each('send public_send __send__ *.send *.public_send *.__send__', sent),
    'IO.popen': opensPipe,
    ...each('File.write IO.write File.binwrite', writesFile),
    ...each('File.open File.new open', opensFile),
    ...each('*.each *.map', call => applied('ruby', call.args[0], call.receiver ? [call.receiver] : [])),
    // With `include FileUtils`.
    ...each('rm_rf rm_r rmtree', call => removeEach(call.args[0], true)),
    rm_f: call => removeEach(call.args[0], false),
    'Process.kill': call => signalled(call.args[0], call.args.slice(1)),
    'FileUtils.cp': call => runWords([textValue('cp'), ...call.args.slice(0, 2)]),
    'File.truncate': call =>
      call.args[0]?.text ? [{ kind: 'write', path: call.args[0].text, how: 'empty' }] : [],
    ...each('eval instance_eval', evaluated),
    ...each(
      'HTTParty.delete Faraday.delete RestClient.delete HTTP.delete Net::HTTP::Delete.new',
      verb('DELETE'),
    ),
    // `Net::HTTP.new(host).delete(path)`
    ...each('Net::HTTP.new().delete Net::HTTP.start().delete', rubySession),
    ...each('*.execute *.exec *.query *.exec_params *.exec_query', sql),
  },
  php: {
    unlink: removeFiles,
    ...each('exec shell_exec system passthru proc_open process::fromshellcommandline', runScript),
    // Of Symfony: a list of words.
    process: call => system({ ...call, args: call.args.slice(0, 1) }),
    // Of Laravel.
    'process::run': call => system({ ...call, args: call.args.slice(0, 1) }),
    pcntl_exec: call => runWords([...call.args.slice(0, 1), ...(call.args[1]?.items ?? [])]),
    popen: call => (call.args[1]?.text?.text === 'w' ? runFed(call.args[0]) : runScript(call)),
    rename: call => runWords([textValue('mv'), ...call.args.slice(0, 2)]),
    file_put_contents: writesFile,
    fopen: opensFile,
    copy: call => runWords([textValue('cp'), ...call.args.slice(0, 2)]),
    array_map: call => mapped(call.args[0], call.args.slice(1)),
    array_walk: call => mapped(call.args[1], call.args.slice(0, 1)),
    call_user_func: call => applied('php', call.args[0], call.args.slice(1)),
    call_user_func_array: call => applied('php', call.args[0], call.args[1]?.items ?? call.args.slice(1)),
    // Laravel's facades, and the component behind them.
    ...each('file::deletedirectory file::cleandirectory storage::deletedirectory', call =>
      removeEach(call.args[0], true),
    ),
    ...each('file::delete storage::delete', removeFiles),
    eval: evaluated,
    ...each('*.query *.exec *.prepare *.unprepared *.statement', sql),
    'db::statement': sql,
    'db::unprepared': sql,
    mysqli_query: call => sql({ ...call, args: call.args.slice(1) }),
    pg_query: call => sql({ ...call, args: call.args.slice(-1) }),
    curl_setopt: curlOption,
    file_get_contents: withContext,
    '*.delete': verb('DELETE'),
    '*.request': call => request(call.args[0], call.args[1], call.named, undefined),
  },
};

/** Names of which one stands in every program that these tables could read something in. */
export const CAN_MATTER =
  /unlink|rmtree|remove|rm_|\.rm\b|\bkill\b|\bmove\b|delete|system|exec|spawn|popen|open|`|qx|%x|truncate|rename|\bmv\b|write|eval|put_contents|stream_context|fopen|\bcopy\b|deleteDirectory|passthru|proc_|->do\b|query|prepare|statement|request|\bdo\b|setopt|capture|getpty|pipeline|IPC::Run|\bProcess\b|\bsh\b/i;
