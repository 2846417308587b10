/** How calls of every language's library become deeds: removing, running, sending, SQL. Judges nothing. */

import { certain, type Input, type Word } from '../../shell/command.js';
import type { Call, Deed } from './deed.js';
import { jsonOf, textValue, UNKNOWN, type Value, wordOf, wordsOf } from './value.js';

/** Programs and libraries whose output nobody has seen, when it is run as code. */
const HIDES =
  /b64|base64|hexlify|fromhex|zlib|marshal|gzip|lzma|codecs|decrypt|urlopen|requests|httpx|fetch|axios|http|urlretrieve|socket|LWP|open-uri|curl|wget|telnet|openssl|xxd|\bnc(at)?$|netcat|pack|gzinflate|atob|rot13/i;

/** The deed of a call that removes a path. */
export function remove(path: Value | undefined, recursive: boolean): readonly Deed[] {
  return [{ kind: 'remove', path: wordOf(path), recursive }];
}

/** The file is there, with nothing in it. */
export function empty(path: Value | undefined): readonly Deed[] {
  return path?.text ? [{ kind: 'write', path: path.text, how: 'empty' }] : [];
}

/** One path or a list of them. */
export function removeEach(paths: Value | undefined, recursive: boolean): readonly Deed[] {
  const words = wordsOf(paths);
  return words ? words.map(path => ({ kind: 'remove', path, recursive })) : remove(paths, recursive);
}

/** A string for the shell. What is wholly unknown is left alone: the command is judged when it runs. */
export function run(
  script: Value | undefined,
  directory: Value | undefined,
  parameters: readonly Value[] = [],
  input?: Value,
): readonly Deed[] {
  const word = script?.text;
  if (!word || (!word.certain && word.text.trim() === '')) return hidden(script, 'the shell');
  const inner = { script: word, positional: parameters.map(wordOf), ...place(directory), ...given(input) };
  return [{ kind: 'run', inner }];
}

const SHELL = /^\s*(\/\S*\/)?(ba|da|z|k)?sh\s*(-s?\s*)?$/;

/** A program that is given what is written to it: `open(P, "| sh")`. */
export function runFed(script: Value | undefined): readonly Deed[] {
  const isShell = script?.text?.certain === true && SHELL.test(script.text.text);
  return isShell
    ? [{ kind: 'unseen', why: 'the shell would run what the program writes' }]
    : run(script, undefined);
}

/** Text on the standard input of what is started. */
function given(input: Value | undefined): { readonly input?: Input } {
  return input?.text ? { input: { from: 'text', text: input.text } } : {};
}

/** An argument list, run without a shell. */
export function runWords(
  words: readonly Value[],
  directory?: Value,
  openEnded = false,
  input?: Value,
): readonly Deed[] {
  const [program] = words;
  if (!program?.text || program.text.text === '') return [];
  const inner = { words: words.map(wordOf), openEnded, ...place(directory), ...given(input) };
  return [{ kind: 'run', inner }];
}

/** `os.kill(-1, 9)`: a process, a group behind a dash, or all of them; signal 0 only asks. */
export function signalled(signal: Value | undefined, processes: readonly Value[]): readonly Deed[] {
  const isQuestion = signal?.text?.certain === true && signal.text.text === '0';
  const known = processes.filter(process => process.text?.certain);
  return isQuestion || known.length === 0 ? [] : runWords([textValue('kill'), textValue('--'), ...known]);
}

function place(directory: Value | undefined): { readonly directory?: Word } {
  return directory ? { directory: wordOf(directory) } : {};
}

/** The first argument is code of the same language. */
export function evaluated(call: Call): readonly Deed[] {
  const [code] = call.args;
  if (!code) return [];
  if (code.text?.certain) return [{ kind: 'code', text: code.text }];
  return hidden(code, call.name);
}

function hidden(value: Value | undefined, runner: string): readonly Deed[] {
  const source = value?.from?.find(name => HIDES.test(name));
  return source === undefined ? [] : [{ kind: 'unseen', why: `${runner} would run what ${source} gives` }];
}

/** A request that changes something; GET and its like are none of guard's business. */
export function request(
  method: Value | undefined,
  url: Value | undefined,
  named: ReadonlyMap<string, Value>,
  body: Value | undefined,
): readonly Deed[] {
  const verb = wordOf(method ?? UNKNOWN);
  // A method or address that is computed is an ordinary thing in programs; only what is said is judged.
  if (!verb.certain || /^(GET|HEAD|OPTIONS)$/i.test(verb.text)) return [];
  const address = wordOf(url);
  if (address.text === '' && !/^delete$/i.test(verb.text)) return [];
  const headers = [...(named.get('headers')?.entries ?? [])].map(([name, value]) => ({
    name: name.toLowerCase(),
    value: wordOf(value),
  }));
  const sent = body && (body.entries || body.items ? jsonOf(body) : wordOf(body));
  return [
    {
      kind: 'request',
      method: certain(verb.text.toUpperCase()),
      url: address,
      headers,
      ...(sent && { body: sent }),
    },
  ];
}

/** A statement for a database, by `execute` and its like. Text that is no SQL is no statement. */
export function sql(call: Call): readonly Deed[] {
  const first = call.args[0];
  const value = first?.entries?.get('text') ?? first?.entries?.get('sql') ?? first;
  const text = value?.text;
  if (!text || !/^[\s(]*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*[a-z]+\s/i.test(text.text)) return [];
  if (!STATEMENT.test(text.text.replace(/--[^\n]*\n|\/\*[\s\S]*?\*\//g, ''))) return [];
  return [{ kind: 'sql', text, server: serverOf(call.receiver), library: call.receiver?.name ?? call.name }];
}

/** How a statement begins that could lose something; prose begins so too, but does not go on so. */
const STATEMENT =
  /^[\s(]*(?:(?:drop|alter|create)\s+(?:or\s+replace\s+)?(?:table|database|schema|view|materialized|index|column|role|user|type|function|procedure|trigger|sequence|extension|policy|publication|subscription|server|tablespace|owned|system|temp\w*|unique|foreign|event|collection|keyspace)\b|truncate\s+["`[\w]|delete\s+from\s|update\s+[\s\S]*?\bset\s|(?:grant|revoke)\s|reassign\s|begin\b|with\s|do\s+\$|copy\s|insert\s|select\s|call\s|set\s|start\s+transaction|commit\b)/i;

/** The connection string that the object was made with, anywhere up the chain of calls that gave it. */
function serverOf(value: Value | undefined): Word {
  const addresses = (value?.of ?? []).flatMap(one => [
    one,
    ...['connectionString', 'uri', 'url', 'host', 'dsn'].flatMap(key => one.entries?.get(key) ?? []),
  ]);
  return addresses.find(one => one.text)?.text ?? certain('');
}
