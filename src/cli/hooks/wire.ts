/** guard's hook in the text of a client's settings: put in, taken out, found. Pure; `undefined` is "no such file". */

import { GuardError } from '../../errors.js';
import type { Wiring } from '../../hooks/adapter.js';
import { elementsAt, WrongJson, withElement, withoutElements } from './json-edit.js';

const OPEN = '# >>> guard >>>';
const CLOSE = '# <<< guard <<<';
const BLOCK = /# >>> guard >>>\n(?:(?!# >>> guard >>>).*\n)*?# <<< guard <<<\n/g;

/** The settings with the hook in them, whatever of guard's stood there before. Throws `GuardError('bad-settings')`. */
export function withHook(text: string | undefined, wiring: Wiring, command: string, file: string): string {
  const own = text === undefined ? undefined : withoutHook(text, wiring, file);
  if (wiring.kind !== 'entries') {
    const lines = wiring.text(command);
    return wiring.kind === 'file' ? lines : withBlock(own ?? '', lines, file);
  }
  const start = own === undefined || own.trim() === '' ? `${JSON.stringify(wiring.base, null, 2)}\n` : own;
  return readable(start, file, () =>
    wiring.entries(command).reduce((now, { path, entry }) => withElement(now, path, entry), start),
  );
}

function withBlock(rest: string, lines: string, file: string): string {
  if (/^\s*\[?\[\s*hooks\b/m.test(rest)) {
    throw new GuardError('bad-settings', 'it has hooks of its own, which guard does not mix with', {
      at: { file },
      hint: `Add this to it by hand:\n${lines}`,
    });
  }
  const start = rest === '' || rest.endsWith('\n') ? rest : `${rest}\n`;
  return `${start}${OPEN}\n${lines}${CLOSE}\n`;
}

/** The settings without guard's hook; the same text where it has none. Throws `GuardError('bad-settings')`. */
export function withoutHook(text: string, wiring: Wiring, file: string): string {
  switch (wiring.kind) {
    case 'file':
      return text.includes('guard-hook') ? '' : text;
    case 'block':
      return text.replace(BLOCK, '');
    case 'entries':
      if (text.trim() === '') return text;
      return readable(text, file, () =>
        pathsOf(wiring).reduce((now, path) => withoutElements(now, path, isOurs), text),
      );
  }
}

/** The command of guard's hook in the settings, where it stands in them. Throws `GuardError('bad-settings')`. */
export function commandIn(text: string, wiring: Wiring, file: string): string | undefined {
  if (wiring.kind !== 'entries') return /'?(\/[^\s'"]*guard-hook)'? \w+ \|\| exit 2/.exec(text)?.[0];
  if (text.trim() === '') return undefined;
  const found = readable(text, file, () =>
    pathsOf(wiring).flatMap(path => elementsAt(text, path).filter(isOurs)),
  );
  // Each of the events has it, or the hook is not whole.
  return found.length < wiring.entries('').length ? undefined : commandOf(found[0]);
}

function pathsOf(wiring: Extract<Wiring, { kind: 'entries' }>): readonly (readonly string[])[] {
  const paths = new Map(wiring.entries('').map(({ path }) => [path.join('.'), path]));
  return [...paths.values()];
}

/** Does this hook call guard, of whichever installation? */
function isOurs(hook: unknown): boolean {
  return /(^|\/)guard-hook['"]? \w+/.test(commandOf(hook) ?? '');
}

function commandOf(hook: unknown): string | undefined {
  if (typeof hook !== 'object' || hook === null) return undefined;
  const command: unknown = Reflect.get(hook, 'command') ?? Reflect.get(hook, 'bash');
  return typeof command === 'string' ? command : undefined;
}

function readable<T>(text: string, file: string, work: () => T): T {
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof WrongJson)) throw fault;
    const lines = text.slice(0, fault.at).split('\n');
    throw new GuardError('bad-settings', `guard leaves this file as it is: ${fault.message}`, {
      at: { file, line: lines.length, column: lines.at(-1)!.length + 1 },
      hint: 'Correct it, and run the command again.',
    });
  }
}
