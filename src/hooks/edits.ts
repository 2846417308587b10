/** File edits of a hook's event → commands that are judged like a shell's writes. Reads the files; changes none. */

import { fileEdit } from '../invocation/file-edit.js';
import { INPUT_LIMIT } from '../invocation/input.js';
import { absolute } from '../paths.js';
import type { World } from '../port.js';
import { certain, type SimpleCommand } from '../shell/command.js';
import type { FileAsk, Replacement } from './adapter.js';

/** The edits in order, as commands that would run in `cwd`. */
export function editCommands(
  files: readonly FileAsk[],
  cwd: string,
  { home, readText }: Pick<World, 'home' | 'readText'>,
): readonly SimpleCommand[] {
  return files.map(asked => {
    // Clients read `~` as a shell does.
    const file = { ...asked, path: asked.path.replace(/^~(?=\/|$)/, () => home) };
    const path = certain(file.path);
    if ('write' in file) return command(fileEdit('Write', path, file.write), cwd);
    if ('remove' in file) {
      return command({ words: [certain('rm'), path], redirects: [], input: { from: 'inherited' } }, cwd);
    }
    const old = 'replace' in file ? readText(absolute(file.path, cwd), INPUT_LIMIT) : undefined;
    const isKnown = old !== undefined && !('fault' in old) && old.complete;
    const after = isKnown && 'replace' in file ? replaced(old.text, file.replace) : undefined;
    return command(fileEdit('Edit', path, after), cwd);
  });
}

/** A patch, as apply_patch would get it on standard input. */
export function patchCommand(patch: string, cwd: string): SimpleCommand {
  const input = { from: 'text', text: certain(patch) } as const;
  return command({ words: [certain('apply_patch')], redirects: [], input }, cwd);
}

function command(
  edit: Pick<SimpleCommand, 'words' | 'redirects' | 'input'>,
  directory: string,
): SimpleCommand {
  return { ...edit, assignments: [], exported: [], directory: certain(directory) };
}

/** `undefined` where a text is not there: the tool will then refuse, or find it where guard does not. */
function replaced(text: string, replacements: readonly Replacement[]): string | undefined {
  let now = text;
  for (const { old, fresh, all } of replacements) {
    if (old === '' ? now !== '' : !now.includes(old)) return undefined;
    now = all ? now.replaceAll(old, () => fresh) : now.replace(old, () => fresh);
  }
  return now;
}
