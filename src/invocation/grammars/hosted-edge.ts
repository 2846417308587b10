/**
 * More command lines of hosting platforms, and the commands and SQL that they carry elsewhere: wrangler, firebase and
 * render. They say how words are read, never judge.
 */

import { type Grammar, styles } from '../grammar.js';
import { isOn, lastValue } from '../invocation.js';
import { localCommand, remoteCommand, sqlFile, sqlInput, sqlText, words } from './hosted/inner.js';

const HELP = '-h, --help\n';

const wrangler: Grammar = {
  tool: 'wrangler',
  source:
    'cloudflare/workers-sdk packages/wrangler/src/index.ts, src/d1/execute.ts; developers.cloudflare.com/workers/wrangler/commands',
  style: styles.yargs,
  options: `
-c, --config <file>
    --cwd <dir>
-e, --env <environment>
    --env-file <file>
    --name <name>
-v, --version
-y, --yes
-f, --force
    --local
    --remote
    --preview
    --persist-to <dir>
    --command <sql>
    --file <file>
    --binding <name>
    --namespace-id <id>
    --dry-run
    --keep-vars
    --outdir <dir>
    --json
    --skip-confirmation
${HELP}`,
  unwrap(invocation) {
    const [topic, command, name] = invocation.operands.map(word => word.text);
    // Without --remote it is the local copy; --preview is a remote database of its own.
    const isLocal = isOn(invocation, '--local') || !isOn(invocation, '--remote', '--preview');
    if (topic !== 'd1' || command !== 'execute' || isLocal) return { inner: [] };
    const via = 'wrangler d1 execute';
    const sql = lastValue(invocation, '--command');
    const file = lastValue(invocation, '--file');
    return {
      inner: [
        ...(sql ? [sqlText('sqlite', name ?? 'd1', sql, via)] : []),
        ...(file ? [sqlFile('sqlite', name ?? 'd1', file, via)] : []),
      ],
    };
  },
};

const firebase: Grammar = {
  tool: 'firebase',
  names: ['firebase-tools'],
  source: 'firebase/firebase-tools src/command.ts, src/bin/firebase.ts; firebase.google.com/docs/cli',
  style: styles.yargs,
  options: `
-P, --project <project>
    --account <email>
    --token <secret>
-c, --config <file>
-j, --json
    --debug
-i, --interactive
    --non-interactive
-f, --force
    --only <targets>
    --except <targets>
-m, --message <text>
-r, --recursive
    --shallow
    --all-collections
    --database <id>
    --instance <name>
-d, --data <json>
-s, --site <name>
    --import <dir>
    --export-on-exit
    --ui
-y, --yes
-V, --version
${HELP}`,
  unwrap({ operands }) {
    const inner = operands[0]?.text === 'emulators:exec' ? operands.slice(1, 2) : [];
    return { inner: localCommand(inner, 'firebase emulators:exec') };
  },
};

const render: Grammar = {
  tool: 'render',
  source: 'render-oss/cli cmd/*; render.com/docs/cli',
  style: styles.cobra,
  options: `
-o, --output <format>
    --confirm
-c, --command <command>
    --start-command <command>
    --wait
    --plan-id <plan>
-r, --resources <ids>
-v, --version
${HELP}`,
  unwrap(invocation, world) {
    const [topic, command] = invocation.operands.map(word => word.text);
    const job = lastValue(invocation, '--start-command');
    if (topic === 'jobs' && command === 'create' && job)
      return { inner: remoteCommand([job], 'render jobs create') };
    if (topic === 'ssh') {
      const { operands, operandsBeforeDashes } = invocation;
      const words = operands.slice(operandsBeforeDashes < operands.length ? operandsBeforeDashes : 2);
      return { inner: remoteCommand(words, 'render ssh') };
    }
    if (topic === 'kv-cli' && invocation.input.from !== 'inherited')
      return { inner: [{ via: 'render kv-cli', words: words('redis-cli', '-h', 'render.com') }] };
    if (topic !== 'psql') return { inner: [] };
    const sql = lastValue(invocation, '--command');
    if (sql) return { inner: [sqlText('postgres', 'render.com', sql, 'render psql')] };
    const rest = invocation.operands.slice(invocation.operandsBeforeDashes);
    const at = rest.findIndex(word => /^(-c|--command)$/.test(word.text));
    const given = at < 0 ? undefined : rest[at + 1];
    if (given) return { inner: [sqlText('postgres', 'render.com', given, 'render psql')] };
    return { inner: sqlInput('postgres', 'render.com', invocation, world, 'render psql') };
  },
};

export const hostedEdge: readonly Grammar[] = [wrangler, firebase, render];
