/** Modules that an interpreter loads before the program: `node --require FILE`, `ruby -r FILE`, `perl -I DIR -M NAME`. May not judge. */

import { certain, type Word } from '../../shell/command.js';
import { type Invocation, valuesOf } from '../invocation.js';
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

/** What `ruby -r` names: a file by its path, or one in a directory of `-I`; a library of Ruby's is nobody's work here. */
export function requiredByRuby(invocation: Invocation): readonly Program[] {
  return valuesOf(invocation, '-r').flatMap(module => {
    const file = module.text.endsWith('.rb') ? module.text : `${module.text}.rb`;
    const isPath = /^\.{0,2}\//.test(file);
    const files = isPath ? [file] : valuesOf(invocation, '-I').map(({ text }) => `${text}/${file}`);
    return files.map(
      (path): Program => ({ language: 'ruby', via: 'ruby', from: { file: { ...module, text: path } } }),
    );
  });
}

/** What `perl -M` uses: a module in a directory of `-I`, and code behind its name, for `-MX;…` is `use X;…` (perlrun(1)). */
export function usedByPerl(invocation: Invocation): readonly Program[] {
  return valuesOf(invocation, '-M', '-m').flatMap((module): readonly Program[] => {
    const [name = '', ...code] = module.text.split(';');
    const path = `${name.replace(/=.*/, '').replaceAll('::', '/')}.pm`;
    const files = valuesOf(invocation, '-I').map(
      ({ text }): Program => ({ language: 'perl', via: 'perl', from: { file: certain(`${text}/${path}`) } }),
    );
    const text = { ...module, text: code.join(';') };
    return code.length === 0 ? files : [...files, { language: 'perl', via: 'perl -M', from: { text } }];
  });
}
