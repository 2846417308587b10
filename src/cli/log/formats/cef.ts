/** ArcSight's Common Event Format, version 0: `|` and `\` escaped in the header, `=`, `\` and line ends in the extension. */

import type { AuditRecord } from '../../../audit/entry.js';
import { gravityOf, type Source } from './format.js';

/** 0 to 10. */
const SEVERITIES = { 1: 1, 3: 6, 4: 9 } as const;

export function cef(record: AuditRecord, { host, version }: Source): string {
  const header = [
    'CEF:0',
    'guard',
    'guard',
    version,
    record.rules[0] ?? record.kind,
    record.kind,
    String(SEVERITIES[gravityOf(record)]),
  ].map(text => text.replace(/[\\|]/g, '\\$&').replace(/[\r\n]+/g, ' '));
  const extension = {
    rt: String(Date.parse(record.time)),
    externalId: record.id,
    dvchost: host,
    act: record.decision,
    outcome: record.kind,
    sproc: record.command,
    spid: String(record.pid),
    suser: record.agent ?? 'user',
    filePath: record.repo ?? record.cwd,
    reason: record.reason,
    cs1Label: 'rules',
    cs1: record.rules.join(','),
    cs2Label: 'session',
    cs2: record.session,
    ...(record.request !== undefined && { cs3Label: 'request', cs3: record.request }),
    ...(record.exit !== undefined && { cn1Label: 'exit', cn1: String(record.exit) }),
    ...(record.ms !== undefined && { cn2Label: 'ms', cn2: String(record.ms) }),
    ...(record.signal !== undefined && { cs4Label: 'signal', cs4: record.signal }),
  };
  const pairs = Object.entries(extension).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${escaped(value)}`],
  );
  return `${header.join('|')}|${pairs.join(' ')}`;
}

function escaped(text: string): string {
  return text.replace(/[\\=]/g, '\\$&').replace(/\r?\n|\r/g, '\\n');
}
