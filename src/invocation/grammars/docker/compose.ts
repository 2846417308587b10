/** Docker Compose's commands and options, for `docker compose` and `docker-compose`. May not judge. */

import { type CommandGrammar, styles } from '../../grammar.js';

/** docs.docker.com/reference/cli/docker/compose (v2.30); `docker-compose --help` 1.29 for the TLS options. */
export const composeOptions = `
      --all-resources
      --ansi <when>
      --compatibility
      --context <name>
      --dry-run
      --env-file <file>
  -f, --file <file>
  -H, --host <host>
      --insecure-registry <registry>
      --log-level <level>
      --no-ansi
      --parallel <n>
      --profile <name>
      --progress <type>
      --project-directory <directory>
  -p, --project-name <name>
      --skip-hostname-check
      --tls
      --tlscacert <file>
      --tlscert <file>
      --tlskey <file>
      --tlsverify
      --verbose
  -v, --version
      --workdir <directory>
  -h, --help
`;

const prefix = { ...styles.cobra, permute: false };

const execute: CommandGrammar = {
  style: prefix,
  options: `
  -d, --detach
  -e, --env <assignment>
      --index <n>
  -i, --interactive
  -T, --no-TTY
      --no-tty
      --privileged
  -t, --tty
  -u, --user <user>
  -w, --workdir <directory>
`,
};

const run: CommandGrammar = {
  style: prefix,
  options: `
      --build
      --cap-add <capability>
      --cap-drop <capability>
  -d, --detach
      --entrypoint <command>
  -e, --env <assignment>
      --env-from-file <file>
  -i, --interactive
  -l, --label <label>
      --name <name>
      --no-deps
  -T, --no-TTY
      --no-tty
  -p, --publish <port>
      --pull <policy>
  -q, --quiet
      --quiet-build
      --quiet-pull
      --remove-orphans
      --rm
  -P, --service-ports
  -t, --tty
      --use-aliases
  -u, --user <user>
  -v, --volume <mount>
  -w, --workdir <directory>
`,
};

const up = `
      --abort-on-container-exit
      --abort-on-container-failure
      --always-recreate-deps
      --attach <service>
      --attach-dependencies
      --build
  -d, --detach
      --exit-code-from <service>
      --force-recreate
      --menu
      --no-attach <service>
      --no-build
      --no-color
      --no-deps
      --no-log-prefix
      --no-recreate
      --no-start
      --pull <policy>
      --quiet-build
      --quiet-pull
      --remove-orphans
  -V, --renew-anon-volumes
      --scale <number>
  -t, --timeout <seconds>
      --timestamps
      --wait
      --wait-timeout <seconds>
  -w, --watch
  -y, --yes
`;

/** Commands that no rule tells apart are left out: their words are operands, their options unknown. */
export const composeCommands: Readonly<Record<string, CommandGrammar>> = {
  down: {
    options: `
      --remove-orphans
      --rmi <type>
  -t, --timeout <seconds>
  -v, --volumes
`,
  },
  rm: {
    options: `
  -a, --all
  -f, --force
  -s, --stop
  -v, --volumes
`,
  },
  up: { options: up },
  create: {
    options: `
      --build
      --force-recreate
      --no-build
      --no-recreate
      --pull <policy>
      --remove-orphans
      --scale <number>
  -y, --yes
`,
  },
  exec: execute,
  run,
  volumes: { options: '      --format <format>\n  -q, --quiet\n' },
  kill: { options: '      --remove-orphans\n  -s, --signal <signal>\n' },
  stop: { options: '  -t, --timeout <seconds>\n' },
  restart: { options: '      --no-deps\n  -t, --timeout <seconds>\n' },
  scale: { options: '      --no-deps\n' },
  logs: {
    options: `
  -f, --follow
      --index <n>
      --no-color
      --no-log-prefix
      --since <time>
  -n, --tail <lines>
  -t, --timestamps
      --until <time>
`,
  },
};
