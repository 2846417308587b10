/** Words that are what they say, whole or in quotes, found without a parser; and those that are never a program's name. */

/** Words that are no program's name where one is to stand, or that make assignments of the words behind them. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `if then else elif fi for in do done while until case esac select function time coproc repeat foreach end always noglob
  nocorrect declare typeset local export readonly alias let eval`.split(/\s+/),
);

/** What stands for itself outside quotes. No `#`, `*`, `$`, backslash, brace, bracket or `!` among them. */
const BARE = classOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=,@%+-');
/** In quotes: these are looked at by no shell, but who wrote them meant something else than a word. */
const ODD = classOf('\n\r\0');
/** What a double quote does not take for what it says. */
const LIVE = classOf('$`\\!\n\r\0');
const TILDE = 126;
const LETTER = /[A-Za-z0-9]/;

/** Where the word that begins here ends; nothing where something in it is more than it says. */
export function endOfWord(script: string, from: number): number | undefined {
  let at = from;
  for (; at < script.length; at += 1) {
    const code = script.charCodeAt(at);
    if (BARE[code]) continue;
    // `HEAD~2`: a home directory stands only where a word, a value or a part of a path list begins.
    if (code === TILDE && at > from && LETTER.test(script[at - 1]!)) continue;
    const quote = script[at]!;
    if (quote !== "'" && quote !== '"') break;
    const end = script.indexOf(quote, at + 1);
    if (end < 0) return undefined;
    const refused = quote === '"' ? LIVE : ODD;
    for (let i = at + 1; i < end; i += 1) if (refused[script.charCodeAt(i)]) return undefined;
    at = end;
  }
  return at === script.length || ' \n;|&>'.includes(script[at]!) ? at : undefined;
}

/** By character code, of ASCII characters. */
function classOf(characters: string): readonly (true | undefined)[] {
  const members: (true | undefined)[] = Array(128).fill(undefined);
  for (const character of characters) members[character.charCodeAt(0)] = true;
  return members;
}
