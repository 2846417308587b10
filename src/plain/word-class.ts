/**
 * Sets of words, in a shape that a `case` of sh and JavaScript both decide in linear time: literal text, one character
 * of a few or none of a few, and `*`. Knows no tool and no rule.
 */

/** One piece of a class: text as it stands, one character that is (not) among these, or any text. */
type Piece = { readonly is: string } | { readonly of: string } | { readonly not: string } | '*';

/** A set of words. At most one `*` has anything but the end behind it: more would cost sh quadratic time. */
export type WordClass = readonly Piece[];

/** The set that a glob stands for: `--ou*`, `-[!-]*[fd]*`. Throws for what sh would not decide in linear time. */
export function wordClass(glob: string): WordClass {
  const pieces: Piece[] = [];
  for (const [text, members] of glob.matchAll(/\[(!?[^\]]+)\]|\*|[^*[]+|\[/g)) {
    if (text === '*') pieces.push('*');
    else if (members === undefined) pieces.push({ is: text });
    else pieces.push(members.startsWith('!') ? { not: members.slice(1) } : { of: members });
  }
  return linear(pieces);
}

/** The set that holds one word alone. */
export function exactly(word: string): WordClass {
  return [{ is: word }];
}

/** The set of all words that begin so. */
export function beginning(text: string): WordClass {
  return [{ is: text }, '*'];
}

/** Words with one of these letters after a single dash, also bundled behind others: `-f`, `-rf`. */
export function bundled(letters: string): readonly WordClass[] {
  return letters === ''
    ? []
    : [
        [{ is: '-' }, { of: letters }, '*'],
        [{ is: '-' }, { not: '-' }, '*', { of: letters }, '*'],
      ];
}

/** The set of all words with any but these characters in them. */
export function beyond(characters: string): WordClass {
  return ['*', { not: characters }, '*'];
}

/** Words with anything but letters, digits and the punctuation of names: others may not be what they seem. */
export const UNCLEAN: WordClass = beyond(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/@+=,%-',
);

/** The glob that a class was made of, for sh: quoted where sh would see more in it. */
export function shellPattern(pieces: WordClass): string {
  const pattern = linear(pieces)
    .map(piece => {
      if (piece === '*') return '*';
      if ('is' in piece) return shellLiteral(piece.is);
      return 'of' in piece ? `[${members(piece.of)}]` : `[!${members(piece.not)}]`;
    })
    .join('');
  return pattern === '' ? "''" : pattern;
}

const compiled = new WeakMap<WordClass, RegExp>();

/** Is the word of the class? */
export function isOf(pieces: WordClass, word: string): boolean {
  let expression = compiled.get(pieces);
  if (expression === undefined) {
    expression = new RegExp(sourceOf(pieces));
    compiled.set(pieces, expression);
  }
  return expression.test(word);
}

/** A function that tells whether a word is of any of the classes; nothing where there are none. */
export function testOf(classes: readonly WordClass[]): ((word: string) => boolean) | undefined {
  if (classes.length === 0) return undefined;
  const expression = new RegExp(classes.map(sourceOf).join('|'));
  return word => expression.test(word);
}

function sourceOf(pieces: WordClass): string {
  const source = pieces.map(piece => {
    if (piece === '*') return '[\\s\\S]*';
    if ('is' in piece) return escaped(piece.is);
    return 'of' in piece ? `[${escaped(piece.of)}]` : `[^${escaped(piece.not)}]`;
  });
  // Behind a last star nothing can fail.
  if (pieces.at(-1) === '*') return `^${source.slice(0, -1).join('')}`;
  return `^${source.join('')}$`;
}

/** A text as one word of sh, in quotes only where it needs them. */
function shellLiteral(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** In a bracket expression a dash stands last, or it makes a range. */
function members(characters: string): string {
  const others = characters.replaceAll('-', '');
  return others.length < characters.length ? `${others}-` : others;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Refuses what is no linear pattern of sh: a fault of guard's own tables. */
function linear(pieces: WordClass): WordClass {
  const inner = pieces.slice(0, -1).filter((piece, i) => piece === '*' && i > 0);
  const characters = pieces.flatMap(piece => (piece === '*' || 'is' in piece ? [] : Object.values(piece)));
  const odd = characters.find(text => !/^[A-Za-z0-9_.:/@+=,%-]+$/.test(text));
  if (inner.length > 1 || (pieces[0] === '*' && inner.length > 0) || odd !== undefined)
    throw new Error(`no class that sh decides in linear time: ${JSON.stringify(pieces)}`);
  return pieces;
}
