/**
 * Faults and exit statuses. A verdict is a value; only what stops guard from giving one is thrown,
 * always as a `GuardError`, so that a door can say where it happened and what to do next.
 */

/** Exit statuses that guard itself gives. A command's own status is passed on unchanged. */
export const ExitStatus = {
  allowed: 0,
  /** The command line is wrong, or names what is not there. */
  usage: 2,
  /** The judge: run it as a child, and tell how it ended. */
  report: 3,
  /** `guard check`: the verdict is confirm. */
  confirm: 10,
  /** `guard check`: the verdict is deny. */
  deny: 11,
  /** guard itself failed. */
  fault: 125,
  /** The command was refused, or nobody confirmed what only a person may do. */
  refused: 126,
  /** No such program on PATH. */
  notFound: 127,
} as const;

/** A place in a file, counted from 1, as editors count. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

interface GuardErrorDetails {
  /** What the user can do next, as a sentence. */
  readonly hint?: string;
  readonly at?: Position;
  readonly cause?: unknown;
}

/** Something stopped guard. `code` is stable for scripts; `message` is for people and holds no secret. */
export class GuardError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly at: Position | undefined;

  constructor(code: string, message: string, details: GuardErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'GuardError';
    this.code = code;
    this.hint = details.hint;
    this.at = details.at;
  }
}

/** `file:line:column`, as compilers print it; empty where there is no place. */
export function showPosition(at: Position | undefined): string {
  if (at === undefined) return '';
  return [at.file, at.line, at.column].filter(part => part !== undefined).join(':');
}

/** A fault's message with its place, where the message does not name that already. */
export function describeFault({ message, at }: GuardError): string {
  const place = showPosition(at);
  return place === '' || message.includes(place) ? message : `${message} (${place})`;
}

/** The code of a fault: the system's (`ENOENT`), node's or guard's own; `undefined` where it has none. */
export function faultCode(fault: unknown): string | undefined {
  return fault instanceof Error && 'code' in fault ? String(fault.code) : undefined;
}

/** True where the system said that there is no such file, nor a directory that could hold it. */
export function isMissing(fault: unknown): boolean {
  const code = faultCode(fault);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
