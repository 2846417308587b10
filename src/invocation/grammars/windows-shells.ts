/**
 * PowerShell and cmd, as an agent calls them from WSL or where PowerShell runs on Linux: `pwsh -c …`, `cmd /c …`. Their
 * words are read one by one, and the commands that delete are read as their namesakes here. May not judge.
 */

import { certain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { joinWords } from '../words.js';

/** A statement's words: quotes of either kind group, a backslash is an ordinary character. */
function wordsOf(statement: string): readonly string[] {
  return [...statement.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(
    ([whole, double, single]) => double ?? single ?? whole,
  );
}

/** A statement's words, and those of what is piped into it, the nearest last. */
interface Statement {
  readonly words: readonly string[];
  readonly piped: readonly (readonly string[])[];
}

/** Statements: what stands between `;`, `|`, `&`, braces and line ends, outside quotes. */
function statementsOf(text: string): readonly Statement[] {
  const parts = text.match(/(?:"[^"]*"|'[^']*'|[^;|&{}\n"'])+|[;|&{}\n]/g) ?? [];
  const found: Statement[] = [];
  let piped: (readonly string[])[] = [];
  for (const part of parts) {
    // A block belongs to its stage: `Where-Object { … } | Remove-Item`.
    if (part === ';' || part === '&' || part === '\n') piped = [];
    const words = /^[;|&{}\n]$/.test(part) ? [] : wordsOf(part);
    if (words.length === 0) continue;
    found.push({ words, piped });
    piped = [...piped, words];
  }
  return found;
}

/** PowerShell's commands and aliases that remove items; parameters may be cut short (`-r`, `-rec`, `-fo`). */
const REMOVES = /^(remove-item|ri|rm|del|erase|rd|rmdir)$/i;
const EMPTIES = /^(clear-content|clc)$/i;
const LISTS = /^(get-childitem|gci|get-item|gi|ls|dir)$/i;
const TREE = /^-r(e(c(u(r(s(e)?)?)?)?)?)?(:\$true)?$/i;
/** Names are the same in any case; rules write them in lower case. */
const CMDLET = /^[a-z]+-[a-z]+$/i;
/** Parameters of Remove-Item that take the next word and name no item. */
const VALUED = /^-(filter|include|exclude|stream|credential)$/i;

/** Parameters of Invoke-RestMethod and Invoke-WebRequest, and what they are to curl (7.4; any unambiguous prefix). */
const REQUESTS = /^(invoke-restmethod|invoke-webrequest|irm|iwr)$/i;
const REQUEST_PARAMETERS: readonly (readonly [RegExp, string])[] = [
  [/^-(m|method|custom.*)$/i, '-X'],
  [/^-(u|ur|uri)$/i, '--url'],
  [/^-(b|bo|bod|body)$/i, '--data-raw'],
  [/^-inf/i, '-T'],
  [/^-outf/i, '-o'],
];

function request(words: readonly string[]): readonly string[] {
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

function powershellCommand({ words, piped }: Statement): readonly string[] {
  const [name = '', ...rest] = words;
  if (REQUESTS.test(name)) return request(rest);
  if (rest.some(word => /^-(whatif|wi|confirm)(:\$true)?$/i.test(word))) return [];
  if (!REMOVES.test(name) && !EMPTIES.test(name))
    return CMDLET.test(name) ? [name.toLowerCase(), ...rest] : words;
  const items = operandsOf(rest);
  const listed = items.length === 0 ? piped.findLast(([first = '']) => LISTS.test(first)) : undefined;
  if (listed && REMOVES.test(name)) return listedRemoval(listed.slice(1));
  if (EMPTIES.test(name)) return ['truncate', '-s', '0', '--', ...items.map(slashed)];
  const isTree = rest.some(word => TREE.test(word));
  return ['rm', ...(isTree ? ['-rf'] : ['-f']), '--', ...items.map(slashed)];
}

function operandsOf(words: readonly string[]): readonly string[] {
  return words.filter((word, i) => !word.startsWith('-') && !VALUED.test(words[i - 1] ?? ''));
}

/** `Get-ChildItem src -Recurse -Filter *.log | Remove-Item` */
function listedRemoval(words: readonly string[]): readonly string[] {
  const [folder = '.'] = operandsOf(words).map(slashed);
  const at = words.findIndex(word => /^-(f(i(l(t(er?)?)?)?)?|inc(lude)?)$/i.test(word));
  const pattern = at < 0 ? undefined : words[at + 1];
  const isTree = words.some(word => TREE.test(word));
  if (pattern !== undefined)
    return ['find', folder, ...(isTree ? [] : ['-maxdepth', '1']), '-name', pattern, '-delete'];
  return ['rm', isTree ? '-rf' : '-f', '--', /[*?]/.test(folder) ? folder : `${folder}/*`];
}

function cmdCommand({ words }: Statement): readonly string[] {
  const [name = '', ...rest] = words;
  if (/^format$/i.test(name)) return ['format.com', ...rest];
  if (/^move$/i.test(name)) return moved(rest.filter(word => !/^\/-?y$/i.test(word)));
  const isTree = /^(rd|rmdir)$/i.test(name) && rest.some(word => /^\/s$/i.test(word));
  const isMany = /^(del|erase)$/i.test(name);
  if (!isTree && !isMany) return words;
  const deep = isTree || rest.some(word => /^\/s$/i.test(word));
  return [
    'rm',
    deep ? '-rf' : '-f',
    '--',
    ...rest.filter(word => !/^\/[a-z](:.*)?$/i.test(word)).map(slashed),
  ];
}

/** cmd's move gives every file the one name where that is no directory: each is written over by the next. */
function moved(words: readonly string[]): readonly string[] {
  const [from = '', to = ''] = words.map(slashed);
  const isMany = /[*?]/.test(from) && !/(^|\/)\.{0,2}$/.test(to);
  return isMany ? ['rm', '-f', '--', from] : ['mv', '--', from, to];
}

/** `D:\work` as WSL sees it: `/mnt/d/work`. */
function slashed(path: string): string {
  const drive = /^([a-z]):[\\/]*(.*)$/i.exec(path);
  const rest = (drive ? drive[2]! : path).replaceAll('\\', '/');
  return drive ? `/mnt/${drive[1]!.toLowerCase()}/${rest}` : rest;
}

function innerOf(code: Word, via: string, read: (statement: Statement) => readonly string[]): Unwrapped {
  const inner = statementsOf(code.text).flatMap((statement): readonly Inner[] => {
    const words = read(statement).map(certain);
    return words.length === 0 ? [] : [{ via, words }];
  });
  const doubts = code.certain
    ? []
    : [{ kind: 'word' as const, why: `part of the script for ${via} is not known` }];
  return { inner, doubts };
}

/** The text of `-EncodedCommand`: base64 of UTF-16LE. */
function decoded(word: Word): Word {
  return { ...word, text: Buffer.from(word.text, 'base64').toString('utf16le') };
}

const powershell: Grammar = {
  tool: 'pwsh',
  names: ['powershell', 'powershell.exe', 'pwsh.exe'],
  source: 'learn.microsoft.com/powershell: about_pwsh, 7.4; parameters may be cut to a prefix',
  shim: false,
  interactive: true,
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap({ argv }) {
    const at = argv.findIndex(word => /^[-/](c|co|com.*|e|ec|en.*)$/i.test(word.text));
    const rest = argv.slice(at + 1);
    if (at < 1 || rest.length === 0) return { inner: [] };
    const isEncoded = /^[-/]e/i.test(argv[at]!.text);
    return innerOf(isEncoded ? decoded(rest[0]!) : joinWords(rest, ' '), 'pwsh -c', powershellCommand);
  },
};

const cmd: Grammar = {
  tool: 'cmd',
  names: ['cmd.exe'],
  source: 'learn.microsoft.com/windows-server/administration/windows-commands/cmd',
  shim: false,
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap({ argv }) {
    const at = argv.findIndex(word => /^\/[ckr]$/i.test(word.text));
    const rest = argv.slice(at + 1);
    if (at < 1 || rest.length === 0) return { inner: [] };
    // cmd takes off the outer quotes: a nested pair stays in the text.
    return innerOf(joinWords(rest, ' '), 'cmd /c', cmdCommand);
  },
};

const requestCmdlet: Grammar = {
  tool: 'Invoke-RestMethod',
  names: ['Invoke-WebRequest', 'irm', 'iwr'],
  source: 'learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod, 7.4',
  shim: false,
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap: ({ argv }) => {
    const words = request(argv.slice(1).map(word => word.text)).map(text => ({
      ...(argv.find(word => word.text === text) ?? certain(text)),
    }));
    return { inner: [{ via: 'Invoke-RestMethod', words }] };
  },
};

/** Typed into bash by mistake for PowerShell, or a script of that name: the same deed. */
const cmdlet: Grammar = {
  tool: 'Remove-Item',
  source: 'learn.microsoft.com/powershell/module/microsoft.powershell.management/remove-item, 7.4',
  shim: false,
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap: ({ argv }) => innerOf(joinWords(argv, ' '), 'Remove-Item', powershellCommand),
};

export const windowsShells: readonly Grammar[] = [powershell, cmd, cmdlet, requestCmdlet];
