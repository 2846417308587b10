/**
 * What Codex itself says of guard's hook: it skips one that the user has not trusted, silently. Asked by its own protocol
 * (`codex app-server`, JSON-RPC on a line each). Reads only; the record of trust is the user's to write.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const PATIENCE_MS = 8_000;

/** `unknown`: Codex could not be asked. */
export type CodexTrust = 'trusted' | 'untrusted' | 'disabled' | 'missing' | 'unknown';

/** How Codex treats the hook with this command for sessions in `cwd`. */
export async function codexTrust(
  codex: string,
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<CodexTrust> {
  const hooks = await listed(codex, cwd, env);
  if (hooks === undefined) return 'unknown';
  const ours = hooks.filter(hook => fieldOf(hook, 'command') === command);
  if (ours.length === 0) return 'missing';
  const works = (hook: unknown) =>
    fieldOf(hook, 'isManaged') === true || fieldOf(hook, 'trustStatus') === 'trusted';
  const working = ours.filter(works);
  if (working.length === 0) return 'untrusted';
  return working.some(hook => fieldOf(hook, 'enabled') !== false) ? 'trusted' : 'disabled';
}

function listed(codex: string, cwd: string, env: NodeJS.ProcessEnv): Promise<readonly unknown[] | undefined> {
  return new Promise(resolve => {
    const child = spawn(codex, ['app-server'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const end = (answer: readonly unknown[] | undefined) => {
      clearTimeout(timer);
      child.kill();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), PATIENCE_MS);
    child.on('error', () => end(undefined));
    child.on('close', () => end(undefined));
    child.stdin.on('error', () => end(undefined));
    createInterface({ input: child.stdout }).on('line', line => {
      const message = parse(line);
      if (fieldOf(message, 'id') === 2) end(hooksIn(fieldOf(message, 'result')));
    });
    const params = { clientInfo: { name: 'guard', version: '1' } };
    const messages = [
      { id: 1, method: 'initialize', params },
      { method: 'initialized' },
      { id: 2, method: 'hooks/list', params: { cwds: [cwd] } },
    ];
    for (const message of messages) child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  });
}

function hooksIn(result: unknown): readonly unknown[] | undefined {
  const data = fieldOf(result, 'data');
  if (!Array.isArray(data)) return undefined;
  return data.flatMap(one => {
    const hooks = fieldOf(one, 'hooks');
    return Array.isArray(hooks) ? hooks : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
