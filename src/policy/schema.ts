/**
 * The shape of rule files, as zod states it. Loaded only where YAML is read: never on the way of a command.
 * What the shape cannot say (words, patterns, ids) is checked in load.ts.
 */

import * as z from 'zod';
import { presenceLevels } from './rule.js';

const text = z.string().trim().min(1, 'is empty');
const globs = z.array(z.string().min(1, 'is empty; leave the key out to match anything')).min(1, 'is empty');

const condition = z.strictObject({
  action: globs.optional(),
  resource: globs.optional(),
  target: globs.optional(),
  host: globs.optional(),
  extent: globs.optional(),
  with: globs.optional(),
  command: globs.optional(),
  env: globs.optional(),
});

const decision = z.enum(['confirm', 'deny']);
const id = z
  .string()
  .max(80, 'is longer than 80 characters')
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 'must be lower case words joined by . or -, like git.push-force');

const rule = z.strictObject({
  id,
  decision,
  when: z.array(condition).min(1, 'is empty'),
  unless: z.array(condition).default([]),
  reason: text,
  instead: text.optional(),
  see: z.url('must be a URL').optional(),
  presence: z.enum(presenceLevels).optional(),
  examples: z.strictObject({
    match: z.array(text).default([]),
    not_match: z.array(text).default([]),
  }),
});

/** `rules/<pack>.yaml` */
export const packSchema = z.strictObject({
  pack: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower case words joined by -'),
  about: text,
  rules: z.array(rule),
});

const change = z.strictObject({ decision: decision.optional(), enabled: z.boolean().optional() });
const exception = z.strictObject({ rule: id, when: condition, reason: text.optional() });

/** `policy.yaml`, the user's and the system's. */
export const policySchema = z.strictObject({
  rules: z.record(z.string(), change).default({}),
  exceptions: z.array(exception).default([]),
  presence: z.strictObject({ terminals: z.array(text).default([]) }).default({ terminals: [] }),
});

/** `.guard.yaml` in a project: changes as in policy.yaml, and rules of the project's own under `add`. */
export const projectSchema = policySchema.extend({ add: z.array(rule).default([]) });

export type PolicyFile = z.infer<typeof policySchema>;
export type ProjectFile = z.infer<typeof projectSchema>;

/** The keys that may stand at a path of a schema; empty where there is no mapping. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const here = unwrapped(schema);
  const [first, ...rest] = path;
  if (here instanceof z.ZodObject) {
    if (first === undefined) return Object.keys(here.shape);
    const inner: unknown = here.shape[String(first)];
    return inner instanceof z.ZodType ? keysAt(inner, rest) : [];
  }
  if (here instanceof z.ZodArray && here.element instanceof z.ZodType) return keysAt(here.element, rest);
  if (here instanceof z.ZodRecord && here.valueType instanceof z.ZodType) return keysAt(here.valueType, rest);
  return [];
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  const inner: unknown = isWrapper ? schema.unwrap() : undefined;
  return inner instanceof z.ZodType ? unwrapped(inner) : schema;
}
