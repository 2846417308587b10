/**
 * Aliases: `git x` → the git command or the shell command that it stands for (git-config(1), alias.*; git.c,
 * handle_alias). May not judge.
 */

import type { World } from '../../../port.js';
import { certain, type Doubt, type Word } from '../../../shell/command.js';
import type { Inner, Unwrapped } from '../../grammar.js';
import type { Invocation } from '../../invocation.js';
import { nearestCommand } from './autocorrect.js';
import { commandAt, commandWord } from './command-line.js';
import { isBuiltIn } from './commands.js';
import { topOf } from './place.js';
import { asParameters, commandSettings, settingIn, settingsOf } from './settings.js';

const NOTHING: Unwrapped = { inner: [] };

/** The command that an alias stands for; nothing for git's own commands. */
export function unwrapAlias(invocation: Invocation, world: World): Unwrapped {
  const word = commandWord(invocation.argv);
  if (!word) return NOTHING;
  if (!word.certain) return doubt('word', 'the git command that would run is not known');
  if (isBuiltIn(word.text)) return NOTHING;
  const via = `git ${word.text}`;
  // git refuses an alias that leads back to itself.
  if (invocation.via.includes(via)) return NOTHING;
  const settings = settingsOf(invocation, world, '^(alias\\..*|help\\.autocorrect)$');
  // The alias as a whole name is matched without case, as every last part of a key.
  const value = settingIn(settings, `alias.${word.text.toLowerCase()}`);
  if (!value) return correction(settingIn(settings, 'help.autocorrect'), word.text, via, invocation);
  if (!value.certain) return doubt('alias', `what the git alias ${word.text} stands for is not known`);
  const text = value.text.trimStart();
  return text.startsWith('!')
    ? { inner: [shellAlias(text.slice(1), via, invocation, world)] }
    : gitAlias(text, via, invocation);
}

/** git runs what it guesses from a typo only where it is told to (help.autocorrect: immediate, or a delay). */
function correction(
  setting: Word | undefined,
  typed: string,
  via: string,
  invocation: Invocation,
): Unwrapped {
  const refuses = /^(0|false|off|no|never|show|prompt|)$/i;
  if (!setting || (setting.certain && refuses.test(setting.text))) return NOTHING;
  const guessed = nearestCommand(typed);
  return guessed === undefined
    ? doubt('alias', `git would guess what ${typed} means and run it`)
    : gitAlias(guessed, via, invocation);
}

function gitAlias(text: string, via: string, { argv, operands }: Invocation): Unwrapped {
  const words = splitAlias(text);
  if (!words) return doubt('alias', `the git alias of ${via} cannot be read`);
  const at = commandAt(argv);
  const rest = argv.slice(at + 1);
  // Names are alias words first, so the options of git itself go on standing in front of them.
  const program = at === 0 ? certain('git') : argv[0]!;
  const inner: Inner = { via, words: [program, ...argv.slice(1, at), ...words.map(certain), ...rest] };
  return words.length === 0 && operands.length === 0 ? NOTHING : { inner: [inner] };
}

/** Runs in a shell from the top of the work tree, the arguments appended, the settings handed on. */
function shellAlias(text: string, via: string, invocation: Invocation, world: World): Inner {
  const rest = invocation.argv.slice(commandAt(invocation.argv) + 1);
  const own = commandSettings(invocation, world);
  const around = {
    via,
    directory: topOf(invocation, world),
    ...(own.length > 0 && { environment: [{ name: 'GIT_CONFIG_PARAMETERS', value: asParameters(own) }] }),
  };
  if (rest.length === 0) return { ...around, script: certain(text) };
  return {
    ...around,
    words: [certain('sh'), certain('-c'), certain(`${text} "$@"`), certain(text), ...rest],
  };
}

function doubt(kind: Doubt['kind'], why: string): Unwrapped {
  return { inner: [], doubts: [{ kind, why }] };
}

/** git's split_cmdline: blanks separate, either quote groups, a backslash quotes one character but in `'…'`. */
export function splitAlias(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]!;
    if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && (character === "'" || character === '"')) {
      quote = character;
      word ??= '';
    } else if (character === quote) quote = '';
    else if (character === '\\' && quote !== "'") {
      i += 1;
      if (i >= text.length) return undefined;
      word = (word ?? '') + text[i]!;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
