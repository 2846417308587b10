/** The requests that a person can still answer, read without moving any on: for who only lists them. */

import { isOver, moment } from './clock.js';
import { StateFiles } from './files.js';
import { type ApprovalRequest, parseRequest } from './request.js';
import { GRANT_MS, PENDING_MS } from './store.js';

/** Those in the store `root` that wait, or whose approval was not used yet. */
export function openRequests(root: string, state: 'pending' | 'approved'): readonly ApprovalRequest[] {
  const now = moment();
  const requests = new StateFiles(root).read(state).flatMap(([id, text]) => parseRequest(text, id) ?? []);
  return requests.filter(({ created, approved }) =>
    state === 'pending'
      ? !isOver(created, PENDING_MS, now)
      : approved !== undefined && !isOver(approved, GRANT_MS, now),
  );
}
