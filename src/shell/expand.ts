/**
 * Words of the syntax tree → the arguments they become (POSIX §2.6): braces, tildes, parameters, quotes. Marks
 * what it cannot know; runs no command, but hands those inside substitutions to the walker.
 */

import type { Word as AstWord, DoubleQuotedChild, ParsedScript, WordPart } from 'unbash';
import { assignedIn, nestedScripts } from './arithmetic.js';
import { expandBraces } from './braces.js';
import { type Input, uncertain, type Word } from './command.js';
import { Fields } from './fields.js';
import { expandParameter } from './operators.js';
import { joinItems, type Operands, parameter } from './parameters.js';
import type { PatternPiece } from './patterns.js';
import type { Reading, Sink } from './reading.js';
import { assign, type State } from './state.js';
import { saidBy, written } from './substitution.js';
import { expandTilde, type TildeContext } from './tilde.js';

/** What the walker offers to expansions. */
export interface Substituter {
  /** Follows the commands of a substitution, in a subshell; what they write goes to the sink given back. */
  substitute(script: ParsedScript, state: State): Sink;
  /** A script read from text made by an expansion; `undefined` where it is no list of plain words. */
  reparse(words: string): readonly AstWord[] | undefined;
}

const MAX_BRACED = 4_096;

/** Expansions in one command, in order: `${x:=y}` and `$((x=1))` change the state for the next. */
export class Expander implements Operands {
  constructor(
    readonly reading: Reading,
    public state: State,
    readonly walker: Substituter,
  ) {}

  /** The arguments that a word becomes: none, one or many. */
  words(word: AstWord, inList = false): readonly Word[] {
    if (word.parts?.some(part => part.type === 'BraceExpansion')) return this.#braced(word, inList);
    return this.#fields(word).words();
  }

  /** A word where nothing splits: an assignment's value, a here-string. Tildes after `:` count. */
  scalar(word: AstWord): Word {
    const fields = new Fields(this.state, this.reading, true);
    if (word.parts) this.#parts(word.parts, fields, 'value');
    else this.#literal(word.text, word.value, fields, true, 'value');
    return fields.word();
  }

  /** The text of a here-document. */
  heredoc(parts: readonly WordPart[]): Word {
    const fields = new Fields(this.state, this.reading, true);
    fields.inert('');
    this.#parts(parts, fields, 'none');
    return fields.word();
  }

  text(word: AstWord): Word {
    return this.scalar(word);
  }

  /** An operand as a pattern; `undefined` where part of it is not known. */
  pattern(word: AstWord): readonly PatternPiece[] | undefined {
    if (!word.parts) return word.text.includes('\\') ? undefined : [{ text: word.value, active: false }];
    const pieces: PatternPiece[] = [];
    for (const part of word.parts) {
      if (part.type === 'Glob' && part.kind !== 'bracket') pieces.push({ text: part.text, active: true });
      else if (part.type === 'Glob' && part.parts?.every(inner => inner.type === 'Literal')) {
        pieces.push({ text: part.text, active: true });
      } else {
        const fields = new Fields(this.state, this.reading, true);
        this.#part(part, fields);
        const known = fields.word();
        // An unquoted expansion's pattern characters would count too.
        if (!known.certain || (/Expansion/.test(part.type) && /[*?[\\]/.test(known.text))) return undefined;
        pieces.push({ text: known.text, active: false });
      }
    }
    return pieces;
  }

  /** The target of a redirection; uncertain where it is not one word. */
  target(word: AstWord): Word {
    const words = this.words(word);
    return words.length === 1 ? words[0]! : uncertain();
  }

  /** Follows what runs inside a piece of syntax whose value does not matter here. */
  visit(node: Parameters<typeof nestedScripts>[0]): void {
    for (const name of assignedIn(node)) {
      this.state = assign(this.state, this.reading, name, { text: '', certain: false, atomic: true });
    }
    for (const script of nestedScripts(node)) this.walker.substitute(script, this.state);
  }

  /** The unquoted or quoted pieces of an operand, spliced into the word around it. */
  splice(word: AstWord, fields: Fields, quoted: boolean): void {
    if (quoted || !word.parts) {
      // Inside double quotes an operand's own quotes mean different things to different shells.
      const odd = quoted && /['\\]/.test(word.text);
      fields.value(odd ? uncertain() : this.scalar(word), quoted || /['"\\]/.test(word.text));
      return;
    }
    for (const part of word.parts) {
      if (part.type === 'Literal')
        fields.value({ text: part.value, certain: true }, part.text !== part.value);
      else this.#part(part, fields);
    }
  }

  /** The input that a redirection from this word gives: `< <(…)` reads the commands' output. */
  inputFrom(word: AstWord | undefined, path: Word): Input {
    const part = word?.parts?.length === 1 ? word.parts[0] : undefined;
    return part?.type === 'ProcessSubstitution' && path.outputOf
      ? { from: 'pipe', commands: path.outputOf }
      : { from: 'file', path };
  }

  #fields(word: AstWord): Fields {
    const fields = new Fields(this.state, this.reading, false);
    const context = /^[A-Za-z_]\w*=/.test(word.text) ? 'argument' : 'word';
    if (word.parts) this.#parts(word.parts, fields, context);
    else this.#literal(word.text, word.value, fields, true, context);
    return fields;
  }

  #braced(word: AstWord, inList: boolean): readonly Word[] {
    const texts = word.text.length > MAX_BRACED ? undefined : expandBraces(word.text);
    if (texts === undefined) {
      // A `for` over a long sequence is ordinary: its variable is uncertain, and that says enough.
      if (!inList) this.reading.doubt('limit', 'braces expand to more words than guard follows');
      this.visit(word);
      const start = /^[\w./-]*/.exec(word.text)![0];
      return [uncertain(start, true)];
    }
    const words: Word[] = [];
    for (const text of texts) {
      if (text === '') continue;
      const parsed = this.walker.reparse(text);
      if (parsed?.length !== 1) {
        this.visit(word);
        return [uncertain('', true)];
      }
      words.push(...this.reading.away(() => this.#fields(parsed[0]!).words()));
    }
    return words;
  }

  #parts(parts: readonly WordPart[], fields: Fields, context: TildeContext): void {
    for (const [at, part] of parts.entries()) {
      if (part.type === 'Literal' && context !== 'none') {
        this.#literal(part.text, part.value, fields, at === parts.length - 1, at === 0 ? context : 'none');
      } else this.#part(part, fields);
    }
  }

  #literal(text: string, value: string, fields: Fields, whole: boolean, context: TildeContext): void {
    if (context === 'none' || !text.includes('~')) {
      fields.inert(value);
      return;
    }
    for (const piece of expandTilde(text, value, whole, context, this.state, this.reading)) {
      if (piece.certain) fields.inert(piece.text);
      else fields.unknown({ splits: false });
    }
  }

  #part(part: WordPart, fields: Fields): void {
    switch (part.type) {
      case 'SingleQuoted':
        fields.inert(part.value);
        return;
      case 'AnsiCQuoted':
        // U+FFFD: bytes that are no text, so the argument is not what it looks like.
        if (part.value.includes('\uFFFD')) fields.unknown({ splits: false });
        else fields.inert(part.value);
        return;
      case 'DoubleQuoted':
      case 'LocaleString':
        if (!this.#isOnlyItems(part.parts)) fields.inert('');
        for (const child of part.parts) this.#expansion(child, fields, true);
        return;
      case 'Glob':
        if (part.kind === 'bracket' && !part.parts.every(inner => inner.type === 'Literal')) {
          this.visit(part);
          fields.unknown({ splits: true });
        } else fields.active(part.text);
        return;
      case 'ProcessSubstitution': {
        // What `>(…)` reads, the command around it writes.
        const input: Input = part.operator === '<' ? this.state.input : { from: 'text', text: uncertain() };
        const pipe = part.script
          ? this.walker.substitute(part.script, { ...this.state, input }).commands
          : [];
        fields.unknown({ splits: false, ...(part.operator === '<' && { outputOf: pipe }) });
        return;
      }
      case 'BraceExpansion':
      case 'ExtendedGlob':
        this.visit(part);
        fields.unknown({ splits: true });
        return;
      default:
        this.#expansion(part, fields, false);
    }
  }

  #expansion(part: DoubleQuotedChild, fields: Fields, quoted: boolean): void {
    switch (part.type) {
      case 'Literal':
        fields.inert(part.value);
        return;
      case 'SimpleExpansion': {
        const found = parameter(part.text.slice(1), this.state, this.reading);
        if ('value' in found) fields.value(found.value, quoted);
        else if (quoted && found.joined) fields.value(joinItems(found.items), true);
        else fields.items(found.items, quoted);
        return;
      }
      case 'ParameterExpansion':
        expandParameter(part, this, fields, quoted);
        return;
      case 'CommandExpansion': {
        const sink = part.script ? this.walker.substitute(part.script, this.state) : undefined;
        const said = sink && saidBy(sink, this.state);
        if (said) fields.value(said, quoted);
        else fields.unknown({ splits: !quoted, ...(sink && { outputOf: written(sink) }) });
        return;
      }
      case 'ArithmeticExpansion':
        this.visit(part);
        fields.unknown({ splits: false });
    }
  }

  /** `"$@"` alone becomes no argument at all where there are no parameters. */
  #isOnlyItems(parts: readonly DoubleQuotedChild[]): boolean {
    return parts.length === 1 && /^(?:\$@|\$\{@\}|\$\{\w+\[@\]\})$/.test(parts[0]!.text);
  }
}
