/**
 * fish's blocks, `set` and `(…)` → the same in bash, so that one reader does for both. A statement that it does not know
 * stays as it is. Runs nothing, judges nothing.
 */

/** A word as it is written, or a separator of statements. */
type Piece = { readonly word: string } | { readonly separator: string };

const SEPARATORS: Readonly<Record<string, string>> = { '&|': '|&', ';': '\n' };
const MAX_DEPTH = 20;

/** The script in bash's words (fish(1) 3.6, "The fish language"); `undefined` where quotes or brackets do not close. */
export function fishAsBash(text: string, depth = 0): string | undefined {
  const pieces = depth > MAX_DEPTH ? undefined : piecesOf(text);
  if (!pieces) return undefined;
  const script = new Script(depth);
  let words: string[] = [];
  for (const piece of [...pieces, { separator: '\n' }]) {
    if ('word' in piece) words.push(piece.word);
    else {
      script.statement(words, piece.separator);
      words = [];
    }
  }
  return script.text;
}

class Script {
  text = '';
  /** What closes each open block. */
  readonly #open: string[] = [];

  constructor(readonly depth: number) {}

  statement(given: readonly string[], separator: string): void {
    const [keyword = '', ...rest] = given;
    const then = (closing: string, head: string, middle: string) => {
      this.#open.push(closing);
      this.#put(head, rest, '\n');
      this.text += `${middle}\n`;
    };
    switch (keyword) {
      case '':
        this.text += separator;
        return;
      case 'for':
        then('done', 'for', 'do');
        return;
      case 'while':
        then('done', 'while', 'do');
        return;
      case 'if':
        then('fi', 'if', 'then');
        return;
      case 'else':
        if (rest[0] === 'if') {
          this.#put('elif', rest.slice(1), '\n');
          this.text += 'then\n';
        } else this.text += 'else\n';
        return;
      case 'switch':
        this.#open.push('esac');
        this.text += `case ${this.#word(rest[0] ?? '')} in\n`;
        return;
      case 'case':
        this.text += `${/ in\n$/.test(this.text) ? '' : ';;\n'}${rest.map(word => word.replace(/^(['"])(.*)\1$/s, '$2')).join('|')})\n`;
        return;
      case 'begin':
        this.#open.push('}');
        this.text += '{\n';
        if (rest.length > 0) this.statement(rest, separator);
        return;
      case 'function':
        this.#open.push('}');
        this.text += `${rest.find(word => !word.startsWith('-')) ?? 'f'}() {\n`;
        return;
      case 'end':
        this.#put(this.#open.pop() ?? 'end', rest, separator);
        return;
      case 'and':
      case 'or':
        this.statement(rest, separator);
        return;
      case 'not':
        this.text += '! ';
        this.statement(rest, separator);
        return;
      case 'set':
        this.#set(rest, separator);
        return;
      default:
        this.#put('', given, separator);
    }
  }

  /** `set -gx NAME value`, `set -e NAME`. */
  #set(given: readonly string[], separator: string): void {
    const options = given.filter(word => word.startsWith('-'));
    const [name = '', ...values] = given.filter(word => !word.startsWith('-'));
    const isAsked = options.some(option => /^-\w*[qSn]|^--(query|show|names)/.test(option));
    if (isAsked || !/^[A-Za-z_]\w*$/.test(name)) {
      this.#put('', ['set', ...given], separator);
      return;
    }
    const isGone = options.some(option => /^-\w*e|^--erase/.test(option));
    const isExported = options.some(option => /^-\w*x|^--export/.test(option));
    const value = values.map(word => this.#word(word)).join(' ');
    const set = values.length > 1 ? `${name}=(${value})` : `${name}=${value}`;
    this.text += `${isGone ? `unset ${name}` : isExported ? `export ${set}` : set}${separator}`;
  }

  #put(head: string, words: readonly string[], separator: string): void {
    this.text +=
      [head, ...words.map(word => this.#word(word))].filter(part => part !== '').join(' ') + separator;
  }

  /** `(cmd)` is bash's `$(cmd)`. */
  #word(word: string): string {
    return word.replace(
      /'(?:\\.|[^'\\])*'|\\.|\$?\(((?:'[^']*'|"[^"]*"|[^()]|\([^()]*\))*)\)/gs,
      (whole, inner?: string) => {
        if (inner === undefined) return whole;
        return `$(${fishAsBash(inner, this.depth + 1)?.trim() ?? inner})`;
      },
    );
  }
}

/** The words and the separators between them. */
function piecesOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const pattern =
    /(?<space>[ \t]+|\\\n|#[^\n]*)|(?<separator>\n|;|&&|\|\||&?\||&(?!>))|(?<word>(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\\[\s\S]|\((?:'[^']*'|"[^"]*"|[^()]|\((?:[^()]|\([^()]*\))*\))*\)|&>|[^\s;&|()'"\\])+)/gy;
  while (pattern.lastIndex < text.length) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) return undefined;
    const { separator, word } = groups;
    if (word !== undefined) pieces.push({ word });
    else if (separator !== undefined) pieces.push({ separator: SEPARATORS[separator] ?? separator });
  }
  return pieces;
}
