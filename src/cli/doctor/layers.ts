/** Doctor: the layers, each tried with a canary that guard must stop; nothing that a canary names is ever run. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isShim } from '../../locate.js';
import { type Places, pinOf } from '../../places.js';
import { inScratch } from '../../scratch.js';
import { listShims, refreshShims, shimTexts, writeShims } from '../../shims/install.js';
import { hookStatuses } from '../commands/hook.js';
import { withoutPrompt } from '../hooks/asks.js';
import type { Check, Line, Patient } from './check.js';

export const shimLayer: Check = {
  subject: 'shims',
  async look({ context, shimKit }: Patient): Promise<readonly Line[]> {
    const kit = await shimKit();
    const { shims } = context.places;
    if (!existsSync(shims)) return [{ state: 'fault', says: 'there are no shims', next: 'Run: guard init' }];
    const all = listShims(kit);
    const named = (state: string) => all.filter(one => one.state === state).map(({ tool }) => tool);
    const missing = [...shimTexts(kit).keys()].filter(tool => !all.some(one => one.tool === tool));
    const lines: Line[] = [];
    const report = (tools: readonly string[], says: string, line: Omit<Line, 'says'>) => {
      if (tools.length > 0) lines.push({ ...line, says: `${tools.length} ${says}: ${some(tools)}` });
    };
    report(named('outdated'), 'are not what this guard writes', {
      state: 'warning',
      next: 'Run: guard shim install',
      fix: () => void refreshShims(kit),
    });
    report(missing, 'programs have no shim yet', {
      state: 'warning',
      next: 'Run: guard shim install',
      fix: () => void writeShims(kit, shimTexts(kit)),
    });
    report(named('foreign'), 'are not guard’s', {
      state: 'fault',
      next: `Look at them in ${shims} and take them away.`,
    });
    lines.push(canaryOfShims(context.places));
    return lines.some(({ state }) => state !== 'ok')
      ? lines
      : [{ state: 'ok', says: `${all.length} shims are current` }, ...lines];
  },
};

/** `git push --force` through the shim, before a `git` that only notes that it was told to push: guard asks it, too. */
function canaryOfShims(places: Places): Line {
  const { shims } = places;
  if (!isShim(join(shims, 'git'))) return { state: 'note', says: 'git has no shim, so none was tried' };
  return inScratch((scratch): Line => {
    const bin = join(scratch, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n[ "$1" != push ] || : >'${join(scratch, 'ran')}'\n`);
    chmodSync(join(bin, 'git'), 0o755);
    const shim = canary(join(shims, 'git'), places, scratch);
    const { status } = spawnSync(shim, ['push', '--force', 'origin', 'main'], {
      cwd: scratch,
      env: canaryEnvironment(`${shims}:${bin}:/usr/bin:/bin`),
      stdio: 'ignore',
      timeout: 20_000,
    });
    if (status === 126 && !existsSync(join(scratch, 'ran')))
      return { state: 'ok', says: 'a canary (git push --force) was stopped by the shim' };
    return {
      state: 'fault',
      says: `a canary (git push --force) was not stopped by the shim (status ${status})`,
      next: 'Is the rule git.push-force off? See: guard rule list. Else run: guard init',
    };
  });
}

export const hookLayer: Check = {
  subject: 'hooks',
  async look({ context }: Patient): Promise<readonly Line[]> {
    const statuses = await hookStatuses(context);
    const lines = statuses.flatMap(({ client, title, state, why, program, scope }): Line[] => {
      if (state === 'absent') {
        return program === null
          ? []
          : [
              {
                state: 'warning',
                says: `${title} is here and has no hook`,
                next: `Run: guard hook install ${client}`,
              },
            ];
      }
      const where = scope === 'system' ? `${title} (system)` : title;
      if (state === 'not-firing')
        return [
          {
            state: program === null ? 'note' : 'fault',
            says: `${where}: its hook does not fire`,
            ...(why !== undefined && { next: why }),
          },
        ];
      return [canaryOfHook(client, where, context.places)];
    });
    for (const says of withoutPrompt(await context.policy())) lines.push({ state: 'note', says });
    return lines.length > 0
      ? lines
      : [{ state: 'note', says: 'no agent that guard has hooks for was found here' }];
  },
};

/** An event as the client sends it, with a command that must be refused, to the program that the client would call. */
function canaryOfHook(client: string, title: string, places: Places): Line {
  return inScratch((scratch): Line => {
    const hook = canary(places.hook, places, scratch);
    const answer = (command: string) =>
      spawnSync(hook, [client], {
        cwd: scratch,
        env: canaryEnvironment('/usr/bin:/bin'),
        input: JSON.stringify(eventOf(client, command, scratch)),
        encoding: 'utf8',
        timeout: 20_000,
      });
    const refused = answer('git push --force origin main');
    const passed = answer('ls');
    if (refused.status === 2 && passed.status === 0 && passed.stdout === '')
      return { state: 'ok', says: `${title}: the hook refused a canary and let ls pass` };
    return {
      state: 'fault',
      says: `${title}: the hook answered a canary with status ${refused.status}, ls with ${passed.status}`,
      next: `Run: guard hook install ${client}`,
    };
  });
}

/** A shell command as each client's event brings it (docs/agents.md). */
function eventOf(client: string, command: string, cwd: string): Readonly<Record<string, unknown>> {
  switch (client) {
    case 'gemini':
      return { hook_event_name: 'BeforeTool', tool_name: 'run_shell_command', tool_input: { command }, cwd };
    case 'copilot':
      return { toolName: 'bash', toolArgs: { command }, cwd };
    case 'opencode':
      return { tool: 'bash', args: { command }, directory: cwd };
    case 'cursor':
      return { hook_event_name: 'beforeShellExecution', command, cwd };
    default:
      return { hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command }, cwd };
  }
}

/**
 * A copy of the installed program that differs in nothing but where it keeps its state: a canary leaves neither a request nor a
 * record. The path of the program itself where that cannot be copied.
 */
function canary(program: string, places: Places, scratch: string): string {
  if (!existsSync(program)) return program;
  const own = pinOf({ ...places, state: join(scratch, 'state') });
  const copy = join(scratch, 'canary');
  writeFileSync(copy, readFileSync(program, 'utf8').replaceAll(pinOf(places), own));
  chmodSync(copy, statSync(program).mode);
  return copy;
}

function canaryEnvironment(path: string): NodeJS.ProcessEnv {
  const { HOME, LANG } = process.env;
  return { HOME, PATH: path, ...(LANG !== undefined && { LANG }), AI_AGENT: 'guard-doctor' };
}

function some(names: readonly string[]): string {
  return names.length <= 6
    ? names.join(', ')
    : `${names.slice(0, 6).join(', ')} and ${names.length - 6} more`;
}
