/** Claude Code (code.claude.com/docs/en/hooks; measured with 2.1.329). Judges nothing. */

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

/** Monitor runs a script as Bash does. `onFailure` (2.1.295): a hook that cannot be started blocks. */
const wiring: Wiring = {
  kind: 'entries',
  base: {},
  entries: command => [
    entry('Bash|Monitor', command),
    entry('Write|Edit|MultiEdit|NotebookEdit', forEdits(command)),
  ],
};

function entry(matcher: string, command: string): Entry {
  const hook = { type: 'command', command, timeout: CLIENT_TIMEOUT_S, onFailure: 'block' };
  return { path: ['hooks', 'PreToolUse'], entry: { matcher, hooks: [hook] } };
}

/**
 * The modes in which Claude asks its user. Not the others (`bypassPermissions`, `dontAsk`, `auto`), nor one that a later
 * version brings: something else than a person may answer there.
 */
const ASKING_MODES = new Set(['default', 'acceptEdits', 'plan']);

export const claude: HookAdapter = {
  name: 'claude',
  title: 'Claude Code',
  read: event => readTool(event['tool_name'], event['tool_input'], event['cwd']),
  denial: universalDenial,
  prompt: {
    reaches: ({ permission_mode: mode }, env) =>
      env['CLAUDE_CODE_SESSION_ATTENDED'] !== '0' &&
      !env['CLAUDE_CODE_ENTRYPOINT']?.startsWith('sdk') &&
      typeof mode === 'string' &&
      ASKING_MODES.has(mode),
    ask: question => ({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'ask',
        permissionDecisionReason: question,
      },
    }),
  },
  user: (env, home) => ({
    file: join(env['CLAUDE_CONFIG_DIR'] || join(home, '.claude'), 'settings.json'),
    wiring,
  }),
  system: root => ({ file: join(root, '/etc/claude-code/managed-settings.json'), wiring }),
};
