/**
 * Codex (developers.openai.com/codex/hooks; measured with 0.169.0). It runs a hook only once the user has trusted it in
 * `/hooks`, and guard never writes that record. Judges nothing.
 */

import { join } from 'node:path';
import { CLIENT_TIMEOUT_S, type HookAdapter, universalDenial, type Wiring } from './adapter.js';
import { readTool } from './tools.js';

const wiring: Wiring = {
  kind: 'entries',
  base: {},
  entries: command => [
    {
      path: ['hooks', 'PreToolUse'],
      entry: {
        matcher: 'Bash|apply_patch|Edit|Write',
        hooks: [{ type: 'command', command, timeout: CLIENT_TIMEOUT_S }],
      },
    },
  ],
};

/** Managed hooks need no trust record, and outlive what a user's or a repository's settings say. */
function requirements(command: string): string {
  return [
    '[hooks]',
    'managed_dir = "/etc/guard"',
    '[[hooks.PreToolUse]]',
    'matcher = "Bash|apply_patch|Edit|Write"',
    '[[hooks.PreToolUse.hooks]]',
    'type = "command"',
    `command = ${JSON.stringify(command)}`,
    `timeout = ${CLIENT_TIMEOUT_S}`,
    '',
  ].join('\n');
}

export const codex: HookAdapter = {
  name: 'codex',
  title: 'Codex',
  // `cwd` is the call's own directory already.
  read: event => readTool(event['tool_name'], event['tool_input'], event['cwd']),
  denial: universalDenial,
  user: (env, home) => ({ file: join(env['CODEX_HOME'] || join(home, '.codex'), 'hooks.json'), wiring }),
  system: root => ({
    file: join(root, '/etc/codex/requirements.toml'),
    wiring: { kind: 'block', text: requirements },
  }),
};
