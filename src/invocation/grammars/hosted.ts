/**
 * The command lines of hosting platforms: their other names, the options whose values could be taken for subcommands,
 * and the commands and SQL that they carry elsewhere. They say how words are read, never judge.
 */

import { type CommandGrammar, type Grammar, styles } from '../grammar.js';
import { lastValue } from '../invocation.js';
import { localCommand, remoteCommand, sqlInput, sqlOf, sqlText, words } from './hosted/inner.js';

const HELP = '-h, --help\n    --version\n';

/** The options end where the inner command begins. */
const running = (options: string, ...aliases: readonly string[]): CommandGrammar => ({
  options,
  aliases,
  style: { ...styles.yargs, permute: false },
});

const vercel: Grammar = {
  tool: 'vercel',
  names: ['vc', 'now'],
  source: 'vercel/vercel packages/cli/src/util/arg-common.ts, src/commands/*/command.ts; vercel.com/docs/cli',
  style: styles.yargs,
  options: `
-A, --local-config <file>
-Q, --global-config <dir>
-S, --scope <team>
-T, --team <team>
-t, --token <secret>
    --cwd <dir>
    --api <url>
-d, --debug
    --no-color
    --non-interactive
-y, --yes
    --prod
    --production
    --target <environment>
    --environment <environment>
-f, --force
    --prebuilt
-X, --method <method>
-F, --field <field>
    --raw-field <field>
    --input <file>
-H, --header <header>
    --dangerously-skip-permissions
${HELP}`,
  subcommands: {
    env: { subcommands: { run: running('-e, --environment <environment>\n--git-branch <name>\n') } },
  },
  unwrap: ({ subcommand, operands }) => ({
    inner: subcommand.join(' ') === 'env run' ? localCommand(operands, 'vercel env run') : [],
  }),
};

const netlify: Grammar = {
  tool: 'netlify',
  names: ['ntl'],
  source: 'netlify/cli src/commands/base-command.ts, src/commands/* (26); cli.netlify.com',
  style: styles.yargs,
  options: `
    --auth <secret>
    --cwd <dir>
    --filter <app>
    --debug
    --http-proxy <address>
    --http-proxy-certificate-filename <file>
-s, --site <id>
    --data <json>
    --query <sql>
    --context <context>
-d, --dir <dir>
-m, --message <text>
    --alias <name>
    --prod
    --force
${HELP}`,
  subcommands: {
    'dev:exec': running('--context <context>\n'),
    deploy: { options: '-p, --prod\n-f, --functions <folder>\n-b, --branch <name>\n', aliases: ['d'] },
    dev: { options: '-p, --port <port>\n', aliases: ['develop'] },
    'env:clone': { options: '-f, --from <site>\n-t, --to <site>\n', aliases: ['env:migrate'] },
    'blobs:set': { options: '-f, --force\n-i, --input <file>\n', aliases: ['blob:set'] },
  },
  unwrap(invocation) {
    const { subcommand, operands } = invocation;
    if (subcommand[0] === 'dev:exec') return { inner: localCommand(operands, 'netlify dev:exec') };
    const sql = lastValue(invocation, '--query');
    const connects = /^(database|db)$/.test(operands[0]?.text ?? '') && operands[1]?.text === 'connect';
    return {
      inner: sql && connects ? [sqlText('postgres', 'netlify.com', sql, 'netlify database connect')] : [],
    };
  },
};

const fly: Grammar = {
  tool: 'fly',
  names: ['flyctl'],
  source: 'superfly/flyctl internal/command/*, internal/flag/flag.go; fly.io/docs/flyctl',
  style: styles.cobra,
  options: `
-t, --access-token <secret>
-a, --app <app>
-c, --config <file>
-o, --org <org>
-r, --region <region>
-g, --group <name>
-C, --command <command>
-s, --select
-y, --yes
-f, --force
-j, --json
    --stage
    --strategy <strategy>
    --verbose
    --debug
${HELP}`,
  unwrap(invocation, world) {
    const { operands } = invocation;
    const path = operands.map(word => word.text);
    const command = lastValue(invocation, '--command');
    if (command && /^(ssh|console)$/.test(path[0] ?? ''))
      return { inner: remoteCommand([command], 'fly ssh console') };
    const isMachine = /^(machine|machines|m)$/.test(path[0] ?? '');
    if (isMachine && path[1] === 'exec')
      return { inner: remoteCommand(operands.slice(3), 'fly machine exec') };
    const connects = /^(mpg|managed-postgres|postgres|pg)$/.test(path[0] ?? '') && path[1] === 'connect';
    return {
      inner: connects ? sqlInput('postgres', 'fly.dev', invocation, world, 'fly postgres connect') : [],
    };
  },
};

const APP = '-a, --app <app>\n-r, --remote <remote>\n';
const DYNO = `${APP}-s, --size <size>\n    --type <type>\n-e, --env <env>\n-x, --exit-code\n    --no-tty\n    --no-notify\n    --no-launcher\n`;
const HEROKU_SQL: CommandGrammar = {
  aliases: ['psql'],
  options: `${APP}-c, --command <sql>\n-f, --file <file>\n    --credential <name>\n`,
};

const heroku: Grammar = {
  tool: 'heroku',
  source: 'heroku/cli packages/cli/src/commands/*; devcenter.heroku.com/articles/heroku-cli-commands',
  style: styles.yargs,
  options: `${APP}-c, --confirm <app>\n-f, --force\n-t, --team <team>\n-j, --json\n    --wait\n${HELP}`,
  subcommands: {
    run: running(DYNO, 'run:detached', 'run:inside'),
    'local:run': running('-e, --env <file>\n-p, --port <port>\n'),
    'pg:psql': HEROKU_SQL,
    pg: { subcommands: { psql: { ...HEROKU_SQL, aliases: [] } } },
  },
  unwrap(invocation, world) {
    const { subcommand, operands } = invocation;
    const command = subcommand.join(' ');
    if (command === 'run') return { inner: remoteCommand(operands, 'heroku run') };
    if (command === 'local:run') return { inner: localCommand(operands, 'heroku local:run') };
    if (/^redis(:cli)?$/.test(operands[0]?.text ?? '') && invocation.input.from !== 'inherited')
      return { inner: [{ via: 'heroku redis:cli', words: words('redis-cli', '-h', 'heroku.com') }] };
    if (command !== 'pg:psql' && command !== 'pg psql') return { inner: [] };
    return { inner: sqlOf('postgres', 'heroku.com', invocation, world, 'heroku pg:psql') };
  },
};

export const hosted: readonly Grammar[] = [vercel, netlify, fly, heroku];
