/** OTLP/JSON: each record as an ExportLogsServiceRequest of one log record, a line each (opentelemetry-proto, logs.proto). */

import type { AuditRecord } from '../../../audit/entry.js';
import { gravityOf, type Source } from './format.js';

/** SeverityNumber: INFO, WARN, ERROR. */
const SEVERITIES = {
  1: { severityNumber: 9, severityText: 'INFO' },
  3: { severityNumber: 13, severityText: 'WARN' },
  4: { severityNumber: 17, severityText: 'ERROR' },
} as const;

export function otlp(record: AuditRecord, { host, version }: Source): string {
  const { id, time, kind, door, session, seq, agent, decision, command, cwd, repo, rules, reason } = record;
  const nanoseconds = `${Date.parse(time)}000000`;
  const logRecord = {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    ...SEVERITIES[gravityOf(record)],
    eventName: `guard.${kind}`,
    body: { stringValue: reason || command },
    attributes: attributes({
      'log.record.uid': id,
      'process.command_line': command,
      'process.working_directory': cwd,
      'process.pid': record.pid,
      'session.id': session,
      'guard.seq': seq,
      'guard.door': door,
      'guard.agent': agent,
      'guard.decision': decision,
      'guard.rules': rules.join(','),
      'guard.repository': repo,
      'guard.request': record.request,
      'guard.snapshot': record.snapshot,
      'process.exit.code': record.exit,
      'guard.signal': record.signal,
      'guard.duration_ms': record.ms,
    }),
  };
  return JSON.stringify({
    resourceLogs: [
      {
        resource: {
          attributes: attributes({ 'service.name': 'guard', 'service.version': version, 'host.name': host }),
        },
        scopeLogs: [{ scope: { name: 'guard.audit', version }, logRecords: [logRecord] }],
      },
    ],
  });
}

function attributes(values: Readonly<Record<string, string | number | undefined>>) {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined || value === '') return [];
    // 64-bit integers are strings in protobuf's JSON.
    return [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }];
  });
}
