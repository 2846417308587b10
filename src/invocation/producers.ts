/** What programs that only write text will write: `echo`, `printf`, `cat`, decoders. Knows no shell; may not judge. */

import { certain, uncertain, type Word } from '../shell/command.js';
import type { Read } from './input.js';
import { jqOutput } from './jq.js';
import { joinWords } from './words.js';

/** What a producer may ask for: its standard input, and files it names. */
export interface Sources {
  readonly stdin: () => Read;
  readonly file: (path: Word) => Read;
}

const FETCHERS = 'curl wget aria2c http https xh fetch lynx w3m nc ncat netcat socat telnet ssh scp sftp ftp';
const DECODERS = 'base64 base32 basenc openssl gpg xxd uudecode gzip gunzip zcat bzcat xzcat zstdcat tr rev';
const RISKY = new Set([...FETCHERS.split(' '), ...DECODERS.split(' '), 'a decoder']);

/** True for programs whose output comes from elsewhere or was hidden: what a shell then runs nobody has seen. */
export function fetchesOrDecodes(name: string): boolean {
  return RISKY.has(name);
}

/** The output of a program, or `undefined` where its output cannot be known from its arguments. */
export function produced(name: string, operands: readonly Word[], sources: Sources): Read | undefined {
  switch (name) {
    case 'echo':
      return echo(operands);
    case 'printf':
      return printf(operands);
    case 'cat':
      return cat(operands, sources);
    case 'tee':
      return sources.stdin();
    case 'true':
    case ':':
    case 'cd':
      return said(certain(''));
    case 'yes':
      // One line stands for all of them.
      return said(withEnd(joinWords(operands.length > 0 ? operands : [certain('y')], ' '), '\n'));
    case 'jq': {
      const text = jqOutput(operands);
      return text && said(withEnd(text, '\n'));
    }
    case 'base64':
      return decoded(operands, sources, ['-d', '-D', '--decode', '-i', '-di', '-id'], fromBase64);
    case 'openssl':
      return openssl(operands, sources);
    case 'xxd':
      return decoded(operands, sources, ['-r', '-p', '-ps', '-plain', '-rp', '-pr'], fromHex, [
        '-r',
        '-rp',
        '-pr',
      ]);
    default:
      return undefined;
  }
}

/** bash's echo: -n -e -E bundled, escapes only with -e. */
function echo(operands: readonly Word[]): Read {
  let at = 0;
  let newline = '\n';
  let escapes = false;
  for (; at < operands.length; at += 1) {
    const flags = operands[at]!;
    if (!flags.certain || !/^-[neE]+$/.test(flags.text)) break;
    for (const flag of flags.text.slice(1)) {
      if (flag === 'n') newline = '';
      else escapes = flag === 'e';
    }
  }
  const line = joinWords(operands.slice(at), ' ');
  const text = escapes ? unescaped(line) : line;
  return said(operands.length === at ? certain(newline) : withEnd(text, newline));
}

function cat(operands: readonly Word[], sources: Sources): Read | undefined {
  const files = operands.filter(word => !(word.certain && (word.text === '-u' || word.text === '--')));
  // Numbering and the like change the text.
  if (files.some(word => word.text.startsWith('-') && word.text !== '-')) return undefined;
  if (files.length === 0) return sources.stdin();
  const parts = files.map(sources.file);
  return {
    text: joinWords(
      parts.map(part => part.text),
      '',
    ),
    unseen: parts.flatMap(part => part.unseen),
    blocked: parts.some(part => part.blocked),
  };
}

/** POSIX printf: the format is used again while arguments remain. */
function printf(operands: readonly Word[]): Read | undefined {
  const [format, ...values] = operands[0]?.text === '--' ? operands.slice(1) : operands;
  if (!format || (format.text === '-v' && format.certain)) return said(certain(''));
  if (!format.certain) return said(uncertain());
  const parts: Word[] = [];
  let next = 0;
  do {
    const before = next;
    for (const [piece, conversion] of format.text.matchAll(FORMAT_PIECES)) {
      if (conversion === undefined) parts.push(certain(piece === '%%' ? '%' : readEscapes(piece)));
      else {
        parts.push(converted(piece, conversion, values[next] ?? certain('')));
        next += 1;
      }
    }
    if (next === before) break;
  } while (next < values.length);
  return said(joinWords(parts, ''));
}

const FORMAT_PIECES = /%%|%[-+ #0]*[\d*]*(?:\.[\d*]+)?([a-zA-Z])|[^%]+|%/g;

function converted(piece: string, conversion: string, value: Word): Word {
  // A width or precision changes the text; such pieces stay unknown.
  if (piece.length > 2) return uncertain();
  if (conversion === 's') return value;
  if (conversion === 'b') return unescaped(value);
  if (conversion === 'c') return { text: value.text.slice(0, 1), certain: value.certain };
  if ('diu'.includes(conversion)) return { ...value, text: value.text || '0' };
  return uncertain();
}

/** Escapes move the places of unknown parts; those are then not known either. */
function unescaped(word: Word): Word {
  const text = readEscapes(word.text);
  return text === word.text ? word : { text, certain: word.certain };
}

function openssl(operands: readonly Word[], sources: Sources): Read | undefined {
  const words = operands.map(word => word.text);
  const plain =
    words[0] === 'base64' || (words[0] === 'enc' && (words.includes('-base64') || words.includes('-a')));
  if (!plain || !words.includes('-d')) return undefined;
  const known = ['-d', '-base64', '-a', '-A', '-in'];
  if (words.slice(1).some(word => word.startsWith('-') && !known.includes(word))) return undefined;
  const named = operands[words.indexOf('-in') + 1];
  const source = words.includes('-in') && named ? sources.file(named) : sources.stdin();
  return mapText(source, fromBase64);
}

function decoded(
  operands: readonly Word[],
  sources: Sources,
  known: readonly string[],
  decode: (text: string) => string | undefined,
  needed: readonly string[] = known.filter(option => !['-i'].includes(option)),
): Read | undefined {
  const options = operands.filter(word => word.text.startsWith('-') && word.text !== '-');
  const files = operands.filter(word => !options.includes(word));
  if (options.some(option => !option.certain || !known.some(one => isSpelling(option.text, one))))
    return undefined;
  if (!options.some(option => needed.some(one => isSpelling(option.text, one)))) return undefined;
  return mapText(files[0] ? sources.file(files[0]) : sources.stdin(), decode);
}

/** GNU long options may be cut short: `--dec`. */
function isSpelling(text: string, option: string): boolean {
  return text === option || (option.startsWith('--') && text.length > 2 && option.startsWith(text));
}

function mapText(read: Read, decode: (text: string) => string | undefined): Read {
  const text = read.text.certain ? decode(read.text.text) : undefined;
  if (text !== undefined) return { ...read, text: certain(text) };
  return { text: uncertain(), unseen: [...read.unseen, 'a decoder'], blocked: read.blocked };
}

function fromBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  return fromBytes(Uint8Array.from(atob(compact.replace(/=+$/, '')), one => one.charCodeAt(0)));
}

function fromHex(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(compact)) return undefined;
  return fromBytes(Uint8Array.from(compact.match(/../g) ?? [], pair => Number.parseInt(pair, 16)));
}

function fromBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The escapes of `echo -e` and printf: letters, `\xHH`, `\NNN`, `\0NNN`, `\uHHHH`. */
function readEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|(0?[0-7]{1,3})|([abefnrtvE\\"]))/g,
    (whole, hex, short, long, octal, letter) => {
      if (letter !== undefined) return LETTERS[letter] ?? whole;
      const code =
        octal === undefined ? Number.parseInt(hex ?? short ?? long, 16) : Number.parseInt(octal, 8);
      return code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
}

const LETTERS: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

function withEnd(word: Word, end: string): Word {
  return joinWords([word, certain(end)], '');
}

function said(text: Word): Read {
  return { text, unseen: [], blocked: false };
}
