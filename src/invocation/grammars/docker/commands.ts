/** docker's commands and options, but for `run`, `exec` and Compose. May not judge. */

import { type CommandGrammar, styles } from '../../grammar.js';
import { composeCommands, composeOptions } from './compose.js';
import { execOptions, runOptions } from './run.js';

const prefix = { ...styles.cobra, permute: false };

const run: CommandGrammar = { style: prefix, options: runOptions };
const execute: CommandGrammar = { style: prefix, options: execOptions };

/** `-a`, `-i`, `-t` and `--depend` are podman's: podman-rm(1). */
const removeContainer: CommandGrammar = {
  options: `
  -a, --all
      --cidfile <file>
      --depend
  -f, --force
  -i, --ignore
  -l, --link
  -t, --time <seconds>
  -v, --volumes
`,
};

const stop: CommandGrammar = {
  options: `
  -a, --all
  -s, --signal <signal>
  -t, --timeout <seconds>
      --time <seconds>
`,
};

const prune = `
  -a, --all
      --external
      --filter <filter>
  -f, --force
      --volumes
      --build
`;

const removeImage: CommandGrammar = {
  options: `
  -a, --all
  -f, --force
  -i, --ignore
      --no-prune
      --platform <platform>
`,
};

const remove = (...aliases: readonly string[]): CommandGrammar => ({
  aliases,
  options: '  -a, --all\n  -f, --force\n  -i, --ignore\n  -d, --detach\n  -t, --time <seconds>\n',
});

const list: CommandGrammar = {
  options: `
  -a, --all
      --digests
  -f, --filter <filter>
      --format <format>
  -n, --last <n>
  -l, --latest
      --no-trunc
  -q, --quiet
  -s, --size
      --tree
      --cluster
`,
};

const list2 = (...aliases: readonly string[]): CommandGrammar => ({ ...list, aliases });

/** `docker build --help` 28 (the old builder's), docs.docker.com for buildx build; `podman-build(1)` 5 for `--authfile` to `--format`. */
const build: CommandGrammar = {
  options: `
      --add-host <host>
      --allow <entitlement>
      --annotation <pair>
      --attest <attestation>
      --authfile <file>
      --build-arg <pair>
      --build-context <pair>
      --builder <name>
      --cache-from <source>
      --cache-to <target>
      --call <method>
      --cgroup-parent <group>
      --check
      --compress
      --cpu-period <n>
      --cpu-quota <n>
  -c, --cpu-shares <n>
      --cpuset-cpus <cpus>
      --cpuset-mems <nodes>
      --creds <secret>
      --disable-content-trust
  -f, --file <file>
      --force-rm
      --format <format>
      --iidfile <file>
      --isolation <kind>
      --label <pair>
      --load
  -m, --memory <bytes>
      --memory-swap <bytes>
      --metadata-file <file>
      --network <mode>
      --no-cache
      --no-cache-filter <stage>
  -o, --output <target>
      --platform <platforms>
      --progress <kind>
      --provenance <level>
      --pull
      --push
  -q, --quiet
      --rm
      --sbom <level>
      --secret <source>
      --security-opt <option>
      --shm-size <bytes>
      --squash
      --ssh <socket>
  -t, --tag <name>
      --target <stage>
      --ulimit <limit>
  -v, --volume <spec>
`,
};

/** `docker push --help`; podman-push(1) 5 for the registry's. */
const push: CommandGrammar = {
  options: `
  -a, --all-tags
      --authfile <file>
      --cert-dir <directory>
      --compress
      --creds <secret>
      --digestfile <file>
      --disable-content-trust
  -f, --format <format>
      --platform <platform>
  -q, --quiet
      --remove-signatures
      --sign-by <key>
      --tls-verify
`,
};

const buildxOptions = '      --builder <name>\n  -D, --debug\n';

/** Commands that no rule tells apart are left out: their words are operands, their options unknown. */
export const dockerCommands: Readonly<Record<string, CommandGrammar>> = {
  run,
  create: run,
  exec: execute,
  ps: list,
  images: list,
  rm: removeContainer,
  rmi: removeImage,
  stop,
  restart: stop,
  kill: stop,
  container: {
    subcommands: {
      run,
      create: run,
      exec: execute,
      ls: list2('list', 'ps'),
      rm: { ...removeContainer, aliases: ['remove'] },
      prune: { options: prune },
      stop,
      restart: stop,
      kill: stop,
    },
  },
  image: {
    subcommands: {
      push,
      build,
      ls: list2('list'),
      rm: { ...removeImage, aliases: ['remove'] },
      prune: { options: prune },
    },
  },
  volume: {
    subcommands: { ls: list2('list'), rm: remove('remove'), prune: { options: prune } },
  },
  network: {
    subcommands: { ls: list2('list'), rm: remove('remove'), prune: { options: prune } },
  },
  system: {
    subcommands: { prune: { options: prune }, reset: { options: '  -f, --force\n' } },
  },
  build,
  push,
  builder: { subcommands: { build, prune: { options: `${prune}      --keep-storage <bytes>\n` } } },
  buildx: {
    options: buildxOptions,
    subcommands: {
      build: { ...build, aliases: ['b'] },
      prune: {
        options: `${prune}      --max-used-space <bytes>\n      --min-free-space <bytes>\n      --reserved-space <bytes>\n`,
      },
      imagetools: {
        subcommands: {
          create: {
            options:
              '      --annotation <pair>\n      --append\n      --dry-run\n  -f, --file <file>\n      --metadata-file <file>\n  -p, --platform <platform>\n      --prefer-index\n      --progress <kind>\n  -t, --tag <name>\n',
          },
        },
      },
      rm: { options: '      --all-inactive\n  -f, --force\n      --keep-daemon\n      --keep-state\n' },
    },
  },
  stack: { subcommands: { rm: remove('remove', 'down'), ls: list2('list') } },
  service: {
    subcommands: {
      rm: remove('remove'),
      ls: list2('list'),
      scale: { options: '  -d, --detach\n' },
    },
  },
  swarm: {
    subcommands: { leave: { options: '  -f, --force\n' } },
  },
  node: { subcommands: { rm: remove('remove'), ls: list2('list') } },
  secret: { subcommands: { rm: remove('remove'), ls: list2('list') } },
  config: { subcommands: { rm: remove('remove'), ls: list2('list') } },
  context: { subcommands: { rm: remove('remove'), ls: list2('list') } },
  plugin: {
    subcommands: { rm: remove('remove'), ls: list2('list'), disable: { options: '  -f, --force\n' } },
  },
  pod: { subcommands: { rm: remove('remove'), prune: { options: prune } } },
  machine: {
    subcommands: {
      rm: { ...remove('remove'), options: '  -f, --force\n      --save-image\n      --save-ignition\n' },
      reset: { options: '  -f, --force\n' },
      ssh: { style: prefix, options: '  -q, --quiet\n      --username <user>\n' },
    },
  },
  unshare: { style: prefix, options: '      --rootless-netns\n' },
  kube: { subcommands: { down: { options: '      --force\n' } } },
  compose: { options: composeOptions, subcommands: composeCommands },
};
