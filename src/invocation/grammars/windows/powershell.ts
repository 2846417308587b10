/**
 * PowerShell's cmdlets and .NET calls that delete, move and write over, as the commands here that do the same; other
 * cmdlets in lower case, as rules name them. May not judge.
 */

import { dotNet } from './dot-net.js';
import { type Reading, type Statement, slashed } from './statements.js';

/** By alias (Get-Alias, 7.4; `sc` and `curl` only in 5.1). */
const CMDLETS: Readonly<Record<string, string>> = {
  ...aliases('remove-item', 'ri rm del erase rd rmdir'),
  ...aliases('clear-content', 'clc'),
  ...aliases('get-childitem', 'gci ls dir get-item gi'),
  ...aliases('set-content', 'out-file tee-object'),
  ...aliases('add-content', 'ac'),
  ...aliases('move-item', 'mi mv move rename-item rni ren'),
  ...aliases('copy-item', 'cpi cp copy'),
  ...aliases('new-item', 'ni'),
  ...aliases('stop-process', 'spps kill'),
  ...aliases('get-process', 'gps ps'),
  ...aliases('where-object', 'where ?'),
  ...aliases('invoke-sqlcmd', ''),
  ...aliases('invoke-expression', 'iex'),
  ...aliases('invoke-restmethod', 'invoke-webrequest irm iwr'),
};

function aliases(name: string, others: string): Readonly<Record<string, string>> {
  return Object.fromEntries([name, ...others.split(' ')].map(alias => [alias, name]));
}

/** Parameters that take the next word; any of them may be cut to a prefix. The first of a row is its name here. */
const VALUED = [
  'path literalpath filepath',
  'value inputobject',
  'destination newname',
  'filter include',
  'exclude',
  'itemtype',
  'name processname',
  'id',
  'encoding',
  'stream',
  'credential',
  'delimiter',
].map(row => row.split(' '));
const SWITCHES = /^-(r(e(c(u(r(s(e)?)?)?)?)?)?|fo(r(c(e)?)?)?|a(p(p.*)?)?|no.*|pass.*|c(o(n.*)?)?)$/i;

interface Arguments {
  readonly operands: readonly string[];
  readonly named: ReadonlyMap<string, string>;
  readonly recurse: boolean;
  readonly force: boolean;
  readonly append: boolean;
}

function argumentsOf(words: readonly string[]): Arguments {
  const operands: string[] = [];
  const named = new Map<string, string>();
  let recurse = false;
  let force = false;
  let append = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const [, name = '', attached] = /^-([a-z]+)(?::(.*))?$/i.exec(word) ?? [];
    if (name === '') {
      operands.push(word);
      continue;
    }
    const off = /^\$false$/i.test(attached ?? '');
    if (/^r(e|$)/i.test(name)) recurse = !off;
    if (/^fo/i.test(name)) force = !off;
    if (/^ap/i.test(name)) append = !off;
    if (SWITCHES.test(word.replace(/:.*/, ''))) continue;
    const row = VALUED.find(names => names.some(full => full.startsWith(name.toLowerCase())));
    if (!row) continue;
    if (attached === undefined) at += 1;
    named.set(row[0]!, attached ?? words[at] ?? '');
  }
  return { operands, named, recurse, force, append };
}

/** `Remove-Item a, b` */
function paths({ operands, named }: Arguments): readonly string[] {
  const given = named.get('path');
  return [...(given === undefined ? [] : [given]), ...operands]
    .flatMap(word => word.split(','))
    .filter(word => word !== '')
    .map(slashed);
}

/** What a statement of PowerShell would be. */
export function powershellCommand({ words, piped }: Statement): Reading {
  const [name = '', ...rest] = words[0] === '.' || words[0] === '(' ? words.slice(1) : words;
  if (rest.some(word => /^-(whatif|wi|confirm|cf)(:\$true)?$/i.test(word))) return [];
  const net = dotNet(words);
  if (net) return net;
  // On Linux and macOS, rm is rm.
  if (name === 'rm' && rest.some(word => /^-[rRfvi]{2,}$/.test(word))) return words;
  const cmdlet = CMDLETS[name.toLowerCase()] ?? '';
  const read = READERS[cmdlet];
  if (read) return read(rest, piped);
  const into = words.findLastIndex(word => /^>>?$/.test(word));
  if (into > 0 && words[into + 1])
    return ['tee', ...(words[into] === '>>' ? ['-a'] : []), '--', slashed(words[into + 1]!)];
  return /^[a-z]+-[a-z]\w*$/i.test(name) ? [name.toLowerCase(), ...rest] : words;
}

type Reader = (words: readonly string[], piped: Statement['piped']) => Reading;

const READERS: Readonly<Record<string, Reader>> = {
  'remove-item': (words, piped) => {
    const given = argumentsOf(words);
    const items = paths(given);
    const listed =
      items.length === 0
        ? piped.findLast(([first = '']) => CMDLETS[first.toLowerCase()] === 'get-childitem')
        : undefined;
    if (listed) return listedRemoval(listed.slice(1), given.recurse);
    return ['rm', given.recurse ? '-rf' : '-f', '--', ...items];
  },
  'clear-content': words => ['truncate', '-s', '0', '--', ...paths(argumentsOf(words))],
  'set-content': words => written(argumentsOf(words)),
  'add-content': words => ['tee', '-a', '--', ...paths(argumentsOf(words)).slice(0, 1)],
  'move-item': words => {
    const given = argumentsOf(words);
    return ['mv', ...(given.force ? ['-f'] : []), '--', ...both(given)];
  },
  'copy-item': words => {
    const given = argumentsOf(words);
    const options = [...(given.recurse ? ['-r'] : []), ...(given.force ? ['-f'] : [])];
    return ['cp', ...options, '--', ...both(given)];
  },
  'new-item': words => {
    const given = argumentsOf(words);
    const isFile = /^f/i.test(given.named.get('itemtype') ?? 'file');
    return given.force && isFile ? ['truncate', '-s', '0', '--', ...paths(given)] : [];
  },
  'stop-process': (words, piped) => {
    const given = argumentsOf(words);
    const name = given.named.get('name');
    const signal = given.force ? ['-9'] : [];
    const id = given.named.get('id') ?? given.operands[0];
    if (name === undefined && id === undefined) return ['killall', ...signal, ...listedProcesses(piped)];
    return name === undefined
      ? ['kill', ...signal, id ?? '']
      : ['killall', ...signal, name.replace(/\.exe$/i, '')];
  },
  // learn.microsoft.com/powershell/module/sqlserver/invoke-sqlcmd
  'invoke-sqlcmd': words => {
    const value = (parameter: RegExp) => words[words.findIndex(word => parameter.test(word)) + 1] ?? '';
    const has = (parameter: RegExp) => words.some(word => parameter.test(word));
    const file = has(/^-i/i) ? ['-i', value(/^-i/i)] : undefined;
    const query = has(/^-q/i) ? value(/^-q/i) : (words.find(word => !word.startsWith('-')) ?? '');
    const server = has(/^-s/i) ? ['-S', value(/^-s/i)] : [];
    const database = has(/^-da/i) ? ['-d', value(/^-da/i)] : [];
    return ['sqlcmd', ...server, ...database, ...(file ?? ['-Q', query])];
  },
  'invoke-expression': (words, piped) => {
    const isFetched = [...words, ...piped.flat()].some(word => FETCHES.test(word));
    return isFetched ? 'fetched' : ['pwsh', '-c', words.join(' ')];
  },
  'invoke-restmethod': request,
};

const FETCHES = /^\(*(invoke-restmethod|invoke-webrequest|irm|iwr|curl|wget)\)*$|\.download(string|data)\(/i;

/** The source and where it goes. */
function both({ operands, named }: Arguments): readonly string[] {
  const given = [named.get('path'), ...operands, named.get('destination')];
  return given.filter(word => word !== undefined).map(slashed);
}

function written(given: Arguments): readonly string[] {
  const [path, text = given.named.get('value')] = paths(given);
  if (path === undefined) return [];
  if (given.append) return ['tee', '-a', '--', path];
  const isNothing = given.named.get('value') === '' || given.operands.includes('') || text === '$null';
  return isNothing ? ['truncate', '-s', '0', '--', path] : ['tee', '--', path];
}

/** `Get-ChildItem src -Recurse -Filter *.log | Remove-Item` */
function listedRemoval(words: readonly string[], isTree: boolean): readonly string[] {
  const at = words.findIndex(word => /^-f$/i.test(word));
  const given = argumentsOf(at < 0 ? words : words.with(at, '-filter'));
  const [folder = '.'] = paths(given);
  const pattern = given.named.get('filter');
  const recurse = given.recurse || isTree;
  if (pattern !== undefined)
    return ['find', folder, ...(recurse ? [] : ['-maxdepth', '1']), '-name', pattern, '-delete'];
  const isOne = /[*?]/.test(folder) || /\.\w+$|^\.\w/.test(folder.replace(/^(\.\/)+/, ''));
  return ['rm', recurse ? '-rf' : '-f', '--', isOne ? folder : `${folder}/*`];
}

/** `Get-Process x | Stop-Process`, `Get-Process | Where-Object { $_.Name -eq 'x' } | Stop-Process`; all, where nothing chooses. */
function listedProcesses(piped: Statement['piped']): readonly string[] {
  const stages = piped.map(([first = '', ...rest]) => ({ cmdlet: CMDLETS[first.toLowerCase()], rest }));
  const listed = stages.findLast(({ cmdlet }) => cmdlet === 'get-process')?.rest ?? [];
  const given = argumentsOf(listed);
  const named = given.named.get('name') ?? given.operands[0];
  if (named !== undefined) return named.split(',').map(name => name.replace(/\.exe$/i, ''));
  const words = piped.flat();
  const chosen = words.findIndex(word => /^-c?(eq|like|match|in)$/i.test(word));
  if (chosen >= 0) return [(words[chosen + 1] ?? '').replace(/\.exe$/i, '')];
  return stages.some(({ cmdlet }) => cmdlet === 'get-process') ? ['-r', '.'] : [];
}

/** Parameters of Invoke-RestMethod and Invoke-WebRequest, and what they are to curl (7.4; any unambiguous prefix). */
const REQUEST_PARAMETERS: readonly (readonly [RegExp, string])[] = [
  [/^-(m|method|custom.*)$/i, '-X'],
  [/^-(u|ur|uri)$/i, '--url'],
  [/^-(b|bo|bod|body)$/i, '--data-raw'],
  [/^-inf/i, '-T'],
  [/^-outf/i, '-o'],
];

/** The arguments of Invoke-RestMethod as curl's. */
export function request(words: readonly string[]): readonly string[] {
  const found: string[] = ['curl'];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const option = REQUEST_PARAMETERS.find(([name]) => name.test(word))?.[1];
    if (option) {
      at += 1;
      found.push(option, words[at] ?? '');
    } else if (!word.startsWith('-')) found.push(word);
    else if (/^-(headers|contenttype|credential|token|timeoutsec|sessionvariable|websession)$/i.test(word))
      at += 1;
  }
  return found;
}
