/**
 * The flagged commands of a verdict as grants for nested commands: only those whose every word, directory and
 * variable is certain, for a person cannot have approved what guard could not see. Approves nothing.
 */

import { createHash } from 'node:crypto';
import type { Invocation } from '../invocation/invocation.js';
import { locate } from '../locate.js';
import type { Verdict } from '../policy/rule.js';
import type { NestedCommand } from './nested.js';
import { coveredBy, subjectOf } from './subject.js';

/** What the door knows that the verdict does not say. */
export interface Around {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly policy: string;
  /** The key of environment values in digests. */
  readonly key: string;
  /** SHA-256 of the door's standard input, where it was read. */
  readonly stdin: string | undefined;
}

/**
 * The commands that the verdict's rules stop, those of them that `which` names; `undefined` in the place of one that
 * is not wholly known.
 */
export function flaggedCommands(
  verdict: Verdict,
  around: Around,
  which: (invocation: Invocation) => boolean = () => true,
): readonly (NestedCommand | undefined)[] {
  const rules = new Map<Invocation, string[]>();
  for (const { rule, invocation } of verdict.matches) {
    if (rule.decision !== verdict.decision || !which(invocation)) continue;
    rules.set(invocation, [...(rules.get(invocation) ?? []), rule.id]);
  }
  return [...rules].map(([invocation, ids]) => asNested(invocation, ids, around));
}

function asNested(
  invocation: Invocation,
  rules: readonly string[],
  around: Around,
): NestedCommand | undefined {
  const { argv, directory, openEnded, remote } = invocation;
  const env = environmentFor(invocation, around.env);
  const isKnown = argv.length > 0 && argv.every(word => word.certain) && directory.certain;
  if (!isKnown || !env || openEnded || remote !== undefined) return undefined;
  const words = argv.map(word => word.text);
  const covered = coveredBy(
    {
      argv: ['nested', ...words],
      cwd: directory.text,
      executable: locate(words[0] ?? '', env['PATH']),
      env,
      stdin: undefined,
      rules,
      policy: around.policy,
      // It was shown as part of the command around it.
      shown: { command: '', reason: '', target: '' },
    },
    around.key,
  );
  const assigned = invocation.environment.filter(({ name }) => name in covered.env || name in around.env);
  return {
    subject: subjectOf(covered),
    bare: subjectOf({ ...covered, env: null }),
    environment: covered.env,
    // What the script removes, the command must not see.
    assigned: Object.fromEntries(assigned.map(({ name }) => [name, covered.env[name] ?? null])),
    stdin: stdinOf(invocation, around),
  };
}

/** The environment that the command will see, where all of it is known. */
function environmentFor(
  { environment, clearedEnvironment }: Invocation,
  doors: Around['env'],
): Readonly<Record<string, string | undefined>> | undefined {
  if (environment.some(({ value }) => !value.certain)) return undefined;
  const env: Record<string, string | undefined> = clearedEnvironment ? {} : { ...doors };
  for (const { name, value, unset } of environment) {
    if (unset) delete env[name];
    else env[name] = value.text;
  }
  return env;
}

function stdinOf({ input }: Invocation, around: Around): string | undefined {
  if (input.from === 'inherited') return around.stdin;
  if (input.from !== 'text' || !input.text.certain) return undefined;
  return createHash('sha256').update(input.text.text).digest('hex');
}
