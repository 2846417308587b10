/**
 * What a command acts on, where a rule named the command itself and no effect says it: by the options that its grammar
 * says name things, by the words behind the pattern's, by what the directory is linked to. Judges nothing.
 */

import type { Sign } from '../effects/surroundings/sign.js';
import type { Invocation } from '../invocation/invocation.js';
import { compileGlobs } from './glob.js';
import type { CommandPattern } from './pattern.js';
import { operandsBehind, type Prepared } from './pattern-match.js';

/** Options that name things in most tools, tried where no word does. */
const USUAL = '--name --id --*-name --*-id --topic --group --bucket --database --app --project';
const LINKED: readonly Sign['kind'][] = ['projects', 'workspaces', 'databases', 'kube'];
const MAX_LENGTH = 80;

/** The name, or empty where nothing names it. */
export function targetOf(
  prepared: Prepared,
  patterns: readonly CommandPattern[],
  signs: () => readonly Sign[],
): string {
  const { invocation, grammar } = prepared;
  const candidates = [
    () => (grammar?.targets === undefined ? '' : named(grammar.targets, invocation)),
    () => behind(prepared, patterns),
    () => named(USUAL, invocation),
    () => signs().find(({ kind, name }) => LINKED.includes(kind) && name !== '?')?.name ?? '',
  ];
  for (const candidate of candidates) {
    const target = candidate();
    if (target !== '') return target;
  }
  return '';
}

/** The words that follow those of the pattern; an address among them says it best. */
function behind(prepared: Prepared, patterns: readonly CommandPattern[]): string {
  const words = operandsBehind(prepared, patterns).filter(isName);
  const addresses = words.filter(word => /^[a-z][\w+.-]*:\/\//i.test(word));
  return joined(addresses.length > 0 ? addresses : words);
}

/** The values of the first option that is given, all of them: `--instance-ids i-1 i-2`. */
function named(names: string, invocation: Invocation): string {
  const words = invocation.argv.map(word => word.text);
  const noun = nounOf(invocation);
  for (const glob of names.split(/\s+/).flatMap(name => withNoun(name, noun))) {
    const matches = compileGlobs(glob);
    const at = words.findIndex((word, i) => i > 0 && matches(word.split('=', 1)[0]!));
    if (at < 0) continue;
    const equals = words[at]!.indexOf('=');
    if (equals > 0) return joined([words[at]!.slice(equals + 1)]);
    const rest = words.slice(at + 1);
    const end = rest.findIndex(word => word.startsWith('-'));
    const values = joined(end < 0 ? rest : rest.slice(0, end));
    if (values !== '') return values;
  }
  return '';
}

/** What the operation speaks of: `instance` of `terminate-instances`, as it stands and without its plural. */
function nounOf({ operands }: Invocation): readonly string[] {
  const noun = operands[1]?.text.replace(/^(admin-|batch-)?[a-z]+-/, '') ?? '';
  const singular = noun.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  return [...new Set([noun, singular])].filter(one => /^[a-z0-9-]+$/.test(one));
}

function withNoun(name: string, nouns: readonly string[]): readonly string[] {
  return name.includes('<noun>') ? nouns.map(noun => name.replace('<noun>', noun)) : [name];
}

function isName(word: string): boolean {
  return word !== '' && word.length <= MAX_LENGTH && !/\s/.test(word);
}

function joined(words: readonly string[]): string {
  const text = words.filter(isName).join(' ');
  return text.length <= MAX_LENGTH ? text : (words[0] ?? '');
}
