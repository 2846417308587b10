/** Doctor: the ways around guard that are open on this machine (docs/threat-model.md). It names them; it closes none. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemInForce } from '../../approvals/system.js';
import { locate } from '../../locate.js';
import type { Check, Line, Patient } from './check.js';

export const around: Check = {
  subject: 'ways around',
  look({ context }: Patient): readonly Line[] {
    const { env } = context;
    const uid = process.getuid?.() ?? 0;
    return [
      {
        state: 'note',
        says: 'absolute paths, env -i and programs that delete by themselves pass the shims; hooks see the first two',
        next: 'See docs/threat-model.md.',
      },
      ...gitCopies(env),
      ...sudoResets(env),
      ...(uid === 0
        ? [
            {
              state: 'warning',
              says: 'this is root: whatever runs here can change guard',
              next: 'Run agents as a user of their own.',
            } as const,
          ]
        : [level(uid)]),
    ];
  },
};

/** git's own directory holds a second git, which git puts first on PATH for what aliases and hooks run. */
function gitCopies(env: NodeJS.ProcessEnv): readonly Line[] {
  const git = locate('git', env['PATH']);
  if (git === undefined) return [];
  const asked = spawnSync(git, ['--exec-path'], {
    encoding: 'utf8',
    timeout: 5_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const copy = join((asked.stdout ?? '').trim(), 'git');
  return asked.status === 0 && existsSync(copy)
    ? [
        {
          state: 'note',
          says: `${copy} is a second git: what git's aliases and hooks run by name meets it first`,
          next: 'guard reads aliases before they run, but not hooks: see docs/threat-model.md.',
        },
      ]
    : [];
}

/** `secure_path` replaces PATH, so what a command behind sudo starts meets no shim. The command itself is judged. */
function sudoResets(env: NodeJS.ProcessEnv): readonly Line[] {
  return locate('sudo', env['PATH']) === undefined
    ? []
    : [
        {
          state: 'note',
          says: 'sudo sets a PATH of its own: the command behind it is judged, what that starts is not',
        },
      ];
}

function level(uid: number): Line {
  if (systemInForce(uid) !== undefined)
    return { state: 'ok', says: 'level H1: what loosens guard wants your password' };
  return {
    state: 'note',
    says: 'level H0: a program of yours that types into your own terminal could approve',
    next: 'For approvals by password: sudo guard init --system',
  };
}
