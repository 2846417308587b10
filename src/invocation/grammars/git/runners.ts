/**
 * Commands that git runs on behalf of its options, configuration and environment: pagers, editors, filters, ssh,
 * `rebase --exec`, `bisect run`. Each is a command string, judged like any other; harmless ones stay so. May not judge.
 */

import type { World } from '../../../port.js';
import { certain, type Doubt, type Word } from '../../../shell/command.js';
import { commandIn } from '../../command-variables.js';
import type { Inner, Unwrapped } from '../../grammar.js';
import type { Invocation, OptionUse } from '../../invocation.js';
import { globalUses, ownUses } from './command-line.js';
import { isLocal } from './local.js';
import { asParameters, commandSettings, settingWritten } from './settings.js';

/** git-config(1): settings whose value git gives to a shell. */
const commandKeys = new RegExp(
  `^(${[
    'core\\.(pager|editor|sshcommand|askpass|gitproxy|fsmonitor|alternaterefscommand)',
    'pager\\..*',
    'sequence\\.editor',
    'diff\\.(external|.*\\.(command|textconv))',
    'merge\\..*\\.driver',
    '(mergetool|difftool|guitool|browser|man)\\..*\\.cmd',
    'filter\\..*\\.(clean|smudge|process)',
    'credential\\.(.*\\.)?helper',
    'gpg\\.(.*\\.)?program',
    'interactive\\.difffilter',
    'uploadpack\\.packobjectshook',
    'trailer\\..*\\.(command|cmd)',
    'remote\\..*\\.(uploadpack|receivepack)',
    'tar\\..*\\.command',
    'submodule\\..*\\.update',
    'sendemail\\.(.*\\.)?(tocmd|cccmd|headercmd|sendmailcmd)',
    'imap\\.tunnel',
    'hook\\..*\\.command',
  ].join('|')})$`,
);

/** git(1), ENVIRONMENT VARIABLES. Those that are git's alone count also where the door brought them. */
const commandVariables =
  /^(GIT_(SSH_COMMAND|SSH|EXTERNAL_DIFF|PAGER|EDITOR|SEQUENCE_EDITOR|ASKPASS|PROXY_COMMAND))$/;
const sharedVariables = /^(PAGER|EDITOR|VISUAL|SSH_ASKPASS)$/;

/** Options whose value is a command, by git command; the commands of `difftool -x` and `grep -O` get more arguments. */
const commandOptions: Readonly<Record<string, readonly string[]>> = {
  rebase: ['--exec'],
  difftool: ['--extcmd'],
  grep: ['--open-files-in-pager'],
  'filter-branch': [
    '--setup',
    '--env-filter',
    '--tree-filter',
    '--index-filter',
    '--parent-filter',
    '--msg-filter',
    '--commit-filter',
    '--tag-name-filter',
  ],
  push: ['--receive-pack', '--exec'],
  'send-pack': ['--receive-pack', '--exec'],
  fetch: ['--upload-pack'],
  pull: ['--upload-pack'],
  clone: ['--upload-pack'],
  'ls-remote': ['--upload-pack', '--exec'],
  'fetch-pack': ['--upload-pack', '--exec'],
  archive: ['--exec'],
  'send-email': ['--to-cmd', '--cc-cmd', '--sendmail-cmd'],
};
const appended = new Set(['--extcmd', '--open-files-in-pager', 'diff.external', 'GIT_EXTERNAL_DIFF']);

/** Commands that take the address of a repository. */
const speaking = new Set([
  'push',
  'fetch',
  'pull',
  'clone',
  'ls-remote',
  'remote',
  'archive',
  'submodule',
  'fetch-pack',
  'send-pack',
]);

/** Every command inside a git command, aliases aside. */
export function unwrapRunners(invocation: Invocation, world: World): Unwrapped {
  const inner = [
    ...settingCommands(invocation, world),
    ...writtenCommands(invocation),
    ...variableCommands(invocation, world),
    ...optionCommands(invocation),
    ...operandCommands(invocation),
    ...addressCommands(invocation),
  ];
  return { inner, doubts: doubtsOf(invocation) };
}

function settingCommands(invocation: Invocation, world: World): readonly Inner[] {
  const settings = commandSettings(invocation, world);
  return settings.flatMap(({ key, value }) => {
    if (!commandKeys.test(key)) return [];
    // git hands the others on; without this one, a git inside does not lead back here.
    const environment = [
      { name: 'GIT_CONFIG_PARAMETERS', value: asParameters(settings.filter(one => one.key !== key)) },
      { name: 'GIT_CONFIG_COUNT', value: certain('0') },
    ];
    return settingCommand(key, value).map(inner => ({ ...inner, environment }));
  });
}

/** `git config KEY COMMAND`: git runs it by itself from then on, so it is looked at now; an alias is when it is used. */
function writtenCommands(invocation: Invocation): readonly Inner[] {
  const written = settingWritten(invocation);
  return written && commandKeys.test(written.key) ? settingCommand(written.key, written.value) : [];
}

function settingCommand(key: string, value: Word): readonly Inner[] {
  const isSwitch = value.certain && /^(true|false|yes|no|on|off|0|1|)$/i.test(value.text);
  if (isSwitch && /^(core\.fsmonitor|pager\.)/.test(key)) return [];
  if (/^submodule\./.test(key) && !value.text.startsWith('!')) return [];
  if (/^credential\./.test(key)) return credentialHelper(key, value);
  return commandOf(`git -c ${key}`, withoutBang(value), appended.has(key));
}

/** gitcredentials(7): `!` is a shell command, a path is run, a name is `git credential-<name>`. */
function credentialHelper(key: string, value: Word): readonly Inner[] {
  if (value.certain && !/^[!/]/.test(value.text)) return [];
  return commandOf(`git -c ${key}`, withoutBang(value), false);
}

function variableCommands(invocation: Invocation, world: World): readonly Inner[] {
  const own = new Map(invocation.environment.map(({ name, value }) => [name, value] as const));
  const inherited = invocation.clearedEnvironment ? [] : Object.entries(world.env);
  for (const [name, value] of inherited) {
    // Editors' terminals set it for every command in them, and most never ask for a password.
    if (name === 'GIT_ASKPASS' && isLocal(invocation.subcommand)) continue;
    if (value !== undefined && commandVariables.test(name) && !own.has(name)) own.set(name, certain(value));
  }
  return [...own].flatMap(([name, value]) =>
    commandVariables.test(name) || sharedVariables.test(name)
      ? commandOf(`git ${name}`, value, appended.has(name)).map(inner => ({
          ...inner,
          environment: [{ name, value: certain('') }],
        }))
      : [],
  );
}

function optionCommands(invocation: Invocation): readonly Inner[] {
  const command = invocation.subcommand[0] ?? '';
  const names = Object.hasOwn(commandOptions, command) ? commandOptions[command]! : [];
  return ownUses(invocation).flatMap(use => {
    if (!names.includes(use.name) || !use.value) return [];
    return commandOf(`git ${command} ${use.name}`, use.value, appended.has(use.name));
  });
}

/** Commands that stand in the operands, their arguments included. */
function operandCommands(invocation: Invocation): readonly Inner[] {
  const [command, nested] = invocation.subcommand;
  const { operands } = invocation;
  if (operands.length === 0) return [];
  if (command === 'bisect' && nested === 'run') return [{ via: 'git bisect run', words: operands }];
  if (command === 'for-each-repo') {
    return [{ via: 'git for-each-repo', words: [certain('git'), ...operands] }];
  }
  if (command !== 'submodule' || nested !== 'foreach') return [];
  const via = 'git submodule foreach';
  // One word is a script; more are an argv of their own (git-submodule--helper, runcommand_in_submodule).
  return operands.length === 1 ? [{ via, script: operands[0]! }] : [{ via, words: operands }];
}

/** gitremote-helpers, git-remote-ext(1): `ext::<command>` runs it; `% ` is a blank. */
function addressCommands(invocation: Invocation): readonly Inner[] {
  if (!speaking.has(invocation.subcommand[0] ?? '')) return [];
  const addresses = [
    ...invocation.operands,
    ...ownUses(invocation).flatMap(use => (use.value ? [use.value] : [])),
  ];
  return addresses.flatMap(({ text, certain: isCertain }) => {
    if (!text.startsWith('ext::')) return [];
    const words = (text.slice('ext::'.length).match(/(?:%.|[^ %])+/g) ?? []).map(word => ({
      text: word.replace(/%(.)/g, '$1'),
      certain: isCertain,
    }));
    return words.length === 0 ? [] : [{ via: 'git ext::', words }];
  });
}

/** Programs from a directory of one's own choice instead of git's: nothing about them is known. */
function doubtsOf(invocation: Invocation): readonly Doubt[] {
  const isMoved =
    globalUses(invocation).some((use: OptionUse) => use.name === '--exec-path' && use.value) ||
    invocation.environment.some(({ name }) => name === 'GIT_EXEC_PATH');
  return isMoved
    ? [{ kind: 'construct', why: 'git would take its own programs from another directory' }]
    : [];
}

function commandOf(via: string, value: Word, openEnded: boolean): readonly Inner[] {
  return commandIn(via, value).map(inner => (openEnded ? { ...inner, openEnded } : inner));
}

function withoutBang(value: Word): Word {
  return value.text.startsWith('!') ? { ...value, text: value.text.slice(1) } : value;
}
