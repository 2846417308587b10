/** The words of floor 4: rules, packs, policy, verdicts. Parses no tool's text; rule order never matters. */

import type { Effect } from '../effects/effect.js';
import type { Sign } from '../effects/surroundings/sign.js';
import type { Invocation } from '../invocation/invocation.js';
import type { Environments } from './environments.js';
import type { PatternReading } from './pattern.js';
import type { PolicyIndex } from './policy-index.js';

/** Weakest first; the strictest among the matches wins. */
export const decisions = ['allow', 'confirm', 'deny'] as const;
export type Decision = (typeof decisions)[number];

/** What is logged of commands that pass without being judged: each with its time, each without, or none. */
export const allowedLogs = ['full', 'count', 'off'] as const;
export type AllowedLog = (typeof allowedLogs)[number];

/** The evidence of a human that a rule may demand: docs/threat-model.md says what each proves. */
export const presenceLevels = ['H0', 'H1', 'H2', 'H3'] as const;
export type PresenceLevel = (typeof presenceLevels)[number];

/** Who puts a command to the person: guard's own request, or the agent's client (only at a hook, and where that reaches a person). */
export const askers = ['guard', 'ask'] as const;

/** What a policy says of one agent. */
export interface AgentPolicy {
  /** What a verdict of confirm becomes for it. */
  readonly default?: 'confirm' | 'deny';
  readonly confirm?: (typeof askers)[number];
}

/** A value of a condition: a glob, or a list of globs of which any may match. */
export type Globs = string | readonly string[];

/** One entry of `when` or `unless`. All its keys must hold for the same effect (or, for `command`, invocation). */
export interface Condition {
  readonly action?: Globs;
  readonly resource?: Globs;
  readonly target?: Globs;
  readonly host?: Globs;
  readonly extent?: Globs;
  /** Where it works, as the user's policy names it: `production`. Matches nothing where that cannot be told. */
  readonly environment?: Globs;
  /** Any of the effect's `with` entries matches. */
  readonly with?: Globs;
  /** A command pattern: `git push --force`, `railway (volume|service) (delete|rm)`. */
  readonly command?: Globs;
  /** What `command` says, in a compiled policy. */
  readonly readings?: readonly PatternReading[];
  /** Environment variables that must be set for the command to match: `NAME` or `NAME=glob`. */
  readonly env?: Globs;
}

interface Examples {
  readonly match: readonly string[];
  readonly not_match: readonly string[];
}

/** A rule as its pack states it; `when` and `unless` already as lists. */
export interface Rule {
  readonly id: string;
  readonly pack: string;
  readonly decision: Decision;
  readonly when: readonly Condition[];
  readonly unless: readonly Condition[];
  readonly reason: string;
  readonly instead?: string;
  readonly see?: string;
  readonly presence?: PresenceLevel;
  /** Ids of the catalogue of destructive operations that the rule covers, for guard's own rules: `K8S-01`. */
  readonly catalogue?: readonly string[];
  readonly examples: Examples;
}

export interface Pack {
  readonly pack: string;
  readonly about: string;
  readonly rules: readonly Rule[];
}

/** A person's narrowing of a rule: where every given part matches, the rule does not apply. */
export interface Exception {
  readonly rule: string;
  readonly when: Condition;
  readonly reason?: string;
}

/** All that is in force: rules after the user's changes, and where each layer came from. */
export interface Policy {
  readonly rules: readonly Rule[];
  /** Rules that a person switched off: shown by the CLI, never judged by. */
  readonly disabled?: readonly Rule[];
  readonly exceptions: readonly Exception[];
  /** Faults found while loading layers: broken files are left out, and said. */
  readonly faults: readonly PolicyFault[];
  /** Extra names of programs that may hold the human's terminal (see presence). */
  readonly terminals: readonly string[];
  /** How signs of where a command works name an environment, beside the defaults. */
  readonly environments?: Environments;
  /** Ids, hosts and paths that nothing destructive may touch. */
  readonly protect?: readonly string[];
  /** The evidence of a person that every verdict of confirm asks for, at least. */
  readonly presence?: PresenceLevel;
  /** By the agent's name. */
  readonly agents?: Readonly<Record<string, AgentPolicy>>;
  /** The agent behind the command that is judged, where one is known: see `policyFor`. */
  readonly agent?: string;
  /** How the log knows of harmless commands; `full` where nothing is said. */
  readonly allowed?: AllowedLog;
  /** How long a shim waits for a person's answer elsewhere, in milliseconds; none where it does not wait. */
  readonly wait?: number;
  /** How losses are saved; without it, as guard does by itself. */
  readonly safety?: Safety;
  /** SHA-256 of everything above but `agent`, for grants. */
  readonly hash: string;
  /** Set for a policy that was compiled: what it judges by then stands here alone, and `rules` is empty. */
  readonly index?: PolicyIndex;
}

/** What may be asked for a preview or a snapshot: read-only, over the command's own connection. `dry-run` asks the cluster itself. */
export interface Leave {
  readonly sql?: boolean | undefined;
  readonly docker?: boolean | undefined;
  readonly kubectl?: boolean | 'dry-run' | undefined;
}

/** How tables are saved. Moving them aside on their server would change it before the command does, or though it never runs. */
export const sqlSavings = ['dump', 'off'] as const;
/** How cluster objects are saved. */
export const kubectlSavings = ['yaml', 'off'] as const;

/** What a person's policy says on previews and snapshots. What is left out is as guard does by itself. */
export interface Safety {
  readonly preview?: Leave | undefined;
  /** `snapshot`: git and rm inside a repository run without a question once what they take is saved. */
  readonly local?: 'ask' | 'snapshot' | undefined;
  /** How long snapshots are kept (milliseconds), how large all of them may be, and one (bytes). */
  readonly undo?: Snapshots | undefined;
}

interface Snapshots {
  readonly keep?: number | undefined;
  readonly size?: number | undefined;
  readonly cap?: number | undefined;
  readonly sql?: (typeof sqlSavings)[number] | undefined;
  readonly kubectl?: (typeof kubectlSavings)[number] | undefined;
}

export interface PolicyFault {
  readonly message: string;
  /** `file:line:column`. */
  readonly at: string;
}

/** One rule that applied, with what it applied to. */
export interface Match {
  readonly rule: Rule;
  readonly invocation: Invocation;
  /** The effect, or none where a command pattern matched. */
  readonly effect?: Effect;
  /** What it acts on, as a person would name it; empty where nothing names it. */
  readonly target: string;
  /** Where it works: `production`; empty where that cannot be told. */
  readonly environment: string;
}

/** An invocation with its effects, as evidence. */
export interface Observed {
  readonly invocation: Invocation;
  readonly effects: readonly Effect[];
  /** What can be seen of where it, or one of its effects, works. Looked at when first asked for. */
  signs(effect?: Effect): readonly Sign[];
}

/** What was observed, with the names that policy gives it. */
export interface Understood extends Observed {
  /** The environment of the invocation, or of one of its effects; empty where it cannot be told. */
  environmentOf(effect?: Effect): string;
}

/** The answer: the strictest decision among the matches, with all that was understood on the way. */
export interface Verdict {
  readonly decision: Decision;
  readonly matches: readonly Match[];
  readonly understood: readonly Understood[];
}

/** The matches that make the verdict what it is. */
export function strictestOf({ decision, matches }: Verdict): readonly Match[] {
  return matches.filter(({ rule }) => rule.decision === decision);
}
