/** How bq reads its arguments (absl flags: one dash or two, `--noflag`), and the SQL it sends. Judges nothing. */

import type { World } from '../../port.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { inputText } from '../input.js';
import { type Invocation, isOn } from '../invocation.js';
import { remoteSql } from './cloud/inner.js';

const flag = (names: string) =>
  names
    .trim()
    .split(/\s+/)
    .map(name => `--${name}\n--no${name}`)
    .join('\n');

export const bq: Grammar = {
  tool: 'bq',
  source: 'bq --helpfull, bq help <command> (bq 2.1.18)',
  style: { ...styles.goflag, permute: true },
  options: `
    --api <url>
    --apilog <file>
    --bigqueryrc <file>
    --dataset_id <dataset>
    --format <format>
    --job_id <id>
    --location <location>
    --project_id <project>
    --flagfile <file>
    --destination_table <table>
    --destination_schema <schema>
    --destination_kms_key <key>
    --display_name <name>
    --label <label>
    --set_label <label>
    --max_rows, --n <rows>
    --start_row, --s <row>
    --maximum_bytes_billed <bytes>
    --parameter <parameter>
    --priority <priority>
    --schedule <schedule>
    --target_dataset <dataset>
    --expiration <seconds>
    --default_table_expiration <seconds>
    --description <text>
    --schema <schema>
    --source_format <format>
    --field_delimiter <delimiter>
    --skip_leading_rows <rows>
    --time_partitioning_field <field>
    --time_partitioning_type <type>
    --time_partitioning_expiration <seconds>
    --clustering_fields <fields>
    --help
    --dataset, --d
    --table, --t
    --force, --f
    --recursive, --r
    --model, --m
    --job, --j
    --quiet, --q
    --append_table, --a
    ${flag('dry_run replace use_legacy_sql batch sync synchronous_mode use_cache require_cache allow_large_results')}
    ${flag('headless debug_mode autodetect routine transfer_config connection reservation view materialized_view')}
    ${flag('flatten_results schema_only snapshot clone')}
  `,
  unwrap,
};

/** `bq query` takes its statement as operands, or else from standard input. */
function unwrap(invocation: Invocation, world: World): Unwrapped {
  const [command, ...words] = invocation.operands;
  if (command?.text !== 'query' || isOn(invocation, '--dry_run', '--help')) return { inner: [] };
  const written = {
    text: words.map(word => word.text).join(' '),
    certain: words.every(word => word.certain),
  };
  const given = inputText(invocation.input, invocation.directory, world);
  const sql = words.length > 0 ? written : given;
  return { inner: sql ? [remoteSql('bq query', 'bigquery.googleapis.com', sql, 'generic')] : [] };
}
