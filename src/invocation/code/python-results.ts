/** What the calls of Python's library and of packages that agents use give. A table; judges nothing. */

import type { Call, Place, Results } from './deed.js';
import { fromBase64 } from './encoded.js';
import {
  concat,
  directoryOf,
  EACH,
  joinPath,
  temporaryPath,
  textValue,
  UNKNOWN,
  type Value,
  wordOf,
} from './value.js';

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

/** A directory and all below it, one of them each time. */
function below({ text }: Value): Value {
  if (!text?.certain) return EACH;
  return { text: { text: `${text.text.replace(/\/+$/, '')}/**`, certain: false, varies: true } };
}

/** The first line, where one is known. */
function lineOf(input: Value): Value {
  const line = input.text?.certain ? input.text.text.split('\n', 1)[0] : undefined;
  return line === undefined ? { name: 'input()', ...input } : textValue(line);
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
  'os.path.dirname': call => directoryOf(first(call)),
  'os.path.abspath': first,
  'os.path.realpath': first,
  'os.path.normpath': first,
  'os.path.expanduser': (call, place) => homePath(first(call), place),
  'os.path.expandvars': (call, place) => homePath(first(call), place),
  'os.fspath': first,
  'sys.stdin.read': (_, place) => place.input(),
  'sys.stdin.buffer.read': (_, place) => place.input(),
  input: (_, place) => lineOf(place.input()),
  'os.getcwd': () => textValue('.'),
  'os.listdir': call => found(call.args[0] ?? textValue('.'), textValue('*')),
  'os.scandir': call => found(call.args[0] ?? textValue('.'), textValue('*')),
  // Each directory with the names in it.
  'os.walk': call => ({ items: [{ items: [below(first(call)), { items: [EACH] }, { items: [EACH] }] }] }),
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
