/** Cursor (cursor.com/docs/agent/hooks). Not measured: it is on no registry and needs an account. Judges nothing. */

import { join } from 'node:path';
import { CLIENT_TIMEOUT_S, type HookAdapter, type Wiring } from './adapter.js';
import { readTool } from './tools.js';

/** `failClosed`: what the hook cannot be asked about is blocked. Commands have an event of their own, in every version. */
const wiring: Wiring = {
  kind: 'entries',
  base: { version: 1 },
  entries: command => {
    const hook = { command, timeout: CLIENT_TIMEOUT_S, failClosed: true };
    return [
      { path: ['hooks', 'beforeShellExecution'], entry: hook },
      {
        path: ['hooks', 'preToolUse'],
        entry: { ...hook, matcher: 'Write|Edit|StrReplace|Delete|ApplyPatch' },
      },
    ];
  },
};

export const cursor: HookAdapter = {
  name: 'cursor',
  title: 'Cursor',
  read(event) {
    // beforeShellExecution has the command at its top.
    const cwd = event['cwd'] || firstOf(event['workspace_roots']);
    if (typeof event['command'] === 'string') return readTool('Shell', event, cwd);
    return readTool(event['tool_name'], event['tool_input'], cwd);
  },
  denial: reason => ({ permission: 'deny', user_message: reason, agent_message: reason }),
  user: (_env, home) => ({ file: join(home, '.cursor/hooks.json'), wiring }),
  system: root => ({ file: join(root, '/etc/cursor/hooks.json'), wiring }),
};

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
