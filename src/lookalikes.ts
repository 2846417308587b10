/**
 * Words that are not what they look like: letters of other scripts in a Latin word, whole words of letters that all pass for
 * Latin ones, forms of letters that are none a keyboard has. Shown by their code points, as an escape. Ordinary text of any
 * language stays as it is. Judges nothing.
 */

import { once } from './once.js';

/**
 * Letters that pass for an ASCII letter or digit, as confusables.txt of Unicode's UTS #39 has them, without those that only the
 * list's rules of shape bring together (γ, σ).
 */
const alike = once(
  () =>
    new Set(
      [
        // Cyrillic
        '\u0405\u0406\u0408\u0410\u0412\u0415\u0417\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u042c\u0430\u0431\u0433\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0461\u0474\u0475\u04ae\u04af\u04bb\u04bd\u04c0\u04cf\u04e0\u0501\u050c\u051b\u051c\u051d\ua644\ua647',
        // Greek
        '\u037a\u037f\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03bd\u03bf\u03c1\u03c5\u03d2\u03dc\u03f1\u03f2\u03f3\u03f9\u03fa\u1d26',
        // Armenian
        '\u054d\u054f\u0555\u0561\u0563\u0566\u0570\u0578\u057c\u057d\u0581\u0584\u0585',
        // Cherokee
        '\u13a0\u13a1\u13a2\u13a5\u13a9\u13aa\u13ab\u13ac\u13b3\u13b7\u13bb\u13bd\u13c0\u13c2\u13c3\u13ce\u13cf\u13d2\u13d4\u13d5\u13d9\u13da\u13de\u13df\u13e2\u13e6\u13e7\u13ee\u13f3\u13f4\uab75\uab81\uab83\uab93\uaba9\uabaa\uabaf',
      ].join(''),
    ),
);

/** Small capitals to a reader, where Latin letters stand around them: к, м, т, н, в, и, п. */
const ALIKE_IN_LATIN = '\u043a\u043c\u0442\u043d\u0432\u0438\u043f';

/** Kinds of letters, by sets that the engine builds only where something is not ASCII. */
const kinds = once(() => ({
  letter: /[\p{L}\p{Nl}]/u,
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  cjk: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
  /** Scripts that nobody writes commands in today, or whose letters mostly pass for Latin capitals. */
  rare: /[\p{Script=Lisu}\p{Script=Coptic}\p{Script=Deseret}\p{Script=Osage}\p{Script=Warang_Citi}\p{Script=Old_Italic}\p{Script=Runic}\p{Script=Carian}\p{Script=Lycian}\p{Script=Elbasan}\p{Script=Miao}\p{Script=Canadian_Aboriginal}\p{Script=Tifinagh}\p{Script=Gothic}]/u,
  word: /[\p{L}\p{M}\p{Nl}\p{Cf}]+/gu,
}));

/** Latin letters, as phonetics and medieval editions use them, that pass for ASCII ones: ɑ, ɡ, ɪ, ʟ, ʏ, small capitals. */
const ODD_LATIN =
  /[\u0251\u0261\u026a\u028f\u029f\u1d00-\u1d25\u1d83\u1d8c\ua730\ua731\uab32\uab3d\uab4e\uab52]/;
/** What stands between the parts of addresses and paths. */
const PIECE = /[^\t\n /:@=?&#,;'"]+/gu;
const LATIN_LIKE_CYRILLIC = /^[aceopxyijsABCEHIJKMOPSTXY]$/;
const FULL_WIDTH = /[\uff01-\uff5e]/;
/** How far a word beside another is looked for, in UTF-16 units. */
const NEAR = 40;

/** A character's code point, as text that no terminal draws otherwise. */
export function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** What is asked of the part of a path or an address in which a word stands, at most once each. */
interface Around {
  /** Does it hold Chinese, Japanese or Korean letters? */
  readonly cjk: () => boolean;
  /** Do letters that nobody takes for Latin stand in it, or beside it in a sentence? */
  readonly foreign: () => boolean;
}

/** The text with every such letter by its code point. */
export function withoutLookalikes(text: string): string {
  const { word: words, cjk } = kinds();
  return text.replace(PIECE, (piece, at: number) => {
    const around: Around = {
      cjk: once(() => cjk.test(piece)),
      foreign: once(
        () => isForeign(piece) || (!/[A-Za-z]/.test(piece) && isForeign(neighbours(text, at, piece))),
      ),
    };
    return piece.replace(words, word => wordShown(word, around));
  });
}

function wordShown(word: string, around: Around): string {
  const { letter: isLetter, latin: ofLatin, cjk, cyrillic } = kinds();
  const letters = [...word].filter(character => isLetter.test(character));
  const latin = letters.filter(letter => ofLatin.test(letter));
  const hidden = new Set(letters.filter(letter => ODD_LATIN.test(letter) || isForm(letter, around)));
  const others = letters.filter(letter => !ofLatin.test(letter) && !cjk.test(letter) && !hidden.has(letter));
  const isMixed = latin.length > 0;
  const passes = (letter: string) => isAlike(letter) || (isMixed && ALIKE_IN_LATIN.includes(letter));
  if (others.every(passes)) {
    if (isMixed || !around.foreign()) for (const letter of others) hidden.add(letter);
  } else if (
    latin.every(letter => LATIN_LIKE_CYRILLIC.test(letter)) &&
    others.every(one => cyrillic.test(one))
  ) {
    // A Latin letter in a Cyrillic word.
    for (const letter of latin) hidden.add(letter);
  }
  if (hidden.size === 0) return word;
  return [...word].map(character => (hidden.has(character) ? escaped(character) : character)).join('');
}

/** A form of ASCII letters made for mathematics, old character sets or typesetting; full width only where nothing else is. */
function isForm(letter: string, around: Around): boolean {
  if (letter <= 'ÿ' || !/^[A-Za-z]+$/.test(letter.normalize('NFKC'))) return false;
  return !(FULL_WIDTH.test(letter) && around.cjk());
}

function isAlike(letter: string): boolean {
  return alike().has(letter) || kinds().rare.test(letter);
}

function isForeign(text: string): boolean {
  const { letter, latin, cjk } = kinds();
  return [...text].some(one => letter.test(one) && !latin.test(one) && !cjk.test(one) && !isAlike(one));
}

/** What stands before and after a piece that is a word by itself; nothing where it is part of an address or a path. */
function neighbours(text: string, at: number, piece: string): string {
  const before = text.slice(Math.max(0, at - NEAR), at).replace(/["']$/, '');
  const after = text.slice(at + piece.length, at + piece.length + NEAR).replace(/^["',;:]/, '');
  if (!/(^|\s)$/.test(before.slice(-1)) || !/^($|\s)/.test(after)) return '';
  return `${before.trimEnd().split(/\s/).at(-1)} ${after.trimStart().split(/\s/, 1)[0]}`;
}
