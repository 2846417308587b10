/**
 * What lies around here that is worth protecting: linked projects, clusters, databases, Terraform state, volumes. Reads
 * files through `World` alone; no secret is among what it returns.
 */

import { isLocalHost } from '../../effects/http/url.js';
import { convexDeployment, neonContext } from '../../effects/surroundings/contexts.js';
import { inside, parsed, type Surrounding } from '../../effects/surroundings/files.js';
import * as linked from '../../effects/surroundings/linked.js';
import { type Sign, sign } from '../../effects/surroundings/sign.js';
import { signsOfUrl } from '../../effects/surroundings/url.js';
import { absolute, baseName } from '../../paths.js';
import { compileEnvironments, DEVELOPMENT, type Environments } from '../../policy/environments.js';
import { kubeContexts } from './kube-contexts.js';

/** One id that `guard protect add` would take. */
export interface Proposal {
  readonly id: string;
  /** What it is, for people: `Railway project`, `database host`. */
  readonly what: string;
  /** The file that names it. */
  readonly from: string;
  /** As the policy names it; empty where nothing tells. */
  readonly environment: string;
}

/** Names that stand in every second command. */
const EVERYDAY = /^(app|web|api|data|main|master|test|default|postgres|mysql|redis|localhost|database)$/i;
const MIN_LENGTH = 4;
const MAX_STATE_BYTES = 8 * 1024 * 1024;

/** Everything that is found, production first, each id once. What is certainly of development is left out. */
export function proposalsIn(around: Surrounding, environments: Environments = {}): readonly Proposal[] {
  const naming = compileEnvironments(environments);
  const found = [
    ...linkedProjects(around),
    ...kubeContexts(around),
    ...databaseUrls(around),
    ...terraform(around),
    ...composeVolumes(around),
  ];
  const proposals = found
    .filter(({ seen }) => seen.name.length >= MIN_LENGTH && !EVERYDAY.test(seen.name))
    .map(({ seen, what, from }) => ({ id: seen.name, what, from, environment: naming([seen]) }))
    .filter(({ environment }) => environment !== DEVELOPMENT);
  const unique = new Map(proposals.map(one => [one.id, one]));
  return [...unique.values()].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function rank({ environment }: Proposal): number {
  return environment === 'production' ? 0 : environment === '' ? 2 : 1;
}

export interface Found {
  readonly seen: Sign;
  readonly what: string;
  readonly from: string;
}

function linkedProjects(around: Surrounding): readonly Found[] {
  const links: readonly [what: string, from: string, read: linked.Linked][] = [
    ['Railway link', '~/.railway/config.json', linked.railwayLink],
    ['Vercel project', '.vercel/project.json', linked.vercelLink],
    ['Fly app', 'fly.toml', linked.flyLink],
    ['Heroku app', '.git/config', linked.herokuLink],
    ['Netlify site', '.netlify/state.json', linked.netlifyLink],
    ['Supabase project', 'supabase/.temp/project-ref', linked.supabaseLink],
    ['Firebase project', '.firebaserc', linked.firebaseLink],
    ['Google Cloud project', '~/.config/gcloud', linked.gcloudLogin],
    ['Neon project', '.neon', neonContext],
    ['Convex deployment', '.env.local', convexDeployment],
    ['Cloudflare Worker', 'wrangler.toml', linked.wranglerLink],
  ];
  return links.flatMap(([what, from, read]) =>
    read(around)
      .filter(({ kind }) => kind === 'projects')
      .map(seen => ({ seen, what, from })),
  );
}

const ENV_FILE = /^\.env(\.[\w.-]+)?$/;

/** Hosts and databases of `…_URL=` and `…HOST=` in the directory's .env files. */
function databaseUrls(around: Surrounding): readonly Found[] {
  return filesIn(around, ENV_FILE).flatMap(name => {
    const lines = (textOf(around, name) ?? '').split('\n');
    return lines.flatMap(line => {
      const [, key = '', , value = ''] = /^(?:export )?(\w+)=(["']?)([^"'\s]*)\2/.exec(line) ?? [];
      const isHost = /^(PG|DB_?|DATABASE_|MYSQL_|POSTGRES_|REDIS_|MONGO_)HOST$/.test(key);
      if (isHost) return [{ seen: sign('hosts', value), what: 'database host', from: name }];
      const scheme = /^([a-z][\w+]*):\/\//i.exec(value)?.[1] ?? '';
      if (
        !/^(postgres(ql)?|mysql|mariadb|mongodb(\+srv)?|rediss?|clickhouse|cockroachdb|sqlserver|libsql)$/.test(
          scheme,
        )
      )
        return [];
      const signs = signsOfUrl({ text: value, certain: true });
      const hosts = signs.filter(({ kind }) => kind === 'hosts').map(one => one.name.replace(/:\d+$/, ''));
      return (hosts.some(isLocalHost) ? [] : signs).map(seen => ({
        seen: { ...seen, name: seen.name.replace(/:\d+$/, '') },
        what: seen.kind === 'hosts' ? 'database host' : 'database',
        from: name,
      }));
    });
  });
}

/** Kinds of resources that hold what cannot be made again. */
const STATEFUL =
  /(db_instance|rds_cluster$|dynamodb_table|s3_bucket$|ebs_volume|efs_file_system|elasticache|opensearch|redshift|docdb|sql_database(_instance)?|storage_bucket$|spanner|bigtable|compute_disk|firestore|bigquery_dataset|mssql_database|postgresql_(flexible_)?server|mysql_(flexible_)?server|storage_account$|cosmosdb_account|managed_disk|kms_key$|kms_crypto_key$|key_vault$|route53_zone$|digitalocean_(database_cluster|volume)|hcloud_volume|_volume$)/;

/** Ids of what a state holds, and the bucket in which the state itself lies. */
function terraform(around: Surrounding): readonly Found[] {
  const backends = filesIn(around, /\.tf$/).flatMap(name => {
    const block = /backend\s+"\w+"\s*\{([^}]*)\}/.exec(textOf(around, name) ?? '')?.[1] ?? '';
    const bucket = /^\s*(?:bucket|storage_account_name)\s*=\s*"([^"]+)"/m.exec(block)?.[1];
    return bucket === undefined
      ? []
      : [{ seen: sign('projects', bucket), what: 'Terraform state', from: name }];
  });
  const held = filesIn(around, /\.tfstate$/).flatMap(name => {
    const resources = inside(parsed(textOf(around, name)), 'resources');
    if (!Array.isArray(resources)) return [];
    return resources.flatMap(resource => {
      const type = String(inside(resource, 'type'));
      const instances = inside(resource, 'instances');
      if (!STATEFUL.test(type) || !Array.isArray(instances)) return [];
      return instances.flatMap(instance => {
        const id = inside(inside(instance, 'attributes'), 'id');
        return typeof id === 'string' ? [{ seen: sign('projects', id), what: type, from: name }] : [];
      });
    });
  });
  return [...backends, ...held];
}

/** Volumes as docker names them: the project's name before the file's. */
function composeVolumes(around: Surrounding): readonly Found[] {
  const [file] = filesIn(around, /^(docker-)?compose\.ya?ml$/);
  const text = file === undefined ? undefined : textOf(around, file);
  if (file === undefined || text === undefined) return [];
  const project =
    /^name:\s*["']?([\w-]+)/m.exec(text)?.[1] ??
    baseName(around.directory ?? '')
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, '');
  const block = /^volumes:[^\n]*\n((?:[ \t]+[^\n]*\n?|\s*\n)*)/m.exec(text)?.[1] ?? '';
  const names = [...block.matchAll(/^ {1,4}([\w.-]+):/gm)].map(([, name]) => name!);
  return names.map(name => ({
    seen: sign('projects', `${project}_${name}`),
    what: 'docker volume',
    from: file,
  }));
}

function filesIn(around: Surrounding, pattern: RegExp): readonly string[] {
  if (around.directory === undefined) return [];
  return around.world
    .list(around.directory)
    .filter(name => pattern.test(name))
    .toSorted();
}

function textOf(around: Surrounding, name: string): string | undefined {
  const content = around.world.readText(absolute(name, around.directory ?? '/'), MAX_STATE_BYTES);
  return 'text' in content && content.complete ? content.text : undefined;
}
