/** Gemini CLI (geminicli.com/docs/hooks; measured with 0.61.0). Its timeouts are in milliseconds. Judges nothing. */

import { join } from 'node:path';
import {
  CLIENT_TIMEOUT_S,
  type Entry,
  forEdits,
  type HookAdapter,
  universalDenial,
  type Wiring,
} from './adapter.js';
import { readTool } from './tools.js';

const wiring: Wiring = {
  kind: 'entries',
  base: {},
  entries: command => [entry('run_shell_command', command), entry('write_file|replace', forEdits(command))],
};

function entry(matcher: string, command: string): Entry {
  const hook = { type: 'command', name: 'guard', command, timeout: CLIENT_TIMEOUT_S * 1000 };
  return { path: ['hooks', 'BeforeTool'], entry: { matcher, hooks: [hook] } };
}

export const gemini: HookAdapter = {
  name: 'gemini',
  title: 'Gemini CLI',
  // `cwd` is the session's; `dir_path` of the call is relative to it.
  read: event => readTool(event['tool_name'], event['tool_input'], event['cwd']),
  denial: universalDenial,
  user: (_env, home) => ({ file: join(home, '.gemini/settings.json'), wiring }),
  system: root => ({ file: join(root, '/etc/gemini-cli/settings.json'), wiring }),
};
