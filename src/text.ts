/** Showing text that an attacker may have chosen: control characters made visible, words quoted. Knows no tool. */

import { quote as quoteWords } from 'shell-quote';

/** Control characters, separators and direction marks as `\u{…}`, so that text cannot draw on the terminal. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g,
    character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
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
