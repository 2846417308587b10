/** Railway's commands whose meaning guard tells apart, with their aliases and options. Data, no code. */

import { type CommandGrammar, styles } from '../../grammar.js';

/** -s, -e and -p name the service, environment and project on nearly every command. */
const SELECT = `
-s, --service <service>
-e, --environment <environment>
-p, --project <project>
    --json
`;
const YES = `
-y, --yes[=<answer>]
    --2fa-code <secret>
    --json
`;
const deleting = (options = ''): CommandGrammar => ({
  aliases: ['remove', 'rm'],
  options: `${SELECT}${YES}${options}`,
});
const listing: CommandGrammar = { aliases: ['ls'], options: SELECT };
const plain = (options = '', ...aliases: readonly string[]): CommandGrammar => ({
  options: `${SELECT}${YES}${options}`,
  aliases,
});
/** The options end where the inner command begins. */
const running = (options: string, ...aliases: readonly string[]): CommandGrammar => ({
  options: `${SELECT}${options}`,
  aliases,
  style: { ...styles.clap, permute: false },
});

const VOLUME = '-v, --volume <volume>\n';
const IDENTITY = '-i, --identity-file <path>\n';
const files: CommandGrammar = {
  aliases: ['file'],
  options: `${SELECT}${YES}${VOLUME}${IDENTITY}`,
  subcommands: {
    delete: deleting(VOLUME),
    upload: plain(`${VOLUME}--overwrite\n`, 'up', 'put'),
    download: plain(`${VOLUME}--overwrite\n--override\n`, 'dl', 'get'),
    rename: plain(VOLUME, 'mv'),
    list: listing,
  },
};

const environmentConfig = `
-p, --project <project>
-e, --environment <environment>
-m, --message <message>
    --stage
    --json
-s, --service-config <service>
-v, --service-variable <service>
`;

/** `railway postgres`, `mysql`, `redis`: managed database features. */
const database: CommandGrammar = {
  options: SELECT,
  subcommands: {
    pitr: {
      subcommands: {
        backup: {
          subcommands: {
            delete: deleting(),
            restore: plain(),
            list: listing,
            create: plain(),
            lock: plain(),
          },
        },
        schedule: { subcommands: { set: plain('--none\n'), show: plain() } },
        disable: plain(),
        enable: plain(),
        cancel: plain(),
        clear: plain(),
        restore: plain('--at <time>\n'),
        status: plain(),
        progress: plain(),
      },
    },
    ha: {
      subcommands: {
        revert: plain(),
        scale: plain('--replicas <count>\n'),
        switchover: plain('', 'promote'),
        status: plain(),
      },
    },
    pgbouncer: {
      aliases: ['pooling', 'pool'],
      subcommands: { remove: deleting(), add: plain(), status: plain() },
    },
    history: plain('--limit <count>\n'),
  },
};

export const railwayCommands: Readonly<Record<string, CommandGrammar>> = {
  api: {
    options: `
-f, --file <path>
    --variables <json>
    --var <assignment>
    --raw-var <assignment>
    --operation-name <name>
    --compact
    --allow-errors
`,
    subcommands: {
      schema: { options: '--compact\n' },
      search: { options: '--kind <kind>\n--limit <count>\n--compact\n' },
      describe: { options: '--compact\n' },
    },
  },
  run: running('', 'local'),
  ssh: {
    ...running(
      '-d, --deployment-instance <id>\n--session[=<name>]\n--native\n--relay\n-i, --identity-file <path>\n',
    ),
    subcommands: {
      keys: {
        subcommands: {
          remove: { ...deleting(), aliases: ['rm', 'delete'] },
          list: listing,
          add: plain('--key <path>\n-n, --name <name>\n'),
          github: plain(),
        },
      },
      config: { subcommands: { remove: deleting() } },
    },
  },
  shell: plain('--silent\n'),
  connect: plain('--tunnel-only\n'),
  agent: plain('-m, --message <message>\n--prompt <prompt>\n'),
  delete: deleting(),
  project: { aliases: ['projects'], subcommands: { delete: deleting(), list: listing, link: plain() } },
  volume: {
    aliases: ['volumes'],
    options: `${SELECT}${VOLUME}`,
    subcommands: {
      delete: deleting(VOLUME),
      detach: plain(VOLUME),
      attach: plain(VOLUME),
      update: plain(`${VOLUME}-m, --mount-path <path>\n-n, --name <name>\n`, 'edit', 'rename'),
      add: plain('-m, --mount-path <path>\n', 'create', 'new'),
      list: listing,
      files,
      browse: plain(`${VOLUME}--local-dir <path>\n`, 'browser'),
      upload: plain(VOLUME, 'up', 'put'),
      download: plain(VOLUME, 'dl', 'get'),
    },
  },
  environment: {
    aliases: ['env'],
    subcommands: {
      delete: deleting(),
      edit: { aliases: ['update'], options: environmentConfig },
      new: {
        aliases: ['create', 'add'],
        options: `${environmentConfig}-d, -c, --duplicate, --copy <environment>\n`,
      },
      link: plain(),
      config: plain('', 'show', 'info'),
      list: plain('--ephemeral\n--no-ephemeral\n', 'ls'),
    },
  },
  service: {
    subcommands: {
      delete: deleting(),
      source: { subcommands: { disconnect: plain(), connect: plain() } },
      files,
      scale: plain(),
      list: listing,
      link: plain(),
      status: plain('-a, --all\n'),
      logs: plain(),
      redeploy: plain(),
      restart: plain(),
    },
  },
  functions: {
    aliases: ['function', 'func', 'fn', 'funcs', 'fns'],
    options: '-e, --environment <environment>\n',
    subcommands: {
      delete: deleting('-f, --function <function>\n'),
      list: listing,
      new: plain(),
      push: plain('', 'up'),
      pull: plain(),
    },
  },
  bucket: {
    aliases: ['buckets'],
    options: '-b, --bucket <bucket>\n-e, --environment <environment>\n',
    subcommands: {
      delete: deleting('-b, --bucket <bucket>\n'),
      credentials: { aliases: ['creds'], options: `${YES}--reset\n` },
      list: listing,
      create: plain('-r, --region <region>\n', 'add', 'new'),
      info: plain(),
      rename: plain('-n, --name <name>\n'),
    },
  },
  postgres: database,
  mysql: database,
  redis: database,
  config: {
    options: '--json\n',
    subcommands: {
      apply: plain('--confirm-destructive\n'),
      plan: plain(),
      init: plain('--force\n'),
      pull: plain('--force\n'),
      migrate: plain(),
    },
  },
  down: plain(),
  scale: plain(),
  variable: {
    aliases: ['variables', 'vars', 'var'],
    options: `${SELECT}-k, --kv\n--set <assignment>\n--set-from-stdin <key>\n--skip-deploys\n`,
    subcommands: {
      delete: deleting(),
      set: plain('--stdin\n--skip-deploys\n'),
      list: { ...listing, options: `${SELECT}-k, --kv\n` },
    },
  },
  sandbox: {
    aliases: ['sandboxes', 'sbx'],
    subcommands: {
      destroy: { ...deleting(), aliases: ['rm', 'delete'] },
      checkpoint: { subcommands: { delete: deleting(), create: plain(), list: listing } },
      exec: running(''),
      ssh: running(''),
    },
  },
  domain: {
    options: '-p, --port <port>\n-s, --service <service>\n--json\n',
    subcommands: { delete: deleting(), list: listing },
  },
  'tcp-proxy': { subcommands: { delete: deleting(), list: listing } },
  'private-network': { subcommands: { delete: deleting() } },
  waf: { subcommands: { 'under-attack': { subcommands: { enable: plain(), disable: plain() } } } },
  cdn: { subcommands: { disable: plain(), purge: plain(), enable: plain(), status: plain() } },
  flag: { aliases: ['flags'], subcommands: { delete: deleting(), set: plain('--force\n--type <type>\n') } },
  template: { aliases: ['templates'], subcommands: { delete: deleting(), unpublish: plain() } },
  code: { aliases: ['ca'], options: '--rm\n', subcommands: { delete: deleting() } },
};
