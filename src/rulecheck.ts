/**
 * A rule's own examples, proved: as written, disguised, alone and with all packs, and each condition needed. Changes
 * no verdict and asks no real machine: examples are judged in an exemplary world without files.
 */

import { decide } from './decide.js';
import { grammarOf } from './invocation/lookup.js';
import { baseName } from './paths.js';
import { type Disguise, disguisesOf } from './policy/disguise.js';
import { evaluate } from './policy/evaluate.js';
import type { Condition, Pack, Policy, Rule, Understood } from './policy/rule.js';
import type { World } from './port.js';
import { certain } from './shell/command.js';
import { readScript } from './shell/script.js';

/** Something that a rule does not prove, as a sentence. */
export interface Problem {
  readonly rule: string;
  readonly message: string;
}

export type Kind = keyof Rule['examples'];

/** guard's own rules show at least so many examples of each kind. */
const LEAST_EXAMPLES = 3;

/** The machine on which examples are judged: an empty directory that is no repository. */
export const exemplaryWorld: World = {
  cwd: '/work/app',
  home: '/home/me',
  env: { HOME: '/home/me', PATH: '/usr/local/bin:/usr/bin:/bin' },
  readText: () => ({ fault: 'missing' }),
  stdin: () => undefined,
  stat: path => ({ kind: 'missing', size: 0, realPath: path, mountPoint: path === '/' }),
  list: () => [],
  git: () => ({ status: 128, stdout: '' }),
};

/** A policy is indexed when it is first judged by: the same packs give the same policy. */
const policies = new WeakMap<readonly Pack[], Policy>();
const alones = new WeakMap<readonly Pack[], Map<string, Policy>>();
const NO_PACKS: readonly Pack[] = [];

/** A policy of whole packs, as they are. The packs must not change after that. */
export function policyOf(packs: readonly Pack[]): Policy {
  let policy = policies.get(packs);
  if (policy === undefined) {
    policy = {
      rules: packs.flatMap(pack => pack.rules),
      exceptions: [],
      faults: [],
      terminals: [],
      hash: '',
    };
    policies.set(packs, policy);
  }
  return policy;
}

function aloneOf(pack: string, packs: readonly Pack[]): Policy {
  const known = alones.get(packs) ?? new Map<string, Policy>();
  alones.set(packs, known);
  const policy = known.get(pack) ?? policyOf(packs.filter(one => one.pack === pack));
  known.set(pack, policy);
  return policy;
}

/** All that is wrong with a rule among `packs` (its own among them). `builtin` asks for what guard's own rules owe. */
export async function checkRule(
  rule: Rule,
  packs: readonly Pack[],
  { builtin = false } = {},
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const kind of ['match', 'not_match'] as const) {
    for (const example of rule.examples[kind])
      problems.push(...(await checkExample(rule, packs, kind, example)));
  }
  return [
    ...checkExampleLists(rule, builtin),
    ...problems,
    ...(await checkConditions(rule)),
    ...(await checkInstead(rule, packs)),
  ];
}

/** Judges one example as written and in every disguise, with the rule's pack alone and with all packs. */
export async function checkExample(
  rule: Rule,
  packs: readonly Pack[],
  kind: Kind,
  example: string,
): Promise<readonly Problem[]> {
  const together = policyOf(packs);
  const alone = aloneOf(rule.pack, packs);
  const judge = async ({ way, script, openEnded }: Disguise): Promise<readonly Problem[]> => {
    const { understood, decision } = await decide({ script }, together, exemplaryWorld);
    if (openEnded) {
      return decision === 'allow' ? [problem(rule, `no rule matches, ${way}: ${script}`)] : [];
    }
    const companies = [
      ['alone', alone],
      ['with all packs', together],
    ] as const;
    const wrong = companies.filter(([, policy]) => applies(rule, policy, understood) !== (kind === 'match'));
    const what = kind === 'match' ? 'does not match' : 'matches and must not';
    return wrong.map(([company]) => problem(rule, `${what}, ${way}, ${company}: ${script}`));
  };
  const problems = [...(await judge({ way: 'as written', script: example }))];
  for (const disguise of disguisesOf(example, kind, exemplaryWorld))
    problems.push(...(await judge(disguise)));
  return problems;
}

/** Each key of `when` and each `unless` must be what keeps some `not_match` out, each entry must match something. */
export async function checkConditions(rule: Rule): Promise<readonly Problem[]> {
  const matching = await understandAll(rule.examples.match);
  const others = await understandAll(rule.examples.not_match);
  const problems: Problem[] = [];
  if (rule.when.length > 1) {
    for (const entry of rule.when) {
      const only = { ...rule, when: [entry] };
      if (!matching.some(one => matchesAlone(only, one))) {
        problems.push(problem(rule, `no match example shows the entry ${JSON.stringify(entry)}`));
      }
    }
  }
  // Without counter-examples (a user's rule may have none) nothing can be shown to be needed.
  if (others.length === 0) return problems;
  for (const { without, mutant } of mutantsOf(rule)) {
    if (!others.some(one => matchesAlone(mutant, one))) {
      problems.push(problem(rule, `no not_match example needs ${without}: drop it, or add the example`));
    }
  }
  return problems;
}

/** What a refusal recommends must itself be allowed. */
export async function checkInstead(rule: Rule, packs: readonly Pack[]): Promise<readonly Problem[]> {
  if (rule.instead === undefined) return [];
  // `<name>` stands for a word.
  const script = rule.instead.replace(/<([\w-]+)>/g, '$1');
  const { decision, matches } = await decide({ script }, policyOf(packs), exemplaryWorld);
  if (decision === 'allow' || !isCommand(script)) return [];
  const ids = [...new Set(matches.map(match => match.rule.id))].join(', ');
  return [problem(rule, `what it recommends is itself stopped by ${ids}: ${rule.instead}`)];
}

/** Duplicates, and for guard's own rules too few. */
export function checkExampleLists(rule: Rule, builtin: boolean): readonly Problem[] {
  const { match, not_match } = rule.examples;
  const all = [...match, ...not_match];
  const twice = all.filter((example, i) => all.indexOf(example) !== i);
  const few = (['match', 'not_match'] as const).filter(
    kind => builtin && rule.examples[kind].length < LEAST_EXAMPLES,
  );
  return [
    ...twice.map(example => problem(rule, `an example stands twice: ${example}`)),
    ...few.map(kind => problem(rule, `it has fewer than ${LEAST_EXAMPLES} examples under ${kind}`)),
  ];
}

function problem(rule: Rule, message: string): Problem {
  return { rule: rule.id, message: `${rule.id}: ${message}` };
}

function applies(rule: Rule, policy: Policy, understood: readonly Understood[]): boolean {
  return evaluate(policy, understood, exemplaryWorld.env).matches.some(match => match.rule.id === rule.id);
}

function matchesAlone(rule: Rule, understood: readonly Understood[]): boolean {
  return applies(rule, { ...policyOf(NO_PACKS), rules: [rule] }, understood);
}

async function understandAll(scripts: readonly string[]): Promise<readonly (readonly Understood[])[]> {
  const verdicts = await Promise.all(
    scripts.map(script => decide({ script }, policyOf(NO_PACKS), exemplaryWorld)),
  );
  return verdicts.map(verdict => verdict.understood);
}

/** The rule with one condition less, in every way. An entry's only key beside the environment is not dropped:
 * the entry is that key. */
function* mutantsOf(rule: Rule): Generator<{ without: string; mutant: Rule }> {
  for (const [i, entry] of rule.when.entries()) {
    const keys = Object.keys(entry) as (keyof Condition)[];
    if (keys.length < 2) continue;
    for (const key of keys) {
      const { [key]: dropped, ...rest } = entry;
      if (Object.keys(rest).join() === 'environment') continue;
      const without = `the condition ${key}: ${JSON.stringify(dropped)}`;
      yield { without, mutant: { ...rule, when: rule.when.with(i, rest) } };
    }
  }
  for (const [i, entry] of rule.unless.entries()) {
    yield {
      without: `unless ${JSON.stringify(entry)}`,
      mutant: { ...rule, unless: rule.unless.toSpliced(i, 1) },
    };
  }
}

/** True for a command of a tool that guard knows; anything else is a sentence. */
function isCommand(script: string): boolean {
  const scope = { world: exemplaryWorld, directory: certain(exemplaryWorld.cwd) };
  const { commands, doubts } = readScript(script, scope);
  const program = commands[0]?.words[0];
  return doubts.length === 0 && program?.certain === true && grammarOf(baseName(program.text)) !== undefined;
}
