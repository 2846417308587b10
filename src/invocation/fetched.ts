/** Files that curl and wget write under a name which their command line says. What they hold nobody has seen. May not judge. */

import { baseName } from '../paths.js';
import { certain, type Word } from '../shell/command.js';
import { type Invocation, isOn, lastValue } from './invocation.js';

/** The files as words, relative to where the program runs. */
export function filesFetched(one: Invocation): readonly Word[] {
  if (one.tool === 'curl') {
    const folder = lastValue(one, '--output-dir');
    const output = lastValue(one, '--output');
    const names = output ? [output] : isOn(one, '--remote-name') ? one.operands.map(nameOf) : [];
    return names.map(name => within(folder, name));
  }
  if (one.tool !== 'wget') return [];
  const output = lastValue(one, '--output-document');
  if (output) return [output];
  return one.operands.map(nameOf).map(name => within(lastValue(one, '--directory-prefix'), name));
}

function nameOf(url: Word): Word {
  const path = url.text.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/, '');
  return { ...url, text: baseName(path) };
}

function within(folder: Word | undefined, name: Word): Word {
  if (!folder || name.text.startsWith('/')) return name;
  return folder.certain && name.certain
    ? certain(`${folder.text}/${name.text}`)
    : { text: '', certain: false };
}
