/** `guard log export`: records as other systems read them. One writer a format, in formats/. */

import { hostname } from 'node:os';
import type { AuditRecord } from '../../audit/entry.js';
import { eachRecord } from '../../audit/read.js';
import { type Context, versionOf } from '../context.js';
import { type FilterOptions, filterOf } from './filter.js';
import { cef } from './formats/cef.js';
import type { Source } from './formats/format.js';
import { ocsf } from './formats/ocsf.js';
import { otlp } from './formats/otlp.js';
import { syslog } from './formats/syslog.js';
import { printing } from './output.js';
import { withProgress } from './progress.js';

/** One record as one line. */
type Format = (record: AuditRecord, source: Source) => string;

const formats: Readonly<Record<string, Format>> = { ocsf, otlp, cef, syslog };
export const exportFormats: readonly string[] = Object.keys(formats);

/** `guard log export`: a line a record, in the format that was asked for. */
export function exportLog(options: FilterOptions & { readonly format: string }, context: Context): void {
  const isWanted = filterOf(options);
  const source = { host: hostname(), version: versionOf(context.dist) };
  const format = formats[options.format];
  if (format === undefined) throw new Error(`no such format: ${options.format}`);
  printing(print => {
    const use = (record: AuditRecord) => {
      if (isWanted(record)) print(format(record, source));
    };
    withProgress(context, watch => eachRecord(context.places.audit, use, watch), true);
  });
}
