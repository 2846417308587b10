/**
 * tmux and screen: the commands that they start in a new window, and what they type into one that is there; terminal emulators,
 * which start what stands behind `-e`. May not judge.
 */

import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { readGenerically } from '../generic.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { typedText, withKeys } from '../typed.js';
import { joinWords } from '../words.js';
import { combine } from './shells.js';

/** Commands that run something: name, alias, letters that take a value (`tmux list-commands`, 3.3). */
const COMMANDS: readonly (readonly [name: string, alias: string, valued: string])[] = [
  ['new-session', 'new', 'ceFfnstxy'],
  ['new-window', 'neww', 'ceFnt'],
  ['split-window', 'splitw', 'ceFlpt'],
  ['respawn-pane', 'respawnp', 'cet'],
  ['respawn-window', 'respawnw', 'cet'],
  ['display-popup', 'popup', 'bcdehsStTwxy'],
  ['run-shell', 'run', 'dt'],
  ['pipe-pane', 'pipep', 't'],
  ['if-shell', 'if', 't'],
  ['send-keys', 'send', 'Nt'],
  // What is put there is pasted next.
  ['set-buffer', 'setb', 'bnt'],
];

const tmux: Grammar = {
  tool: 'tmux',
  source: 'tmux(1) and `tmux list-commands`, 3.3',
  style: styles.prefix,
  interactive: true,
  generic: true,
  read: readGenerically,
  unwrap(invocation, world) {
    const at = afterOptions(invocation.argv, 1, 'cfLST');
    const start = invocation.argv.slice(1, at);
    const own = start.findIndex(word => word.text === '-c');
    const shell = own < 0 ? undefined : start[own + 1];
    const parts = sequence(invocation.argv.slice(at)).map(words => tmuxCommand(words, world));
    return combine([
      ...(shell ? [codeInWord(shell, { via: 'tmux -c', openEnded: false }, world)] : []),
      ...parts,
    ]);
  },
};

/** The index of the first word that is no option, values skipped. */
function afterOptions(argv: readonly Word[], from: number, valued: string): number {
  let at = from;
  for (; at < argv.length; at += 1) {
    const { text } = argv[at]!;
    if (text === '--') return at + 1;
    if (!/^-./.test(text)) break;
    const letter = [...text.slice(1)].findIndex(one => valued.includes(one));
    if (letter >= 0 && letter === text.length - 2) at += 1;
  }
  return at;
}

/** Commands behind one another: a word `;`, or one that ends in it. */
function sequence(words: readonly Word[]): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]];
  for (const word of words) {
    const ends = word.certain && /(^|[^\\]);$/.test(word.text);
    if (ends && word.text !== ';') parts.at(-1)!.push({ ...word, text: word.text.slice(0, -1) });
    else if (!ends) parts.at(-1)!.push(word);
    if (ends) parts.push([]);
  }
  return parts.filter(part => part.length > 0);
}

function tmuxCommand(words: readonly Word[], world: World): Unwrapped {
  const [name] = words;
  const typed = name?.certain ? name.text : '';
  const found =
    COMMANDS.find(([full, alias]) => typed === full || typed === alias) ??
    COMMANDS.find(([full]) => typed.length > 2 && full.startsWith(typed));
  if (!found) return { inner: [] };
  const [command, , valued] = found;
  const operands = words.slice(afterOptions(words, 1, valued));
  const [first] = operands;
  if (!first) return { inner: [] };
  const via = `tmux ${command}`;
  if (command === 'send-keys') return typedText(keys(operands), via, world);
  if (command === 'set-buffer') return typedText(first, via, world);
  if (operands.length === 1 || command === 'if-shell' || command === 'run-shell') {
    return codeInWord(first, { via, openEnded: false }, world);
  }
  return { inner: [{ via, words: operands, openEnded: false }] };
}

/** Keys as text: names of keys end a line or stand for nothing. */
function keys(operands: readonly Word[]): Word {
  return joinWords(
    operands.map(word => {
      if (/^(Enter|C-m|C-j|KPEnter)$/i.test(word.text)) return { text: '\n', certain: true };
      if (word.text === 'Space') return { text: ' ', certain: true };
      const isKey =
        /^(\^.|[CMS]-.+|Escape|BSpace|Tab|BTab|Up|Down|Left|Right|Home|End|[PN]Page|F\d+|DC|IC)$/.test(
          word.text,
        );
      return isKey ? { text: '\n', certain: true } : word;
    }),
    '',
  );
}

const screen: Grammar = {
  tool: 'screen',
  source:
    'screen(1), 4.9: -c -d -D -e -h -p -r -R -s -S -t -T may take a value; `-X` sends a command of screen',
  style: styles.prefix,
  interactive: true,
  generic: true,
  read: readGenerically,
  unwrap(invocation, world) {
    const { argv } = invocation;
    const sends = argv.findIndex(word => /^-[a-zA-Z]*X$/.test(word.text));
    if (sends > 0) return screenCommand(argv.slice(sends + 1), world);
    return started(invocation, afterOptions(argv, 1, 'cehpsStT'));
  },
};

function started(invocation: Invocation, at: number): Unwrapped {
  const words = invocation.argv.slice(at);
  return { inner: words.length > 0 ? [{ via: 'screen', words }] : [] };
}

function screenCommand([name, ...rest]: readonly Word[], world: World): Unwrapped {
  if (name?.text === 'stuff' && rest[0]) {
    return typedText(withKeys(rest[0]), 'screen -X stuff', world);
  }
  const words = rest.slice(afterOptions(rest, 0, 'tThl'));
  const runs = name?.text === 'exec' || name?.text === 'screen';
  const own =
    name?.text === 'exec' ? words.filter((word, at) => at > 0 || !/^[.!:|]+$/.test(word.text)) : words;
  return { inner: runs && own.length > 0 ? [{ via: `screen -X ${name.text}`, words: own }] : [] };
}

/** Behind `-e` (in some `-x`) stands the rest of the command line, or one word that a shell reads. */
const emulator: Grammar = {
  tool: 'xterm',
  names:
    'uxterm urxvt rxvt konsole alacritty terminator lxterminal xfce4-terminal mate-terminal st ghostty x-terminal-emulator'.split(
      ' ',
    ),
  source: 'xterm(1), konsole(1), alacritty(1), xfce4-terminal(1): -e, and -x for the rest of the words',
  shim: false,
  style: styles.prefix,
  interactive: true,
  generic: true,
  read: readGenerically,
  unwrap({ argv }, world) {
    const at = argv.findIndex(word => /^(-e|-x|--command|--execute)$/.test(word.text));
    const [first, ...rest] = at < 0 ? [] : argv.slice(at + 1);
    if (!first) return { inner: [] };
    if (rest.length > 0) return { inner: [{ via: 'xterm -e', words: [first, ...rest] }] };
    return codeInWord(first, { via: 'xterm -e', openEnded: false }, world);
  },
};

export const terminals: readonly Grammar[] = [tmux, screen, emulator];
