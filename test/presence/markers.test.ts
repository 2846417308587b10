import { describe, expect, test } from 'vitest';
import { agentIn } from '../../src/presence/markers.js';

const from = (env: Readonly<Record<string, string>>) => (name: string) => env[name];

describe('an agent marks what it starts', () => {
  test.each([
    [{ CLAUDECODE: '1', AI_AGENT: 'claude-code_2-1-329_agent' }, 'claude'],
    [{ AI_AGENT: 'claude-code_2-1-329_agent' }, 'claude'],
    [{ AI_AGENT: 'github_copilot_vscode_agent' }, 'copilot'],
    [{ CODEX_CI: '1' }, 'codex'],
    [{ CODEX_THREAD_ID: 'x' }, 'codex'],
    [{ GEMINI_CLI: '1' }, 'gemini'],
    [{ OPENCODE: '1', AGENT: '1' }, 'opencode'],
    [{ COPILOT_CLI: '1' }, 'copilot'],
    [{ CURSOR_AGENT: '1' }, 'cursor'],
    [{ CURSOR_EXTENSION_HOST_ROLE: 'agent-exec' }, 'cursor'],
    [{ AGENT: 'goose' }, 'goose'],
    [{ AGENT: 'amp' }, 'amp'],
    [{ AGENT: '1' }, 'agent'],
    [{ AI_AGENT: '\u001b[31m' }, 'agent'],
  ])('%j is %s', (env, agent) => expect(agentIn(from(env))).toBe(agent));
});

test.each([
  [{}],
  [{ CLAUDECODE: '' }],
  [{ CURSOR_TRACE_ID: 'x', CURSOR_EXTENSION_HOST_ROLE: 'user' }],
  [{ REPL_ID: 'x', GOOSE_PROVIDER: 'x', COPILOT_GITHUB_TOKEN: 'x', TERM_PROGRAM: 'vscode' }],
  [{ CLAUDE_PROJECT_DIR: '/work' }],
])('%j stands in a person’s own terminal', env => expect(agentIn(from(env))).toBeUndefined());
