/**
 * The shape of rule files, as zod states it. zod is a parameter: it is loaded only where YAML is read, never on the way
 * of a command. What the shape cannot say (words, patterns, ids) is checked in check.ts.
 */

import type * as zod from 'zod';
import { signKinds } from '../effects/surroundings/sign.js';
import { allowedLogs, askers, kubectlSavings, presenceLevels, sqlSavings } from './rule.js';

/** Of rules' names. */
export const RULE_ID = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

/** The schemas of every file that guard reads. */
export function schemasOf(z: typeof zod) {
  const text = z.string().trim().min(1, 'is empty');
  const glob = z.string().min(1, 'is empty; leave the key out to match anything');
  const globs = z.array(glob).min(1, 'is empty').optional();
  const condition = z.strictObject({
    action: globs,
    resource: globs,
    target: globs,
    host: globs,
    extent: globs,
    environment: globs,
    with: globs,
    command: globs,
    env: globs,
  });
  const decision = z.enum(['confirm', 'deny']);
  const id = z
    .string()
    .max(80, 'is longer than 80 characters')
    .regex(RULE_ID, 'must be lower case words joined by . or -, like git.push-force');
  const examples = z.strictObject({ match: z.array(text).default([]), not_match: z.array(text).default([]) });
  const rule = z.strictObject({
    id,
    decision,
    when: z.array(condition).min(1, 'is empty'),
    unless: z.array(condition).default([]),
    reason: text,
    instead: text.optional(),
    see: z.url('must be a URL').optional(),
    presence: z.enum(presenceLevels).optional(),
    catalogue: z
      .array(z.string().regex(/^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/, 'must be ids like K8S-01'))
      .min(1, 'is empty')
      .optional(),
    examples,
  });
  const name = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower case words joined by -');
  const change = z.strictObject({ decision: decision.optional(), enabled: z.boolean().optional() });
  const changes = z.record(z.string(), change).default({});
  const exception = z.strictObject({ rule: id, when: condition, reason: text.optional() });
  const agent = z.strictObject({ default: decision.optional(), confirm: z.enum(askers).optional() });
  const agentName = z
    .string()
    .regex(/^[a-z][a-z-]*$/, 'must be the name of an agent, as `guard log` shows it');
  const signs = z.partialRecord(z.enum(signKinds), z.array(glob).min(1, 'is empty'));
  const rest = {
    exceptions: z.array(exception).default([]),
    environments: z.record(name, signs).default({}),
    protect: z.array(text).default([]),
    presence: z
      .strictObject({ level: z.enum(presenceLevels).optional(), terminals: z.array(text).default([]) })
      .default({ terminals: [] }),
    agents: z.record(agentName, agent).default({}),
    audit: z.strictObject({ allowed: z.enum(allowedLogs).optional() }).default({}),
    wait: z
      .string()
      .regex(/^(?:[0-9]{1,2}s|[1-5]m|[12][0-9]{2}s)$/, 'must be seconds or minutes, at most 5m: 90s')
      .optional(),
    local: z.enum(['ask', 'snapshot']).optional(),
    preview: z
      .strictObject({
        sql: z.boolean().optional(),
        docker: z.boolean().optional(),
        kubectl: z.union([z.boolean(), z.literal('dry-run')], 'must be true, false or dry-run').optional(),
      })
      .optional(),
    undo: z
      .strictObject({
        keep: span(z).optional(),
        size: bytes(z).optional(),
        cap: bytes(z).optional(),
        sql: savings(z, sqlSavings).optional(),
        kubectl: savings(z, kubectlSavings).optional(),
      })
      .optional(),
  };
  const own = { pack: name.optional(), about: text.optional() };
  return {
    /** `rules/<pack>.yaml` */
    pack: z.strictObject({ pack: name, about: text, rules: z.array(rule) }),
    /** `policy.yaml`, the user's and the system's: changes by rule id. */
    policy: z.strictObject({ rules: changes, ...rest }),
    /** `.guard.yaml` written like policy.yaml: changes under `rules`, rules of the project's own under `add`. */
    project: z.strictObject({ ...own, rules: changes, add: z.array(rule).default([]), ...rest }),
    /** `.guard.yaml` written like a pack: rules of the project's own under `rules`, changes under `change`. */
    projectPack: z.strictObject({ ...own, rules: z.array(rule), change: changes, ...rest }),
  };
}

const SPANS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SIZES: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** `7d` → milliseconds. */
function span(z: typeof zod) {
  return z
    .string()
    .regex(/^\d+ ?[mhdw]$/, 'must be a span like 12h or 7d')
    .transform(text => Number.parseInt(text, 10) * SPANS[text.slice(-1)]!);
}

/** `200MB` → bytes, by powers of 1000. */
function bytes(z: typeof zod) {
  return z
    .string()
    .regex(/^\d+ ?[kMGT]B$/, 'must be a size like 200MB or 2GB')
    .transform(text => Number.parseInt(text, 10) * SIZES[text.slice(-2)]!);
}

/** One word of a list, and a fault that names them all. */
function savings<const Words extends readonly string[]>(z: typeof zod, words: Words) {
  return z.enum(words, `must be one of: ${words.join(', ')}`);
}

type Schemas = ReturnType<typeof schemasOf>;
export type RawRule = zod.infer<Schemas['pack']>['rules'][number];
export type RawPolicy = zod.infer<Schemas['policy']>;

/** The keys that may stand at a path of a schema; empty where there is no mapping. */
export function keysAt(z: typeof zod, schema: zod.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const here = unwrapped(z, schema);
  const [first, ...rest] = path;
  if (here instanceof z.ZodObject) {
    if (first === undefined) return Object.keys(here.shape);
    const inner: unknown = here.shape[String(first)];
    return inner instanceof z.ZodType ? keysAt(z, inner, rest) : [];
  }
  if (here instanceof z.ZodArray && here.element instanceof z.ZodType) return keysAt(z, here.element, rest);
  if (here instanceof z.ZodRecord && first === undefined && here.keyType instanceof z.ZodEnum)
    return here.keyType.options.map(String);
  if (here instanceof z.ZodRecord && here.valueType instanceof z.ZodType)
    return keysAt(z, here.valueType, rest);
  return [];
}

function unwrapped(z: typeof zod, schema: zod.ZodType): zod.ZodType {
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  const inner: unknown = isWrapper ? schema.unwrap() : undefined;
  return inner instanceof z.ZodType ? unwrapped(z, inner) : schema;
}
