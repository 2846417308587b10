/** Syslog messages of RFC 5424, facility auth (4), with what guard knows as structured data. */

import type { AuditRecord } from '../../../audit/entry.js';
import { gravityOf, type Source } from './format.js';

const AUTH = 4;
/** Informational, warning, error. */
const SEVERITIES = { 1: 6, 3: 4, 4: 3 } as const;
/** RFC 5612's number for examples and documentation: guard has no number of its own. */
const ENTERPRISE = 32473;

export function syslog(record: AuditRecord, { host }: Source): string {
  const data = {
    id: record.id,
    session: record.session,
    agent: record.agent,
    decision: record.decision,
    rules: record.rules.join(','),
    cwd: record.cwd,
    reason: record.reason,
    request: record.request,
    exit: record.exit === undefined ? undefined : String(record.exit),
    signal: record.signal,
    ms: record.ms === undefined ? undefined : String(record.ms),
  };
  const pairs = Object.entries(data).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}="${escaped(value)}"`],
  );
  const priority = AUTH * 8 + SEVERITIES[gravityOf(record)];
  const name = host.replace(/[^!-~]/g, '').slice(0, 255) || '-';
  // A line end in the message would be the start of another.
  const message = record.command.replace(/[\r\n]+/g, ' ');
  return `<${priority}>1 ${record.time} ${name} guard ${record.pid} ${record.kind} [guard@${ENTERPRISE} ${pairs.join(' ')}] \ufeff${message}`;
}

/** Section 6.3.3: `"`, `\` and `]` are escaped. */
function escaped(text: string): string {
  return text.replace(/["\\\]]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}
