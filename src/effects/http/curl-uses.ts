/** All that curl is told, in order: default configuration, arguments, and configuration files that they name. */

import { readCurl } from '../../invocation/grammars/curl.js';
import { environmentOf, type Invocation, type OptionUse } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { type Content, change } from './content.js';

const MAX_NESTING = 10;

/** Options in the order in which curl acts on them; operands are `--url`. `at` is the word in argv, for evidence. */
export function curlUses(invocation: Invocation, world: World, content: Content): readonly OptionUse[] {
  const uses: OptionUse[] = [];
  const first = invocation.argv[1]?.text ?? '';
  if (!first.startsWith('-q') && first !== '--disable') {
    const text = defaultConfig(invocation, world);
    if (text) uses.push(...configUses(text, 0, content, 0));
  }
  for (const use of inOrder(invocation)) {
    uses.push(use);
    if (use.name === '--config' && use.value) {
      uses.push(...configUses(content.fileOrStdin(use.value), use.at, content, 1));
    }
  }
  return uses;
}

/** Options and operands of argv by their place. */
function inOrder(invocation: Invocation): readonly OptionUse[] {
  let from = 1;
  const operands = invocation.operands.map(operand => {
    // The same word may stand in argv twice: operands are found in order.
    const found = invocation.argv.indexOf(operand, from);
    const at = found < 0 ? from : found;
    from = at + 1;
    return { name: '--url', value: operand, negated: false, at };
  });
  return [...invocation.options, ...operands].sort((a, b) => a.at - b.at);
}

/** The first of the files that curl looks for when it starts (curl(1), `-K`; XDG with and without dot by version). */
function defaultConfig(invocation: Invocation, world: World): Word | undefined {
  const folder = (name: string) => environmentOf(invocation, name, world.env);
  const home = folder('HOME') ?? certain(world.home);
  const candidates: readonly (readonly [Word | undefined, string])[] = [
    [folder('CURL_HOME'), '.curlrc'],
    [folder('XDG_CONFIG_HOME'), 'curlrc'],
    [folder('XDG_CONFIG_HOME'), '.curlrc'],
    [home, '.curlrc'],
    [home, '.config/curlrc'],
  ];
  for (const [place, name] of candidates) {
    if (!place?.certain || place.text === '' || !invocation.directory.certain) continue;
    const text = world.readText(absolute(name, absolute(place.text, invocation.directory.text)), 64 * 1024);
    if ('fault' in text) continue;
    return text.complete ? certain(text.text) : uncertain(text.text);
  }
  return undefined;
}

/** A configuration file's lines as options. Unreadable text gives none but the doubt, as a body and URL unknown. */
function configUses(text: Word, at: number, content: Content, depth: number): readonly OptionUse[] {
  if (!text.certain && text.text === '') return unreadable(at);
  const uses: OptionUse[] = [];
  for (const line of text.text.split('\n')) {
    const words = configLine(line);
    if (!words) continue;
    const reading = readCurl([certain('curl'), ...words.map(word => change(text, word))]);
    for (const use of reading.options) {
      uses.push({ ...use, at });
      if (use.name !== '--config' || !use.value || depth >= MAX_NESTING) continue;
      uses.push(...configUses(content.fileOrStdin(use.value), at, content, depth + 1));
    }
  }
  return text.certain ? uses : [...uses, ...unreadable(at)];
}

/** What an unreadable configuration may say: any request to anywhere. */
function unreadable(at: number): readonly OptionUse[] {
  return [{ name: '--url', value: uncertain(), negated: false, at }];
}

/** One line of a configuration file as an option and its parameter, dashes added; nothing for comments. */
function configLine(line: string): readonly string[] | undefined {
  const text = line.trim();
  if (text === '' || /^[#/*]/.test(text)) return undefined;
  const dashed = text.startsWith('-');
  const [, name = '', rest = ''] = (dashed ? /^(\S+)\s*(.*)$/s : /^([^\s=:]+)[\s=:]*(.*)$/s).exec(text) ?? [];
  const option = dashed ? name : `--${name}`;
  if (rest === '') return [option];
  return [option, rest.startsWith('"') ? unquote(rest) : rest.split(/\s/, 1)[0]!];
}

/** A double-quoted parameter: backslash escapes, up to the next plain quote. */
function unquote(text: string): string {
  const [, inside = ''] = /^"((?:[^"\\]|\\.)*)/s.exec(text) ?? [];
  const letters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };
  return inside.replace(/\\(.)/gs, (_, letter: string) => letters[letter] ?? letter);
}
