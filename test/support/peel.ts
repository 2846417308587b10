/** Commands as wrappers hand them on, without the shell parser: words in, the innermost words or script out. */

import { parse as split } from 'shell-quote';
import { readGenerically } from '../../src/invocation/generic.js';
import type { Inner } from '../../src/invocation/grammar.js';
import type { Invocation } from '../../src/invocation/invocation.js';
import { grammarOf } from '../../src/invocation/lookup.js';
import { parse } from '../../src/invocation/parse.js';
import { baseName } from '../../src/paths.js';
import type { World } from '../../src/port.js';
import { certain, type Doubt, type Input, uncertain, type Word } from '../../src/shell/command.js';
import { fakeWorld } from './world.js';

/** What came out of all the wrappers. */
export interface Peeled {
  /** Word lists and scripts: `rm -rf x`, `script: rm -rf x`. `?` stands for an uncertain word. */
  readonly inner: readonly string[];
  readonly via: readonly string[];
  readonly doubts: readonly Doubt['kind'][];
  readonly last: Inner | undefined;
}

interface Setting {
  readonly world?: World;
  readonly input?: Input;
}

/** Words of a line without expansions; `?` is an uncertain word that splits, `?q` one that does not. */
export function wordsOf(line: string): readonly Word[] {
  return split(line, name => `$${name}`).map(part => {
    const text =
      typeof part === 'string' ? part : 'pattern' in part ? part.pattern : 'op' in part ? part.op : '#';
    if (text === '?') return uncertain('', true);
    return text === '?q' ? uncertain() : certain(text);
  });
}

export function invocationOf(words: readonly Word[], setting: Setting = {}): Invocation {
  const program = words[0] ?? certain('');
  const name = program.certain ? baseName(program.text) : '';
  const grammar = grammarOf(name);
  return {
    ...(grammar ? parse(words, grammar) : readGenerically(words)),
    tool: grammar?.tool ?? name,
    known: grammar !== undefined,
    program,
    argv: words,
    environment: [],
    clearedEnvironment: false,
    redirects: [],
    input: setting.input ?? { from: 'inherited' },
    directory: certain('/work/app'),
    via: [],
    openEnded: false,
    doubts: [],
  };
}

export function peel(line: string | readonly Word[], setting: Setting = {}): Peeled {
  const world = setting.world ?? fakeWorld();
  const inner: string[] = [];
  const via: string[] = [];
  const doubts: Doubt['kind'][] = [];
  let last: Inner | undefined;
  const visit = (words: readonly Word[], input: Input | undefined, depth: number, open: boolean) => {
    const invocation = { ...invocationOf(words, input ? { input } : {}), openEnded: open };
    const found = grammarOf(invocation.tool)?.unwrap?.(invocation, world);
    doubts.push(...(found?.doubts ?? []).map(doubt => doubt.kind));
    if (!found || found.inner.length === 0) {
      if (depth > 0) inner.push(shown(words) + (open ? ' …' : ''));
      return;
    }
    for (const one of found.inner) {
      last = one;
      via.push(one.via);
      if (one.words) visit(one.words, one.input ?? input, depth + 1, one.openEnded ?? open);
      else inner.push(`script: ${one.script?.text}`);
    }
  };
  visit(typeof line === 'string' ? wordsOf(line) : line, setting.input, 0, false);
  return { inner, via, doubts, last };
}

function shown(words: readonly Word[]): string {
  return words.map(word => (word.certain ? word.text : word.text === '' ? '?' : `${word.text}?`)).join(' ');
}
