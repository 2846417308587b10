/**
 * OpenCode (opencode.ai/docs/plugins; measured with 1.18.33). It has no command hooks: a plugin of guard's calls the hook
 * and throws where it refuses. The plugin imports nothing, for one whose import fails is skipped silently. Judges nothing.
 */

import { join } from 'node:path';
import { CLIENT_TIMEOUT_S, type HookAdapter, universalDenial, type Wiring } from './adapter.js';
import { readTool } from './tools.js';

const wiring: Wiring = {
  kind: 'file',
  text: command => `// guard: asks before the agent runs a command or edits a file. Written by \`guard hook install\`; remove it with
// \`guard hook remove opencode\`.
const COMMAND = ${JSON.stringify(command)}
const TOOLS = ['bash', 'write', 'edit', 'multiedit', 'patch', 'apply_patch']

export const Guard = async ({ directory }) => ({
  'tool.execute.before': async (input, output) => {
    const args = output.args ?? {}
    if (!TOOLS.includes(input.tool) && typeof args.command !== 'string') return
    const event = JSON.stringify({ tool: input.tool, args, directory, session: input.sessionID })
    const child = Bun.spawn(['/bin/sh', '-c', COMMAND], { stdin: new Blob([event]), stdout: 'ignore', stderr: 'pipe' })
    const timer = setTimeout(() => child.kill(9), ${CLIENT_TIMEOUT_S * 1000})
    const [reason, status] = await Promise.all([new Response(child.stderr).text(), child.exited])
    clearTimeout(timer)
    if (status !== 0) throw new Error(reason.trim() || 'guard: stopped, nothing was run: the hook failed (status ' + status + ')')
  },
})
`,
};

export const opencode: HookAdapter = {
  name: 'opencode',
  title: 'OpenCode',
  // The plugin's own event; `workdir` of the call is relative to the directory.
  read: event => readTool(event['tool'], event['args'], event['directory']),
  denial: universalDenial,
  user: (env, home) => {
    const config = env['XDG_CONFIG_HOME']?.startsWith('/') ? env['XDG_CONFIG_HOME'] : join(home, '.config');
    return { file: join(config, 'opencode/plugins/guard.js'), wiring };
  },
  // Its managed configuration names no plugins that a user could not also drop.
  system: () => undefined,
};
