/** What else than bash may read a piece of a file, and how it is called with one. Judges nothing. */

/** A program beside bash that guard reads the code of. */
export type Language = 'powershell' | 'cmd' | 'node' | 'python';

/** The language of a shell as CI services and `SHELL` of Dockerfiles name it; `undefined` for bash and its like. */
export function languageNamed(shell: string): Language | undefined {
  const name =
    shell
      .trim()
      .split(/\s+/)[0]
      ?.replace(/^.*[\\/]|\.exe$/gi, '') ?? '';
  if (/^(pwsh|powershell)$/i.test(name)) return 'powershell';
  if (/^cmd$/i.test(name)) return 'cmd';
  if (/^node$/i.test(name)) return 'node';
  return /^python[\d.]*$/i.test(name) ? 'python' : undefined;
}

/** The command that would read the piece: its text where the program takes that, else its path. */
export function argvFor(language: Language | undefined, text: string, path: string): readonly string[] {
  switch (language) {
    case 'powershell':
      return ['pwsh', '-Command', text];
    case 'cmd':
      return ['cmd', '/c', text];
    case 'node':
      return ['node', path];
    case 'python':
      return ['python3', path];
    case undefined:
      return ['bash', path];
  }
}
