/** The commands of cmd.exe that delete, empty and write over, as their namesakes here. May not judge. */

import { type Reading, type Statement, slashed } from './statements.js';

/** What a statement of cmd would be. */
export function cmdCommand({ words }: Statement): Reading {
  const [name = '', ...rest] = unconditional(words).flatMap(switches);
  const paths = rest.filter(word => !/^\/-?[a-z](:.*)?$/i.test(word)).map(slashed);
  const has = (letter: string) => rest.some(word => word.toLowerCase() === `/${letter}`);
  switch (name.toLowerCase()) {
    case 'format':
      return rest.some(word => /^[a-z]:/i.test(word)) ? ['format.com', ...rest] : words;
    case 'rd':
    case 'rmdir':
      return has('s') ? ['rm', '-rf', '--', ...paths] : words;
    case 'del':
    case 'erase':
      return ['rm', has('s') ? '-rf' : '-f', '--', ...paths];
    case 'move':
    case 'ren':
    case 'rename':
      return moved(paths);
    case 'copy':
      return copied(paths, has('y'));
    default:
      return words;
  }
}

/** `rd/s/q work` and `del /f/s a.txt`: switches need no blank before them. */
function switches(word: string): readonly string[] {
  const [, name = '', letters = ''] = /^(rd|rmdir|del|erase|copy|move)?((?:\/[a-z])+)$/i.exec(word) ?? [];
  if (letters === '') return [word];
  return [...(name === '' ? [] : [name]), ...(letters.match(/\/[a-z]/gi) ?? [])];
}

/** `if exist src rd /s /q src`, `for /d %i in (*) do rd /s /q %i` */
function unconditional(words: readonly string[]): readonly string[] {
  const at = words.findIndex(word => /^do$/i.test(word));
  if (/^for$/i.test(words[0] ?? '') && at > 0)
    return words.slice(at + 1).map(word => word.replace(/^%{1,2}~?\w+$/, '*'));
  if (!/^if$/i.test(words[0] ?? '')) return words;
  const exist = words.findIndex(word => /^exist$/i.test(word));
  return exist < 0 ? words : words.slice(exist + 2);
}

/** cmd's move gives every file the one name where that is no directory: each is written over by the next. */
function moved([from = '', to = '']: readonly string[]): readonly string[] {
  const isMany = /[*?]/.test(from) && !/(^|\/)\.{0,2}$/.test(to);
  return isMany ? ['rm', '-f', '--', from] : ['mv', '--', from, to];
}

function copied([from = '', to = '']: readonly string[], isForced: boolean): readonly string[] {
  if (to === '') return ['cp', '--', from, '.'];
  return /^nul$/i.test(from)
    ? ['truncate', '-s', '0', '--', to]
    : ['cp', ...(isForced ? ['-f'] : []), '--', from, to];
}
