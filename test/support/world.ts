/** A `World` as a plain object: files by absolute path, everything else absent. */

import type { GitAnswer, PathFacts, World } from '../../src/port.js';

interface Made {
  readonly cwd?: string;
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text by absolute path; directories are implied. */
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly program?: World['program'];
  readonly git?: (args: readonly string[], cwd: string) => GitAnswer;
}

export function fakeWorld(made: Made = {}): World {
  const files = made.files ?? {};
  const isDirectory = (path: string) =>
    Object.keys(files).some(file => file.startsWith(`${path === '/' ? '' : path}/`));
  return {
    cwd: made.cwd ?? '/work/app',
    home: made.home ?? '/home/me',
    env: { HOME: made.home ?? '/home/me', PATH: '/usr/bin:/bin', ...made.env },
    ...(made.program && { program: made.program }),
    readText(path, limit) {
      const text = files[path];
      if (text === undefined) return { fault: isDirectory(path) ? 'directory' : 'missing' };
      return { text: text.slice(0, limit), complete: text.length <= limit };
    },
    stdin: () => (made.stdin === undefined ? undefined : { text: made.stdin, complete: true }),
    stat: path => facts(path, files[path], isDirectory(path)),
    list: path => {
      const prefix = path === '/' ? '/' : `${path}/`;
      const names = Object.keys(files)
        .filter(file => file.startsWith(prefix))
        .map(file => file.slice(prefix.length).split('/')[0]!);
      return [...new Set(names)];
    },
    git: made.git ?? (() => ({ status: 128, stdout: '' })),
  };
}

function facts(path: string, text: string | undefined, directory: boolean): PathFacts {
  const kind = text !== undefined ? 'file' : directory ? 'directory' : 'missing';
  return { kind, size: text?.length ?? 0, realPath: path, mountPoint: path === '/' };
}
