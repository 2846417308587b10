/** Command lines of every tool that has a shim: as people type them, as rules' examples do, by grammar, and broken. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectors } from '../../src/effects/inspectors/index.js';
import type { CommandGrammar } from '../../src/invocation/grammar.js';
import { grammars } from '../../src/invocation/grammars/index.js';
import { grammarOf } from '../../src/invocation/lookup.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import { baseName } from '../../src/paths.js';
import type { PlainCommands } from '../../src/plain/commands.js';
import { plainProgram } from '../../src/plain/derive.js';
import type { PlainProgram } from '../../src/plain/program.js';
import { RuleFacts } from '../../src/plain/rules.js';
import { candidates } from '../../src/shims/tools.js';
import { builtinPolicy } from './policy.js';
import { fakeWorld } from './world.js';

/** One command line: the program by name, and its words. */
export interface Line {
  readonly tool: string;
  readonly words: readonly string[];
}

/** No repository can be asked and nothing is there: whatever may be lost counts as lost. */
export const world = fakeWorld({ git: () => ({ status: -1, stdout: '' }) });

const policy = builtinPolicy();
const facts = new RuleFacts(policy.rules);
/** Every program that gets a shim where it is installed. */
export const tools = candidates({ grammars, inspectors, rules: policy.rules });

const programs = new Map<string, PlainProgram>();

/** What of a tool needs no judge under the built-in rules. */
export function plainOf(tool: string): PlainProgram {
  let program = programs.get(tool);
  if (program === undefined) {
    program = plainProgram(tool, grammarOf(tool), inspectors, facts);
    programs.set(tool, program);
  }
  return program;
}

/** Until a program was met a few times, nothing of it is plain to a batch. */
export function meet(commands: PlainCommands, more: readonly string[] = []): void {
  for (const tool of [...tools, ...more]) for (let i = 0; i < 10; i += 1) commands.hasScript(tool);
}

/** The commands of a corpus; one of several lines stands between two lines of `%%`. */
export function corpus(file: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../corpus', file), 'utf8');
  return text
    .split(/^%%$/m)
    .flatMap((part, i) =>
      i % 2 === 1
        ? [part.trim()]
        : part.split('\n').filter(line => line.trim() !== '' && !line.startsWith('#')),
    );
}

/** Every command in the scripts whose program has a shim, those inside others included. */
export async function linesOf(scripts: readonly string[]): Promise<readonly Line[]> {
  const known = new Set(tools);
  const lines: Line[] = [];
  for (const script of scripts) {
    for (const { program, argv } of await understood(script)) {
      const tool = baseName(program.text);
      if (known.has(tool)) lines.push({ tool, words: argv.slice(1).map(word => word.text) });
    }
  }
  return lines;
}

async function understood(script: string) {
  for (;;) {
    try {
      return understandScript(script, world);
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

/** All that people and rules say, as a start. */
export async function seeds(): Promise<readonly Line[]> {
  const examples = policy.rules.flatMap(({ examples: { match, not_match } }) => [...match, ...not_match]);
  const corpora = readdirSync(join(import.meta.dirname, '../corpus')).filter(file => file.endsWith('.txt'));
  return linesOf([...examples, ...corpora.flatMap(corpus)]);
}

/** Draws lines, always the same for the same seed (mulberry32). */
export class Generator {
  #state: number;
  readonly #byTool = new Map<string, readonly string[][]>();
  readonly #tools: readonly string[];

  constructor(seed: number, lines: readonly Line[]) {
    this.#state = seed;
    for (const { tool, words } of lines) {
      this.#byTool.set(tool, [...(this.#byTool.get(tool) ?? []), [...words]]);
    }
    // Tools of which much is plain are where a mistake would be: they come as often as all others.
    this.#tools = [
      ...tools,
      ...tools
        .filter(tool => grammarOf(tool)?.plain !== undefined || grammarOf(tool)?.plainRuns !== undefined)
        .flatMap(tool => Array(20).fill(tool)),
    ];
  }

  line(tool = this.of(this.#tools)): Line {
    if (this.#chance(0.05))
      return { tool, words: Array.from({ length: this.#below(5) }, () => this.#bytes(40)) };
    const seeds = this.#byTool.get(tool) ?? [];
    let words =
      this.#running(tool) ??
      (seeds.length > 0 && this.#chance(0.6) ? [...this.of(seeds)] : this.#written(tool));
    for (let n = this.#below(4); n > 0; n -= 1) words = this.#mutated(words, tool);
    return { tool, words: words.slice(0, 40) };
  }

  /** A line of another program behind the words that run it. */
  #running(tool: string): string[] | undefined {
    const { plainRuns } = grammarOf(tool) ?? {};
    if (!plainRuns || this.#chance(0.5)) return undefined;
    const name = this.of(this.#chance(0.8) ? plainRuns.programs : tools);
    const behind = this.of(plainRuns.behind).split(' ').filter(Boolean);
    const inner = this.#chance(0.3)
      ? this.of([...this.#byTool.values()].map(lines => lines[0]!))
      : this.line(name).words;
    return [...behind, ...(this.#chance(0.1) ? this.#option([]) : []), name, ...inner];
  }

  /** By the grammar: subcommands, options in their spellings, and words. */
  #written(tool: string): string[] {
    const words: string[] = [];
    let at: CommandGrammar | undefined = grammarOf(tool);
    const levels: CommandGrammar[] = [];
    while (at) {
      levels.push(at);
      if (this.#chance(0.15)) words.push(...this.#option(levels));
      const names = Object.entries(at.subcommands ?? {}).flatMap(([name, { aliases = [] }]) => [
        name,
        ...aliases,
      ]);
      if (names.length === 0 || this.#chance(0.05)) break;
      const name = this.of(names);
      words.push(name);
      at = at.subcommands?.[name];
    }
    for (let n = this.#below(4); n > 0; n -= 1) {
      words.push(...(this.#chance(0.6) ? this.#option(levels) : [this.#word()]));
    }
    return words;
  }

  #option(levels: readonly CommandGrammar[]): string[] {
    const rows = levels.flatMap(level => [...optionsOf(level.options ?? '')]);
    if (rows.length === 0) return [this.of(['-f', '--force', '--delete', '-rf', '-D', '--all', '-y'])];
    const [spelling, row] = this.of(rows);
    const name =
      this.#chance(0.2) && spelling.startsWith('--') ? spelling.slice(0, 3 + this.#below(5)) : spelling;
    if (row.arity === 'none') return [this.#chance(0.05) ? name.replace(/^--/, '--no-') : name];
    return this.#chance(0.5)
      ? [name, this.#word()]
      : [`${name}${name.startsWith('--') ? '=' : ''}${this.#word()}`];
  }

  #mutated(words: string[], tool: string): string[] {
    const at = this.#below(words.length + 1);
    const other = this.of(this.#byTool.get(tool) ?? [[]]);
    switch (this.#below(9)) {
      case 0:
        return words.toSpliced(at, 1);
      case 1:
        return words.toSpliced(at, 0, ...this.#option([grammarOf(tool) ?? {}]));
      case 2:
        return words.toSpliced(at, 0, this.#word());
      case 3:
        return words.toSpliced(at, 1, this.#bytes());
      case 4:
        return [...words.slice(0, at), ...other.slice(this.#below(other.length + 1))];
      case 5:
        return words.toSpliced(at, 0, other[this.#below(other.length)] ?? '--');
      case 6:
        return words.map((word, i) => (i === at ? word.slice(0, -1) : word));
      case 7:
        return words.map((word, i) =>
          i === at && word.startsWith('-') ? `${word}${this.of([...'fdDrRnx='])}` : word,
        );
      default:
        return words.toSorted(() => this.#below(3) - 1);
    }
  }

  #word(): string {
    return this.of([
      'x',
      'main',
      'HEAD',
      '/',
      '.',
      'src/',
      '+a:b',
      ':b',
      'a:',
      '-',
      '--',
      '',
      'a b',
      '*',
      'ext::sh -c id',
      'prod',
      '0',
      'all',
      'now',
      'é',
      '--force',
      '-f',
      'delete',
      'rm',
      'exec',
      this.#bytes(),
    ]);
  }

  /** Characters that mean something to somebody, or any; the judge reads bytes that are no UTF-8 as U+FFFD. */
  #bytes(limit = 6): string {
    const length = this.#below(limit);
    const any = () => this.of([String.fromCharCode(1 + this.#below(127)), 'é', '\u{1f600}', '\ufffd']);
    const special = () => this.of([...'-fdD=+:é\n\t\'"\\$*?[]!^~\x01\x7f', '\ufffd']);
    const one = this.#chance(0.5) ? any : special;
    return Array.from({ length }, one).join('');
  }

  /** One line of it in a script: what is no plain word stands in quotes. */
  #scriptLine(among: readonly string[]): string {
    const { tool, words } = this.line(this.of(among));
    const quoted = (word: string) => {
      if (/^[\w./:=,@%+-]+$/.test(word) && this.#chance(0.95)) return word;
      if (this.#chance(0.05)) return word;
      const [own, other] = this.of([`'"`, `"'`]);
      const text = word.replaceAll(own!, other!);
      const from = this.#chance(0.8) ? 0 : this.#below(text.length);
      return `${text.slice(0, from)}${own}${text.slice(from)}${own}`;
    };
    return [this.of(['', '', '', '', '', 'sudo ', 'time ', 'anything ']) + tool, ...words.map(quoted)].join(
      ' ',
    );
  }

  /** Lines of these tools, one or more, as people put them together. */
  script(among = this.#tools): string {
    const parts = [this.#scriptLine(among)];
    while (this.#chance(1 / 3)) {
      parts.push(
        this.of([' && ', ' | ', '; ', '\n', ' 2>&1 | ', ' >/dev/null || ', ' & ', ' > ', ' ', ' ; ']),
        this.#scriptLine(among),
      );
    }
    return parts.join('');
  }

  /** One of these. */
  of<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }

  #chance(share: number): boolean {
    return this.#next() < share;
  }

  #below(limit: number): number {
    return limit === 0 ? 0 : Math.floor(this.#next() * limit);
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
