/** Modules that node loads before the program: `--require FILE`, `--import data:…`. May not judge. */

import type { Word } from '../../shell/command.js';
import type { Program } from './programs.js';

/** A module by its path, or its text in a `data:` address; a package is somebody's own. */
export function loadedFirst(module: Word, tool: string): readonly Program[] {
  const [, data] = /^data:text\/javascript,(.*)$/s.exec(module.text) ?? [];
  if (data !== undefined) {
    const text = { ...module, text: decoded(data) };
    return [{ language: 'javascript', via: `${tool} --import`, from: { text } }];
  }
  return /^(\.{0,2}\/|~)/.test(module.text)
    ? [{ language: 'javascript', via: tool, from: { file: module } }]
    : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No escapes: it stands as it is.
    return text;
  }
}
