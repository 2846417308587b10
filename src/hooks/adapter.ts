/** The contract of an agent's adapter: its event → what is asked, and where its settings name the hook. Judges nothing. */

import { GuardError } from '../errors.js';

/** An object of a client's JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** One file as an edit tool would leave it. */
export type FileAsk =
  | { readonly path: string; readonly write: string }
  | { readonly path: string; readonly replace: readonly Replacement[] }
  | { readonly path: string; readonly remove: true }
  /** A change whose outcome the event does not tell: a notebook's cell. */
  | { readonly path: string; readonly unknown: true };

/** `old` stands in the file once, or wherever it stands with `all`. */
export interface Replacement {
  readonly old: string;
  readonly fresh: string;
  readonly all: boolean;
}

/** What an event asks for; `cwd` is absolute and is where the client will do it. */
export type Asked =
  /** Nothing that guard judges: reading, searching, planning. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'script'; readonly script: string; readonly cwd: string }
  | { readonly kind: 'edits'; readonly files: readonly FileAsk[]; readonly cwd: string }
  | { readonly kind: 'patch'; readonly patch: string; readonly cwd: string };

/**
 * How the hook stands in a settings file. `entries`: JSON with lists of hooks, to which guard adds its own. `file`: a file
 * of guard's own. `block`: marked lines at the end of a file that is no JSON.
 */
export type Wiring =
  | {
      readonly kind: 'entries';
      /** What else the file must hold, where guard makes it. */
      readonly base: Fields;
      entries(command: string): readonly Entry[];
    }
  | { readonly kind: 'file' | 'block'; text(command: string): string };

/** An element of the list of hooks that stands under `path`. */
export interface Entry {
  readonly path: readonly string[];
  readonly entry: Fields;
}

/** A settings file and how the hook stands in it. */
export interface Settings {
  readonly file: string;
  readonly wiring: Wiring;
}

/** One agent's client. */
export interface HookAdapter {
  /** As `guard log` names the agent, and as the hook's command names it. */
  readonly name: string;
  /** As people know it. */
  readonly title: string;
  /** Reads an event. Throws `GuardError('bad-event')` for what it cannot tell. */
  read(event: Fields): Asked;
  /** What stands on stdout beside exit status 2; the reason stands on stderr as well. */
  denial(reason: string): Fields;
  /** The client's own prompt, where it is known to reach a person (measured: docs/agents.md). */
  readonly prompt?: Prompt;
  /** The user's settings. */
  user(env: Readonly<Record<string, string | undefined>>, home: string): Settings;
  /** Settings that the administrator owns and no repository can switch off; none where the client has no such. */
  system(root: string): Settings | undefined;
}

/** How a hook has the client itself ask its user. */
interface Prompt {
  /** Does this event's call come from a session in which a prompt reaches a person? Any doubt is a no. */
  reaches(event: Fields, env: Readonly<Record<string, string | undefined>>): boolean;
  /** What stands on stdout, with exit status 0. */
  ask(question: string): Fields;
}

/** How long a client is told to wait for the hook, in seconds: guard answers long before (hook.ts). */
export const CLIENT_TIMEOUT_S = 30;

/**
 * The denial that Claude Code, Codex, Gemini CLI and Copilot CLI all understand, with exit status 2 (each measured: a
 * `decision` of `deny` makes Claude and Codex drop the whole object, so it is `block`).
 */
export function universalDenial(reason: string): Fields {
  return {
    decision: 'block',
    reason,
    permissionDecision: 'deny',
    permissionDecisionReason: reason,
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: reason,
    },
  };
}

/** The same command for the tools that edit files: their events are long, and the front program then reads none itself. */
export function forEdits(command: string): string {
  return command.replace(/( \|\| exit 2)?$/, ' edits$1');
}

/** An event that guard cannot read: it refuses, for the client would run what was asked. */
export function badEvent(why: string): GuardError {
  return new GuardError('bad-event', `stopped, nothing was run: ${why}`, {
    hint: 'This version of the agent may speak otherwise than guard knows: update guard, or run `guard hook install` again.',
  });
}

/** True for an object of JSON, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
