/** Copilot CLI (docs.github.com/copilot, hooks; measured with 1.0.102). It reads every file of its hooks directory. Judges nothing. */

import { join } from 'node:path';
import { CLIENT_TIMEOUT_S, type HookAdapter, isFields, universalDenial, type Wiring } from './adapter.js';
import { readTool } from './tools.js';

const wiring: Wiring = {
  kind: 'file',
  text: command => {
    const hook = { type: 'command', bash: command, timeoutSec: CLIENT_TIMEOUT_S };
    return `${JSON.stringify({ version: 1, hooks: { preToolUse: [hook] } }, null, 2)}\n`;
  },
};

export const copilot: HookAdapter = {
  name: 'copilot',
  title: 'Copilot CLI',
  // Its own keys, or Claude's under an event in Claude's spelling.
  read: event =>
    readTool(
      event['toolName'] ?? event['tool_name'],
      argumentsOf(event['toolArgs']) ?? event['tool_input'],
      event['cwd'],
    ),
  denial: universalDenial,
  user: (env, home) => ({
    file: join(env['COPILOT_HOME'] || join(home, '.copilot'), 'hooks/guard.json'),
    wiring,
  }),
  system: root => ({ file: join(root, '/etc/github-copilot/policy.d/guard.json'), wiring }),
};

/** An object; a string of JSON in the hooks of its cloud agent. */
function argumentsOf(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    const value: unknown = JSON.parse(given);
    return isFields(value) ? value : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
