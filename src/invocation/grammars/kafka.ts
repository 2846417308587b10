/** How Kafka's administration scripts read their arguments (joptsimple: no subcommands, whole names, one dash or two). */

import { type Grammar, styles } from '../grammar.js';

/** The scripts in Kafka's bin/ end in .sh; packages install them without. */
function script(tool: string, options: string): Grammar {
  return {
    tool,
    names: [`${tool}.sh`],
    source: 'the usage text of each script, run with Kafka 3.9.1: prefixes are refused, `-delete` is taken',
    style: { ...styles.clap, bundle: false, singleDash: true },
    options: `
      --bootstrap-server <hosts>
      --command-config <file>
      --help
      --version
      --topic <topic>
      ${options}
    `,
  };
}

export const kafka: readonly Grammar[] = [
  script(
    'kafka-topics',
    '--alter\n--at-min-isr-partitions\n--config <pair>\n--create\n--delete\n--delete-config <name>\n--describe\n--exclude-internal\n--if-exists\n--if-not-exists\n--list\n--partitions <count>\n--partition-size-limit-per-response <n>\n--replica-assignment <ids>\n--replication-factor <n>\n--topic-id <id>\n--topics-with-overrides\n--unavailable-partitions\n--under-min-isr-partitions\n--under-replicated-partitions\n--zookeeper <hosts>',
  ),
  script(
    'kafka-consumer-groups',
    '--all-groups\n--all-topics\n--by-duration <duration>\n--delete\n--delete-offsets\n--describe\n--dry-run\n--execute\n--export\n--from-file <file>\n--group <group>\n--list\n--members\n--offsets\n--reset-offsets\n--shift-by <n>\n--state[=<states>]\n--type[=<types>]\n--timeout <ms>\n--to-current\n--to-datetime <time>\n--to-earliest\n--to-latest\n--to-offset <n>\n--validate-regex\n--verbose',
  ),
  script(
    'kafka-configs',
    '--add-config <pairs>\n--add-config-file <file>\n--all\n--alter\n--bootstrap-controller <hosts>\n--broker <id>\n--broker-defaults\n--broker-logger <id>\n--client <id>\n--client-defaults\n--client-metrics <name>\n--delete-config <names>\n--describe\n--entity-default\n--entity-name <name>\n--entity-type <type>\n--force\n--group <group>\n--group-defaults\n--ip <ip>\n--ip-defaults\n--user <user>\n--user-defaults\n--zk-tls-config-file <file>\n--zookeeper <hosts>',
  ),
  script(
    'kafka-acls',
    '--add\n--allow-host <host>\n--allow-principal <principal>\n--authorizer <class>\n--authorizer-properties <pairs>\n--bootstrap-controller <hosts>\n--cluster[=<name>]\n--consumer\n--delegation-token <token>\n--deny-host <host>\n--deny-principal <principal>\n--force\n--group <group>\n--idempotent\n--list\n--operation <operation>\n--principal <principal>\n--producer\n--remove\n--resource-pattern-type <type>\n--transactional-id <id>\n--user-principal <principal>\n--zk-tls-config-file <file>',
  ),
];
