/**
 * The variables by which coding agents mark what they start (docs/threat-model.md). Deny-only: a marker proves an
 * agent, its absence proves nothing. Variables that also stand in people's own terminals are left out (CURSOR_TRACE_ID,
 * REPL_ID, GOOSE_PROVIDER …). std-env and @vercel/detect-agent know the same ones, but count those too, and read only
 * their own process, when guard must ask every ancestor.
 */

/** Variable (or prefix ending in `_`) → the agent it names. `AI_AGENT` and `AGENT` carry the name as their value. */
const markers: ReadonlyArray<readonly [variable: string, agent: string]> = [
  ['CLAUDECODE', 'claude'],
  ['CLAUDE_CODE', 'claude'],
  ['CLAUDE_CODE_SESSION_ID', 'claude'],
  ['CLAUDE_CODE_ENTRYPOINT', 'claude'],
  ['CODEX_THREAD_ID', 'codex'],
  ['CODEX_SESSION_ID', 'codex'],
  ['CODEX_SANDBOX', 'codex'],
  ['CODEX_CI', 'codex'],
  ['GEMINI_CLI', 'gemini'],
  ['OPENCODE', 'opencode'],
  ['OPENCODE_CLIENT', 'opencode'],
  ['OPENCODE_SESSION_ID', 'opencode'],
  ['COPILOT_CLI', 'copilot'],
  ['COPILOT_AGENT', 'copilot'],
  ['COPILOT_AGENT_SESSION_ID', 'copilot'],
  ['CURSOR_AGENT', 'cursor'],
  ['VSCODE_AGENT', 'vscode'],
  ['AMP_CURRENT_THREAD_ID', 'amp'],
  ['AUGMENT_AGENT', 'augment'],
  ['CLINE_ACTIVE', 'cline'],
  ['ROO_ACTIVE', 'roo'],
  ['TRAE_AI_SHELL_ID', 'trae'],
  ['FACTORY_DROID', 'droid'],
  ['QWEN_CODE', 'qwen'],
  ['PI_CODING_AGENT', 'pi'],
  ['REPLIT_AGENT', 'replit'],
  ['ANTIGRAVITY_AGENT', 'antigravity'],
  ['CRUSH', 'crush'],
  ['JUNIE_DATA', 'junie'],
  ['JUNIE_SHIM_PATH', 'junie'],
  ['OPENAI_AGENT', 'openai'],
  ['__COG_BASHRC_SOURCED', 'devin'],
];

/** The agent that an environment names, or `undefined` where it names none. */
export function agentIn(variable: (name: string) => string | undefined): string | undefined {
  for (const [name, agent] of markers) if (variable(name)) return agent;
  if (variable('CURSOR_EXTENSION_HOST_ROLE') === 'agent-exec') return 'cursor';
  const named = variable('AI_AGENT') || variable('AGENT');
  return named ? nameIn(named) : undefined;
}

/** `claude-code_2-1-329_agent`, `github_copilot_vscode_agent`: the name by which policy knows it, where it is a known one. */
function nameIn(text: string): string {
  const lower = text.toLowerCase();
  const known = markers.map(([, agent]) => agent).find(agent => lower.startsWith(agent));
  if (known !== undefined) return known;
  if (/^github[_-]copilot/.test(lower)) return 'copilot';
  return /^[a-z][a-z-]*/.exec(lower)?.[0] ?? 'agent';
}
