/** Showing text that an attacker may have chosen: what draws, hides or deceives made visible, words quoted. Knows no tool. */

import { quote as quoteWords } from 'shell-quote';
import { escaped, withoutLookalikes } from './lookalikes.js';
import { once } from './once.js';

const ORDINARY = /^[ -~]*$/;

/** Scripts whose letters take several marks each, and join or do not by an invisible sign. */
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Tibetan}\\p{Script=Myanmar}\\p{Script=Khmer}\\p{Script=Mongolian}';
const EMOJI = '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{EMod})*';
const CJK =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}\\u3001\\u3002\\uff01-\\uff5e';

/** What looks out of the ordinary and is not: each where it belongs. */
const orderly = () =>
  [
    `${EMOJI}(?:\\u200d${EMOJI})*`,
    '[0-9#*]\\ufe0f\\u20e3',
    `(?=\\p{L})[${JOINING}](?:(?!\\u034f)\\p{M}|[\\u200c\\u200d](?=[${JOINING}])){0,8}(?!\\p{M})`,
    // Letters and their accents as macOS writes file names; strokes through a letter make another of it.
    '\\p{L}(?:(?![\\u0334-\\u0338\\u034f\\ufe00-\\ufe0f])\\p{Mn}){1,3}(?!\\p{M})',
    '\\p{Script=Han}[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
    `(?<=[${CJK}])\\u3000(?=[${CJK}])`,
    // French and numbers, as they are set in print.
    '[\\u00a0\\u202f](?=[:;!?»%€])',
    '(?<=«)[\\u00a0\\u202f]',
    '(?<=\\d)[\\u00a0\\u202f\\u2009](?=\\d)',
  ].join('|');

/** What has no shape of its own, or another's: controls, direction marks, blanks, marks without a letter, signs like / : - * |. */
const hidden = () =>
  [
    '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{M}]',
    '(?! )\\p{Zs}',
    '[\\u115f\\u1160\\u3164\\uffa0\\u2800]',
    '[\\u01c0\\u01c3\\u02d7\\u037e\\u1fef\\u2010\\u2011\\u2024\\u2044\\u204e\\u2215-\\u2217\\u2223\\u2236\\u223c\\u2571\\u29f5\\u29f8\\u29f9\\ua789\\ufe63]',
    // A dash of print where an option's stands.
    `(?<![^\\s"'])[\\u2012-\\u2015\\u2212](?=\\p{L})`,
  ].join('|');

/** Made when something is not ASCII: the engine builds large sets for it. */
const shown = once(() => new RegExp(`(${orderly()})|${hidden()}`, 'gu'));

/**
 * Text as it is, with `\u{…}` for what could draw on the terminal, hide, or pass for something else: controls, direction
 * marks, invisible characters, letters of one script in a word of another. Ordinary text of any language is left alone.
 */
export function visible(text: string): string {
  if (ORDINARY.test(text)) return text;
  return withoutLookalikes(text).replace(shown(), (found, kept) => kept ?? escaped(found));
}

/**
 * Text on its way to a terminal, with the colours that guard itself uses: whatever else could draw or turn the direction, and came
 * by a way that forgot `visible`, is written as JSON writes it, so that JSON stays JSON.
 */
export function printable(text: string): string {
  return text.replace(
    /\x1b\[(?:[0-3]|22|3[1-69])m|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g,
    found => (found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** Words as a shell would need them typed. */
export function quote(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  // As shell-quote writes it, which is loaded for other words only.
  return /["\s\\]/.test(word) && !word.includes("'") ? `'${word}'` : quoteWords([word]);
}

/** Words that every shell takes as they are; shell-quote would write `https\://` for a URL. */
const PLAIN = /^[\w/:=.,@%+-][\w/:=.,@%+~^-]*$/;

/** A text by its beginning and its end, at most `most` UTF-16 units of it, and how much stands between. */
export function inShort(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor(most / 4);
  // Neither half a character nor half an escape.
  const start = text.slice(0, most - tail).replace(/(\\(u(\{[0-9a-f]{0,6})?)?|[\ud800-\udbff])$/, '');
  const end = text.slice(-tail).replace(/^(u?\{?[0-9a-f]{1,6}\}|[\udc00-\udfff])/, '');
  return `${start}[… ${text.length - start.length - end.length} characters more …]${end}`;
}

/** `1.5 MB`: powers of 1000, as disks are sold. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `1 view`, `1,200 rows`, `2 branches`. */
export function counted(
  count: number,
  noun: string,
  plural = /[sc]h$/.test(noun) ? `${noun}es` : `${noun}s`,
): string {
  return `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? noun : plural}`;
}

/** Text as one sh word. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
