/**
 * By which options, variables and words the clients of brokers, secret stores, registries, chains and emulators are told
 * where their server is, as their manuals say it. Data, and what is too entwined for it; judges nothing.
 */

import { environmentOf, type Invocation, lastValue } from '../../invocation/invocation.js';
import { certain, type Word } from '../../shell/command.js';
import type { Surrounding } from './files.js';
import { named, type Sign, sign } from './sign.js';
import type { Told, ToolSigns } from './tools.js';
import { signsOfUrl } from './url.js';

const kafka = server({ options: '--bootstrap-server --bootstrap-servers --broker-list --zookeeper' });
const vault = server({ options: '-address --address', variables: 'VAULT_ADDR BAO_ADDR' });
const ethereum = server({ options: '--rpc-url -r', variables: 'ETH_RPC_URL' });
const npm = server({ options: '--registry', variables: 'npm_config_registry NPM_CONFIG_REGISTRY' });

export const serviceSigns: Readonly<Record<string, ToolSigns>> = {
  ...everyOne(
    'kafka-topics kafka-consumer-groups kafka-configs kafka-acls kafka-delete-records kafka-streams-application-reset ' +
      'kafka-leader-election kafka-metadata-quorum kafka-cluster kafka-reassign-partitions',
    kafka,
  ),
  ...everyOne(
    'kafka-delete-records.sh kafka-streams-application-reset.sh kafka-leader-election.sh kafka-cluster.sh ' +
      'kafka-metadata-quorum.sh kafka-reassign-partitions.sh',
    kafka,
  ),
  ...everyOne('zkCli zkCli.sh', server({ options: '-server' })),
  ...everyOne('zookeeper-shell zookeeper-shell.sh grpcurl', { own: firstWord }),
  rpk: { url: { options: '--brokers', variables: 'RPK_BROKERS' }, own: redpanda },
  rabbitmqadmin: server({ options: '--host -H' }),
  nats: server({ options: '--server -s', variables: 'NATS_URL' }),
  'pulsar-admin': server({ options: '--admin-url' }),
  temporal: server({ options: '--address', variables: 'TEMPORAL_ADDRESS' }),
  vault,
  bao: vault,
  consul: server({ options: '-http-addr --http-addr', variables: 'CONSUL_HTTP_ADDR' }),
  nomad: server({ options: '-address --address', variables: 'NOMAD_ADDR' }),
  ...everyOne('npm pnpm yarn bun', npm),
  ...everyOne('crane gcrane skopeo regctl oras', { own: images }),
  swaks: server({ options: '--server -s' }),
  cast: ethereum,
  forge: ethereum,
  ...everyOne('solana spl-token', server({ options: '--url -u' })),
  etcdctl: server({ options: '--endpoints', variables: 'ETCDCTL_ENDPOINTS' }),
  'couchbase-cli': server({ options: '--cluster -c' }),
};

function server(url: Told): ToolSigns {
  return { url };
}

function everyOne(names: string, signs: ToolSigns): Readonly<Record<string, ToolSigns>> {
  return Object.fromEntries(names.split(' ').map(name => [name, signs]));
}

/** `grpcurl HOST:PORT SERVICE/METHOD`, `zookeeper-shell HOST:PORT COMMAND`. */
function firstWord({ operands }: Invocation): readonly Sign[] {
  const address = operands[0];
  return address && /:\d+$/.test(address.text) ? signsOfUrl(address) : [];
}

/** `-X brokers=host:port,host:port` of rpk. */
function redpanda({ argv }: Invocation): readonly Sign[] {
  const given = argv.find((word, i) => i > 0 && /^(-X)?=?brokers=/.test(word.text));
  return given ? signsOfUrl({ ...given, text: given.text.replace(/^.*?brokers=/, '') }) : [];
}

export function isPush({ subcommand, operands }: Invocation): boolean {
  return [...subcommand, operands[0]?.text].includes('push');
}

/** The registries of the images that are named, where a name says one: it has a dot, a port, or is localhost. */
export function images({ operands }: Invocation): readonly Sign[] {
  return operands.flatMap(({ text, certain: isCertain }) => {
    const [registry = ''] = text.replace(/^(docker|oci):\/\//, '').split('/');
    const isRegistry = text.includes('/') && /^localhost$|[.:]/.test(registry);
    return isRegistry && isCertain ? [sign('hosts', registry.toLowerCase())] : [];
  });
}

/** Emulators that gcloud is sent to: `CLOUDSDK_API_ENDPOINT_OVERRIDES_<SERVICE>` (gcloud topic configurations). */
export function googleEndpoint(invocation: Invocation, { world }: Surrounding): readonly Sign[] {
  const service = invocation.operands.find(({ text }) => !/^(alpha|beta)$/.test(text))?.text ?? '';
  const name = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.replaceAll('-', '').toUpperCase()}`;
  const given = environmentOf(invocation, name, world.env);
  return given ? signsOfUrl(given) : [];
}

/** Where `az storage` is sent by itself: Azurite's own account is always on this machine. `az group` names a group by `-n`. */
export function azureEndpoint(invocation: Invocation): readonly Sign[] {
  const group = invocation.operands[0]?.text === 'group' ? lastValue(invocation, '--name')?.text : undefined;
  if (group !== undefined) return named('projects', group);
  const text = lastValue(invocation, '--connection-string')?.text ?? '';
  const isOwn =
    /UseDevelopmentStorage=true/i.test(text) ||
    lastValue(invocation, '--account-name')?.text === 'devstoreaccount1';
  if (isOwn) return [sign('hosts', 'localhost')];
  const endpoint: Word | undefined = lastValue(invocation, '--blob-endpoint');
  const within = /(?:Blob|Queue|Table|File)Endpoint=([^;]+)/i.exec(text)?.[1];
  return [...(endpoint ? signsOfUrl(endpoint) : []), ...(within ? signsOfUrl(certain(within)) : [])];
}
