/** Calls of .NET in a PowerShell statement that remove, move and write, as the commands here that do the same. May not judge. */

import { slashed } from './statements.js';

/** `[IO.Directory]::Delete('src', $true)`, `(Get-Item src).Delete()` */
export function dotNet(words: readonly string[]): readonly string[] | undefined {
  const text = words.join(' ');
  const item = /^\(+\s*(?:get-item|gi)\s+(\S+?)\s*\)+\.delete\(/i.exec(text)?.[1];
  if (item) return ['rm', '-rf', '--', slashed(item)];
  const at = words.findIndex(word => STATIC.test(word));
  if (at < 0) return undefined;
  const [, type = '', method = '', first = ''] = STATIC.exec(words[at]!)!;
  const args = [...(first === '' ? [] : [first]), ...words.slice(at + 1)]
    .filter(word => !/^[,()]+$/.test(word))
    .map(word => word.replace(/^,+|[,)]+$/g, ''));
  const [path = '', other = ''] = args.map(slashed);
  switch (method.toLowerCase()) {
    case 'delete':
      return ['rm', /^directory/i.test(type) ? '-rf' : '-f', '--', path];
    case 'move':
    case 'replace':
      return ['mv', '-f', '--', path, other];
    case 'writealltext':
    case 'writeallbytes':
    case 'writealllines':
    case 'create':
      return args[1] === '' || /^create$/i.test(method)
        ? ['truncate', '-s', '0', '--', path]
        : ['tee', '--', path];
    default:
      return undefined;
  }
}

const STATIC = /\[(?:System\.)?IO\.(File|Directory)\]::(\w+)\((.*)$/i;
