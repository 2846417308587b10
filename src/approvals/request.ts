/** An approval request as it stands in its file: its shape, and the digest that names it. Touches no file. */

import { createHash } from 'node:crypto';

/** A refused command that waits for a human. Texts are redacted before they come here. */
export interface ApprovalRequest {
  readonly id: string;
  readonly subject: string;
  readonly nonce: string;
  readonly createdAt: number;
  readonly command: string;
  readonly cwd: string;
  readonly agent?: string;
  readonly rules: readonly string[];
  readonly reason: string;
  /** What the human types. */
  readonly target: string;
  readonly loss: readonly string[];
  readonly approvedAt?: number;
}

export type NewRequest = Omit<ApprovalRequest, 'id' | 'nonce' | 'createdAt' | 'approvedAt'>;

/** The digest that names one request for one subject: an earlier approval of the same command is another. */
export function requestDigest(request: ApprovalRequest): string {
  const { id, subject, nonce, createdAt } = request;
  return createHash('sha256')
    .update(`guard/request/v1\0${JSON.stringify([id, subject, nonce, createdAt])}`)
    .digest('hex');
}

/** Is this what a request file holds? One that was half written or tampered with is not. */
export function isRequest(value: unknown): value is ApprovalRequest {
  if (typeof value !== 'object' || value === null) return false;
  const has = (name: string, type: string) => typeof Reflect.get(value, name) === type;
  const texts = ['id', 'subject', 'nonce', 'command', 'cwd', 'reason', 'target'];
  const lists = ['rules', 'loss'];
  return (
    texts.every(name => has(name, 'string')) &&
    has('createdAt', 'number') &&
    lists.every(name => Array.isArray(Reflect.get(value, name)))
  );
}
