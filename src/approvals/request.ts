/** An approval request as it stands in its file: its shape, and the digest that names it. Touches no file. */

import { createHash } from 'node:crypto';
import { isMoment, type Moment } from './clock.js';
import { objectIn } from './files.js';
import { type Covered, canonicalJson, isCovered, isTexts, subjectOf } from './subject.js';

/** A refused command that waits for a human. Texts are redacted before they come here. */
export interface ApprovalRequest {
  readonly id: string;
  /** The digest of `covers`. */
  readonly subject: string;
  /** All that the approval covers, what is shown of it included, so that nothing else can be shown. */
  readonly covers: Covered;
  readonly nonce: string;
  readonly created: Moment;
  readonly agent?: string;
  readonly instead?: string;
  readonly loss: readonly string[];
  /** What guard saves first and what it cannot undo. */
  readonly undo?: readonly string[];
  /** Saving was tried and failed, and the question says so. */
  readonly unsaved?: true;
  /** When a human approved it. */
  readonly approved?: Moment;
}

export type NewRequest = Omit<ApprovalRequest, 'id' | 'nonce' | 'created' | 'approved' | 'subject'>;

/** The digest of a request as it was shown: an earlier approval of the same command is another, and so is a changed file. */
export function requestDigest({ approved: _approved, ...request }: ApprovalRequest): string {
  return createHash('sha256')
    .update(`guard/request/v2\0${canonicalJson(request)}`)
    .digest('hex');
}

/** A request file's text; `undefined` for one that was half written, or says other than what its subject covers. */
export function parseRequest(text: string, id: string): ApprovalRequest | undefined {
  const value = objectIn(text);
  return isRequest(value) && value.id === id && subjectOf(value.covers) === value.subject ? value : undefined;
}

function isRequest(value: unknown): value is ApprovalRequest {
  if (typeof value !== 'object' || value === null) return false;
  const part = (name: string): unknown => Reflect.get(value, name);
  const isText = (name: string) => typeof part(name) === 'string';
  const isTextOrNone = (name: string) => part(name) === undefined || isText(name);
  return (
    ['id', 'subject', 'nonce'].every(isText) &&
    ['agent', 'instead'].every(isTextOrNone) &&
    isTexts(part('loss')) &&
    (part('undo') === undefined || isTexts(part('undo'))) &&
    (part('unsaved') === undefined || part('unsaved') === true) &&
    isCovered(part('covers')) &&
    isMoment(part('created')) &&
    (part('approved') === undefined || isMoment(part('approved')))
  );
}
