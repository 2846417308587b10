/**
 * PowerShell and cmd, as an agent calls them from WSL or where PowerShell runs on Linux: `pwsh -c …`, `cmd /c …`, and
 * their own commands typed into bash. Their words are read one by one, and what deletes is read as its namesake here.
 * May not judge.
 */

import { certain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { joinWords } from '../words.js';
import { cmdCommand } from './windows/cmd.js';
import { powershellCommand, request } from './windows/powershell.js';
import { type Reading, type Statement, statementsOf, typedStatement } from './windows/statements.js';
import { knownVariables } from './windows/variables.js';

type Reader = (statement: Statement) => Reading;

function innerOf(code: Word, via: string, read: Reader): Unwrapped {
  const known = read === powershellCommand ? knownVariables() : undefined;
  const found = statementsOf(code.text, known).map(read);
  const doubts = code.certain
    ? []
    : [{ kind: 'word' as const, why: `part of the script for ${via} is not known` }];
  return asUnwrapped(found, via, doubts);
}

function asUnwrapped(
  found: readonly Reading[],
  via: string,
  doubts: NonNullable<Unwrapped['doubts']> = [],
): Unwrapped {
  const inner = found.flatMap((words): readonly Inner[] =>
    words === 'fetched' || words.length === 0 ? [] : [{ via, words: words.map(asTyped) }],
  );
  const fetched = found.includes('fetched')
    ? [{ kind: 'input' as const, why: `${via} would run what a server sends` }]
    : [];
  return { inner, doubts: [...doubts, ...fetched] };
}

/** These shells leave patterns to their commands: what is found when they run is meant. */
function asTyped(text: string): Word {
  return /[*?]/.test(text) ? { ...certain(text), pattern: text } : certain(text);
}

/** The text of `-EncodedCommand`: base64 of UTF-16LE. */
function decoded(word: Word): Word {
  return { ...word, text: Buffer.from(word.text, 'base64').toString('utf16le') };
}

const asWritten = { shim: false, style: styles.prefix, generic: true, read: readGenerically } as const;

/** Parameters of powershell.exe before its command that take a word. */
const SETTINGS =
  /^[-/](ex|ep|ex.*|w|wi.*|v|ve.*|inputf.*|of|outputf.*|psc.*|config.*|settingsf.*|wd|work.*)$/i;

/** Where the command begins: behind -Command, or the first word that is no parameter (`powershell Clear-Disk 1`). */
function commandAt(argv: readonly Word[]): number {
  const named = argv.findIndex(word => /^[-/](c|co|com.*|e|ec|en.*)$/i.test(word.text));
  if (named > 0) return named + 1;
  let at = 1;
  while (at < argv.length && /^[-/]/.test(argv[at]!.text)) {
    if (/^[-/]f(ile)?$/i.test(argv[at]!.text)) return argv.length;
    at += SETTINGS.test(argv[at]!.text) ? 2 : 1;
  }
  return at;
}

const powershell: Grammar = {
  tool: 'pwsh',
  names: ['powershell', 'powershell.exe', 'pwsh.exe'],
  source: 'learn.microsoft.com/powershell: about_pwsh, 7.4; parameters may be cut to a prefix',
  interactive: true,
  ...asWritten,
  unwrap({ argv }) {
    const at = commandAt(argv);
    const rest = argv.slice(at);
    if (rest.length === 0) return { inner: [] };
    const isEncoded = /^[-/]e/i.test(argv[at - 1]!.text);
    return innerOf(isEncoded ? decoded(rest[0]!) : joinWords(rest, ' '), 'pwsh -c', powershellCommand);
  },
};

const cmd: Grammar = {
  tool: 'cmd',
  names: ['cmd.exe'],
  source: 'learn.microsoft.com/windows-server/administration/windows-commands/cmd',
  ...asWritten,
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
  ...asWritten,
  unwrap: ({ argv }) => {
    const words = request(argv.slice(1).map(word => word.text)).map(text => ({
      ...(argv.find(word => word.text === text) ?? certain(text)),
    }));
    return { inner: [{ via: 'Invoke-RestMethod', words }] };
  },
};

/** Typed into bash for PowerShell or cmd, or a script of that name: the same deed. */
function typed(tool: string, names: string, source: string, read: Reader): Grammar {
  return {
    tool,
    names: names.split(/\s+/).filter(name => name !== ''),
    source,
    ...asWritten,
    unwrap: ({ argv, input }: Invocation) => {
      const piped = input.from === 'pipe' ? input.commands : [];
      const found = read(typedStatement(argv, piped));
      // Another program of that name: `format src/index.ts`.
      return found[0] === argv[0]!.text ? { inner: [] } : asUnwrapped([found], tool);
    },
  };
}

const cmdlets = typed(
  'Remove-Item',
  `Clear-Content Set-Content Out-File Move-Item Rename-Item Copy-Item New-Item Stop-Process Invoke-Expression
  Clear-RecycleBin Format-Volume Clear-Disk Initialize-Disk Remove-Partition Reset-PhysicalDisk Remove-VirtualDisk
  Remove-StoragePool Clear-EventLog Invoke-Sqlcmd
  Remove-EventLog Remove-VM Remove-VMSnapshot Remove-VMCheckpoint Remove-LocalUser Disable-LocalUser Remove-Service
  Stop-Service Stop-Computer Restart-Computer Unregister-ScheduledTask Disable-ComputerRestore`,
  'learn.microsoft.com/powershell/module: microsoft.powershell.management, storage, hyper-v, 7.4',
  powershellCommand,
);

const cmdCommands = typed(
  'rd',
  'erase format',
  'learn.microsoft.com/windows-server/administration/windows-commands',
  cmdCommand,
);

export const windowsShells: readonly Grammar[] = [powershell, cmd, cmdlets, cmdCommands, requestCmdlet];
