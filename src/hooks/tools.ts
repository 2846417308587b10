/**
 * The tools by which agents run commands and edit files, under the names and keys that any of the clients gives them, so
 * that a client that calls another's hook (Copilot calls Claude's) is understood as well. Judges nothing.
 */

import { absolute } from '../paths.js';
import { quote } from '../text.js';
import { type Asked, badEvent, type Fields, type FileAsk, isFields, type Replacement } from './adapter.js';

/** By name in lower case without underscores. */
const SHELLS = new Set(['bash', 'shell', 'runshellcommand', 'runterminalcmd', 'execcommand', 'localshell']);
const WRITERS = new Set(['write', 'writefile', 'create', 'createfile']);
const EDITORS = new Set(['edit', 'multiedit', 'replace', 'strreplace', 'searchreplace', 'editfile']);
const PATCHERS = new Set(['applypatch', 'patch']);

/** What a tool call asks for. `cwd` is the client's, where the call does not name another. Throws `badEvent`. */
export function readTool(tool: unknown, input: unknown, cwd: unknown): Asked {
  if (typeof tool !== 'string' || tool === '') throw badEvent('the event names no tool');
  const name = tool.toLowerCase().replaceAll('_', '');
  const given = isFields(input) ? input : {};
  if (SHELLS.has(name)) return script(tool, commandIn(given), given, cwd);
  if (WRITERS.has(name)) {
    const write = textAt(given, 'content', 'file_text', 'contents');
    return edits(tool, given, cwd, path => (write === undefined ? { path, unknown: true } : { path, write }));
  }
  if (EDITORS.has(name)) return edits(tool, given, cwd, path => edited(path, given));
  if (name === 'delete' || name === 'deletefile')
    return edits(tool, given, cwd, path => ({ path, remove: true }));
  if (name === 'notebookedit') return edits(tool, given, cwd, path => ({ path, unknown: true }));
  if (PATCHERS.has(name)) {
    const patch = textAt(given, 'command', 'input', 'patch', 'patchText');
    if (patch === undefined) throw badEvent(`the call of ${tool} holds no patch`);
    return { kind: 'patch', patch, cwd: placeOf(given, cwd) };
  }
  // Claude's Monitor, and whatever a later version brings: what has a command runs it.
  const command = commandIn(given);
  return command === undefined ? { kind: 'nothing' } : script(tool, command, given, cwd);
}

function script(tool: string, command: string | undefined, input: Fields, cwd: unknown): Asked {
  if (command === undefined) throw badEvent(`the call of ${tool} holds no command`);
  return { kind: 'script', script: command, cwd: placeOf(input, cwd) };
}

/** A script, or an argv as older versions of Codex give it. */
function commandIn(input: Fields): string | undefined {
  const text = textAt(input, 'command', 'cmd');
  if (text !== undefined) return text;
  const command = input['command'] ?? input['cmd'];
  const isArgv = Array.isArray(command) && command.every(word => typeof word === 'string');
  return isArgv && command.length > 0 ? quote(command) : undefined;
}

/** Where the call runs: relative places are relative to the client's. */
function placeOf(input: Fields, cwd: unknown): string {
  if (typeof cwd !== 'string' || !cwd.startsWith('/'))
    throw badEvent('the event does not say in which directory');
  return absolute(textAt(input, 'workdir', 'dir_path', 'working_directory') ?? '.', cwd);
}

function edits(tool: string, input: Fields, cwd: unknown, asOne: (path: string) => FileAsk): Asked {
  const path = textAt(input, 'file_path', 'filePath', 'path', 'notebook_path', 'target_file');
  if (path === undefined) throw badEvent(`the call of ${tool} names no file`);
  return { kind: 'edits', files: [asOne(path)], cwd: placeOf({}, cwd) };
}

function edited(path: string, input: Fields): FileAsk {
  const list = Array.isArray(input['edits']) ? input['edits'] : [input];
  const replace = list.map(one => (isFields(one) ? replacement(one) : undefined));
  const known = replace.filter(one => one !== undefined);
  return known.length === list.length ? { path, replace: known } : { path, unknown: true };
}

function replacement(input: Fields): Replacement | undefined {
  const old = textAt(input, 'old_string', 'oldString', 'old_str');
  const fresh = textAt(input, 'new_string', 'newString', 'new_str');
  if (old === undefined || fresh === undefined) return undefined;
  return { old, fresh, all: input['replace_all'] === true || input['replaceAll'] === true };
}

/** What stands under one of the keys. Where two say different things, the client may take either: throws `badEvent`. */
function textAt(input: Fields, ...keys: readonly string[]): string | undefined {
  const texts = new Set(keys.map(key => input[key]).filter(value => typeof value === 'string'));
  if (texts.size > 1)
    throw badEvent(`the call says two things: ${keys.filter(key => key in input).join(', ')}`);
  return [...texts][0];
}
