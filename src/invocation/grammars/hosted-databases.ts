/** The command lines of hosted databases, and the SQL that they send. They say how words are read, never judge. */

import { type Grammar, styles } from '../grammar.js';
import { isOn, lastValue } from '../invocation.js';
import { sqlInput, sqlOf, sqlText, words } from './hosted/inner.js';

const HELP = '-h, --help\n';

const supabase: Grammar = {
  tool: 'supabase',
  source: 'supabase/cli cmd/root.go, cmd/db.go; supabase.com/docs/reference/cli',
  style: styles.cobra,
  options: `
    --create-ticket
    --debug
    --dns-resolver <resolver>
    --experimental
    --network-id <id>
    --profile <name>
    --workdir <dir>
    --yes
-o, --output <format>
    --linked
    --local
    --dry-run
    --db-url <secret>
-p, --password <secret>
    --project-ref <ref>
    --version <version>
    --file <file>
-f, --force
-s, --schema <names>
-h, --help
`,
  unwrap(invocation, world) {
    const [topic, command, sql] = invocation.operands;
    if (topic?.text !== 'db' || command?.text !== 'query') return { inner: [] };
    const via = 'supabase db query';
    const host =
      isOn(invocation, '--linked') || lastValue(invocation, '--db-url') ? 'supabase.co' : 'localhost';
    if (sql) return { inner: [sqlText('postgres', host, sql, via)] };
    return { inner: sqlOf('postgres', host, invocation, world, via) };
  },
};

const neonctl: Grammar = {
  tool: 'neonctl',
  names: ['neon'],
  source: 'neondatabase/neonctl src/index.ts, src/commands/*; neon.com/docs/reference/neon-cli',
  style: styles.yargs,
  options: `
-o, --output <format>
    --config-dir <dir>
    --api-key <secret>
    --project-id <id>
    --org-id <id>
    --context-file <file>
    --branch <branch>
    --role-name <role>
    --database-name <name>
    --name <name>
    --parent
    --preserve-under-name <name>
    --pooled
    --no-color
    --no-analytics
    --psql
${HELP}`,
  unwrap(invocation, world) {
    const { operands, operandsBeforeDashes } = invocation;
    const starts = operands[0]?.text === 'psql' || isOn(invocation, '--psql');
    if (!starts) return { inner: [] };
    const rest = operands.slice(operandsBeforeDashes);
    if (rest.length === 0)
      return { inner: sqlInput('postgres', 'neon.tech', invocation, world, 'neonctl psql') };
    return { inner: [{ via: 'neonctl psql', words: [...words('psql', '-h', 'neon.tech'), ...rest] }] };
  },
};

const pscale: Grammar = {
  tool: 'pscale',
  source: 'planetscale/cli internal/cmd/root.go, shell, sql; planetscale.com/docs/reference/planetscale-cli',
  style: styles.cobra,
  options: `
    --api-token <secret>
    --api-url <url>
    --config <file>
    --debug
-f, --format <format>
    --no-color
    --org <org>
    --service-token <secret>
    --service-token-id <id>
    --force
    --query <sql>
    --role <role>
-X, --method <method>
-F, --field <field>
-I, --input <file>
    --version
${HELP}`,
  unwrap(invocation, world) {
    const command = invocation.operands[0]?.text;
    const sql = lastValue(invocation, '--query');
    if (command === 'sql' && sql)
      return { inner: [sqlText('mysql', 'connect.psdb.cloud', sql, 'pscale sql')] };
    if (command !== 'shell') return { inner: [] };
    return { inner: sqlInput('mysql', 'connect.psdb.cloud', invocation, world, 'pscale shell') };
  },
};

export const hostedDatabases: readonly Grammar[] = [supabase, neonctl, pscale];
