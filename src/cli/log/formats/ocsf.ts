/**
 * OCSF 1.8 events: a command that starts or ends is Process Activity (1007), a change of policy or an answer to a request
 * Entity Management (3004), a refusal a Detection Finding (2004). schema.ocsf.io has the classes.
 */

import type { AuditRecord } from '../../../audit/entry.js';
import { gravityOf, type Source } from './format.js';

const VERSION = '1.8.0';

export function ocsf(record: AuditRecord, source: Source): string {
  return JSON.stringify({ ...common(record, source), ...classOf(record, source) });
}

function common(record: AuditRecord, { version }: Source) {
  return {
    time: Date.parse(record.time),
    severity_id: gravityOf(record),
    message: record.reason || record.command,
    metadata: {
      version: VERSION,
      uid: record.id,
      sequence: record.seq,
      log_name: 'guard audit',
      product: { name: 'guard', vendor_name: 'guard', version },
    },
    unmapped: {
      kind: record.kind,
      door: record.door,
      session: record.session,
      rules: record.rules,
      ...(record.signal !== undefined && { signal: record.signal }),
      ...(record.decision !== undefined && { decision: record.decision }),
      ...(record.request !== undefined && { request: record.request }),
      ...(record.snapshot !== undefined && { snapshot: record.snapshot }),
      ...(record.repo !== undefined && { repo: record.repo }),
    },
  };
}

function classOf(record: AuditRecord, source: Source) {
  switch (record.kind) {
    case 'intent':
    case 'result':
      return processActivity(record, source);
    case 'policy':
    case 'approved':
    case 'rejected':
      return entityManagement(record);
    default:
      return detectionFinding(record, source);
  }
}

function processActivity(record: AuditRecord, { host }: Source) {
  const activity = record.kind === 'intent' ? 1 : 2;
  return {
    ...uids(1, 1007, activity),
    status_id: 1,
    actor: actorOf(record),
    device: { type_id: 0, hostname: host },
    process: processOf(record),
    ...(record.exit !== undefined && { exit_code: record.exit }),
    ...(record.ms !== undefined && { duration: record.ms }),
  };
}

function entityManagement(record: AuditRecord) {
  const isPolicy = record.kind === 'policy';
  return {
    // Update; an answer changes the request's state.
    ...uids(3, 3004, 3),
    actor: actorOf(record),
    entity: isPolicy
      ? { name: 'guard policy', type: 'Policy' }
      : { name: 'guard approval request', uid: record.request ?? record.id },
    status_id: 1,
    comment: record.command,
  };
}

function detectionFinding(record: AuditRecord, { host }: Source) {
  return {
    ...uids(2, 2004, 1),
    status_id: 1,
    is_alert: record.kind === 'refused',
    device: { type_id: 0, hostname: host },
    finding_info: {
      uid: record.id,
      title: record.rules[0] ?? record.kind,
      desc: record.reason ?? '',
      types: [...record.rules],
    },
    evidences: [{ actor: actorOf(record), process: processOf(record) }],
  };
}

function uids(category: number, type: number, activity: number) {
  return { category_uid: category, class_uid: type, activity_id: activity, type_uid: type * 100 + activity };
}

function actorOf({ agent, session }: AuditRecord) {
  return { app_name: agent ?? 'user', session: { uid: session } };
}

function processOf({ pid, command, cwd }: AuditRecord) {
  return { pid, cmd_line: command, ...(cwd !== '' && { working_directory: cwd }) };
}
