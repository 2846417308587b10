/**
 * What each backslash command of psql does to a session (psql manual, "Meta-Commands", PostgreSQL 15 and 18).
 * One that is not known becomes an `unread` step. Judges nothing.
 */

import { certain, type Word } from '../../shell/command.js';
import { readClientCopy } from './copy.js';
import type { Lexer } from './lexer.js';
import type { Origin, Session } from './session.js';

/** Only show, format or set up; their arguments matter only for backquotes. */
const HARMLESS =
  /^(\?|a|bind|C|close(_prepared)?|conninfo|copyright|d\S*|echo|encoding|endif|endpipeline|errverbose|f|flush(request)?|gdesc|getresults|h|help|H|html|l[x+]*|list[x+]*|lo_import|lo_list[x+]*|p|print|parse|password|prompt|pset|qecho|restrict|s|sf\+?|startpipeline|sv\+?|syncpipeline|t|T|timing|unrestrict|warn|x|z[Sx+]*)$/;

/** Send the query typed so far. */
const SENDING = /^(g|gx|gset|crosstabview|watch|bind_named|sendpipeline)$/;

type Outcome = 'go on' | 'stop';
type Handler = (at: Command) => Outcome | undefined;

/** A backslash command in its place. */
interface Command {
  readonly name: string;
  readonly session: Session;
  readonly lexer: Lexer;
  readonly origin: Origin;
  /** The next argument, its backquotes noted as shell commands. */
  readonly argument: (how?: 'normal' | 'pipe' | 'line') => Word | undefined;
  /** The next argument as a file to write to or `|command`. */
  readonly output: () => void;
  readonly shell: (via: string, script: Word) => void;
}

const handlers: Readonly<Record<string, Handler>> = {
  '!': at => {
    const script = at.argument('line');
    if (script) at.shell('psql \\!', script);
    else at.session.add({ kind: 'unread', why: '\\! starts a shell' }, at.origin);
    return undefined;
  },
  i: at => include(at, at.session.directory),
  include: at => include(at, at.session.directory),
  ir: at => include(at, at.origin.folder),
  include_relative: at => include(at, at.origin.folder),
  o: at => output(at),
  out: at => output(at),
  w: at => output(at),
  write: at => output(at),
  copy: at => {
    clientCopy(at, at.argument('line')?.text ?? '');
    return undefined;
  },
  gexec: at => {
    const query = at.session.send(at.lexer.takeBuffer(), at.origin);
    at.session.add({ kind: 'results', text: query }, at.origin);
    return undefined;
  },
  r: at => discard(at),
  reset: at => discard(at),
  q: at => (at.session.branches > 0 ? 'go on' : 'stop'),
  quit: at => (at.session.branches > 0 ? 'go on' : 'stop'),
  if: at => {
    at.session.branches += 1;
    at.session.add({ kind: 'branch' }, at.origin);
    return undefined;
  },
  endif: at => {
    at.session.branches = Math.max(0, at.session.branches - 1);
    return undefined;
  },
  elif: () => undefined,
  else: () => undefined,
  set: at => {
    const name = at.argument();
    const values: Word[] = [];
    for (let value = at.argument(); value; value = at.argument()) values.push(value);
    if (name) at.session.variables.set(name.text, joined(values));
    return undefined;
  },
  unset: at => {
    const name = at.argument();
    if (name) at.session.variables.unset(name.text);
    return undefined;
  },
  getenv: at => {
    const [name, variable] = [at.argument(), at.argument()];
    const value = at.session.world.env[variable?.text ?? ''];
    if (name && value !== undefined) at.session.variables.set(name.text, certain(value));
    return undefined;
  },
  setenv: at => {
    const [name, value] = [at.argument(), at.argument()];
    if (name)
      at.session.environment = [...at.session.environment, { name: name.text, value: value ?? certain('') }];
    return undefined;
  },
  cd: at => {
    const folder = at.argument() ?? certain(at.session.world.home);
    const path = folder.text.replace(/^~(?=\/|$)/, at.session.world.home);
    const base = at.session.directory;
    at.session.directory = path.startsWith('/')
      ? { text: path, certain: folder.certain }
      : { text: `${base.text}/${path}`, certain: base.certain && folder.certain };
    return undefined;
  },
  c: at => connect(at),
  connect: at => connect(at),
  e: at => edited(at),
  edit: at => edited(at),
  ef: at => edited(at),
  ev: at => edited(at),
  lo_unlink: at => {
    at.session.add({ kind: 'unlink-large-object', id: at.argument()?.text ?? '' }, at.origin);
    return undefined;
  },
  lo_export: at => {
    at.argument();
    return output(at);
  },
};

/** Carries out the command that the lexer stands behind, arguments and all. `stop`: psql reads no further here. */
export function runCommand(session: Session, lexer: Lexer, name: string, origin: Origin): Outcome {
  const shell = (via: string, script: Word) => {
    const { directory, environment } = session;
    session.add({ kind: 'shell', via, script, directory, environment }, origin);
  };
  const read = (how: 'normal' | 'pipe' | 'line' = 'normal') => {
    const argument = lexer.argument(how);
    for (const script of argument?.shell ?? []) shell(`psql \\${name}`, script);
    return argument;
  };
  const command: Command = {
    name,
    session,
    lexer,
    origin,
    argument: how => read(how)?.value,
    shell,
    output: () => {
      const target = read('pipe');
      if (target?.pipe) shell(`psql \\${name}`, target.value);
      else if (target) session.add({ kind: 'file', path: target.value }, origin);
    },
  };
  const outcome = handle(command);
  while (read()) {
    // Arguments that the command does not take are read all the same, their backquotes run.
  }
  lexer.endCommand();
  return outcome;
}

function handle(at: Command): Outcome {
  const handler = Object.hasOwn(handlers, at.name) ? handlers[at.name] : undefined;
  if (handler) return handler(at) ?? 'go on';
  if (SENDING.test(at.name)) send(at);
  else if (!HARMLESS.test(at.name)) {
    at.argument('line');
    at.session.add({ kind: 'unread', why: `\\${at.name} is no command of psql that guard knows` }, at.origin);
  } else if (at.name === 'prompt') prompt(at);
  return 'go on';
}

function send(at: Command): void {
  const isData = at.lexer.readsData;
  at.session.send(at.lexer.takeBuffer(), at.origin);
  if (isData) at.lexer.skipData();
  if (at.name === 'gset') at.session.variables.setFromResults(at.argument()?.text ?? '');
  if (at.name !== 'g' && at.name !== 'gx') return;
  at.output();
}

function include(at: Command, folder: Word): undefined {
  const path = at.argument();
  if (path) at.session.include(path, folder, at.origin);
}

function output(at: Command): undefined {
  at.output();
}

function discard(at: Command): undefined {
  at.lexer.takeBuffer();
}

/** `\prompt [text] name` sets a variable to what a person types. */
function prompt(at: Command): void {
  const words: Word[] = [];
  for (let word = at.argument(); word; word = at.argument()) words.push(word);
  const name = words.at(-1);
  if (name) at.session.variables.set(name.text, { text: '', certain: false });
}

function connect(at: Command): undefined {
  const positional: Word[] = [];
  for (let word = at.argument(); word; word = at.argument()) {
    if (!word.text.startsWith('-reuse-previous')) positional.push(word);
  }
  at.session.connect(positional[0], positional[2], at.origin);
}

function edited(at: Command): undefined {
  at.session.add({ kind: 'unread', why: `\\${at.name} runs what an editor leaves` }, at.origin);
}

function clientCopy(at: Command, text: string): void {
  const copy = readClientCopy(text);
  if (!copy) {
    at.session.add({ kind: 'unread', why: 'the \\copy could not be read' }, at.origin);
    return;
  }
  at.session.add({ kind: 'query', text: certain(copy.sql) }, at.origin);
  if (copy.end === 'program') at.shell('psql \\copy', certain(copy.text));
  if (copy.end === 'file' && copy.direction === 'to') {
    at.session.add({ kind: 'file', path: certain(copy.text) }, at.origin);
  }
  if (copy.end === 'data') at.lexer.skipData();
}

/** `\set x a b` gives `ab`. */
function joined(words: readonly Word[]): Word {
  return { text: words.map(word => word.text).join(''), certain: words.every(word => word.certain) };
}
