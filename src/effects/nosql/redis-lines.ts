/** A line of Redis commands ↔ its words, by the quotes of redis-cli and the server's inline protocol (sds.c). Judges nothing. */

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** The words of a line; what stands behind a quote that does not close is one word more. */
export function wordsOfLine(line: string): readonly string[] {
  const words = line.match(/(?:"(?:\\.|[^"\\])*"?|'(?:\\'|[^'])*'?|[^\s"'])+/g) ?? [];
  return words.map(word =>
    word.replace(/"((?:\\.|[^"\\])*)"?|'((?:\\'|[^'])*)'?/g, (_, double?: string, single = '') =>
      double === undefined ? single.replaceAll("\\'", "'") : unescaped(double),
    ),
  );
}

/** One line that has these words. */
export function lineOf(words: readonly string[]): string {
  return words
    .map(word => (/^[^\s"'\\]+$/.test(word) ? word : `"${word.replace(/["\\\n\r]/g, escaped)}"`))
    .join(' ');
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/gs, (_, hex?: string, letter = '') =>
    hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  return character === '\r' ? '\\r' : `\\${character}`;
}
