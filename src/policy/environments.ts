/**
 * Signs → the environment's name, by the user's policy and by defaults. What cannot be seen is never development: only
 * a name that says so makes it that. Reads nothing.
 */

import { isLocalHost } from '../effects/http/url.js';
import { isThrowaway } from '../effects/sql/playground.js';
import { type Sign, type SignKind, signKinds } from '../effects/surroundings/sign.js';
import { compileGlobs, type Matcher } from './glob.js';

/** `environments:` of policy.yaml: by name, globs by kind. */
export type Environments = Readonly<Record<string, Partial<Readonly<Record<SignKind, readonly string[]>>>>>;

export const PRODUCTION = 'production';
export const DEVELOPMENT = 'development';

/** Names an environment from what can be seen of it; empty where nothing tells. */
export type Naming = (signs: readonly Sign[]) => string;

/** Production wins over every other name, any other over development: a doubt is settled on the careful side. */
export function compileEnvironments(environments: Environments = {}): Naming {
  const mapped = Object.entries(environments).map(([name, kinds]) => ({
    name,
    byKind: new Map(
      signKinds.flatMap(kind => {
        const globs = kinds[kind];
        return globs === undefined
          ? []
          : [[kind, compileGlobs(globs.map(glob => glob.toLowerCase()))] as const];
      }),
    ),
  }));
  const named = (one: Sign): readonly string[] =>
    mapped.filter(({ byKind }) => matches(byKind.get(one.kind), one)).map(({ name }) => name);
  return signs => {
    const said = careful(signs.flatMap(named));
    if (said !== '' && said !== DEVELOPMENT) return said;
    const open = signs.filter(one => named(one).length === 0);
    const isLocalCluster = open.some(one => one.kind === 'kube' && LOCAL_CLUSTER.test(one.name));
    // On a cluster of this machine a namespace may be called anything.
    const telling = open.filter(one => !(one.kind === 'namespaces' && isLocalCluster));
    if (said === DEVELOPMENT && signs.some(one => OUTER.has(one.kind) && named(one).length > 0)) return said;
    const guessed = careful(telling.map(usually).filter(name => name !== ''));
    if (guessed !== '' && guessed !== DEVELOPMENT) return guessed;
    return open.some(isUnknownPlace) ? '' : said || guessed;
  };
}

/** What holds the other things: the same database name may stand on a server of each environment. */
const OUTER: ReadonlySet<SignKind> = new Set(['hosts', 'kube', 'profiles', 'projects']);

function careful(names: readonly string[]): string {
  if (names.includes(PRODUCTION)) return PRODUCTION;
  return names.find(name => name !== DEVELOPMENT) ?? names[0] ?? '';
}

/** A glob with a port speaks of that port alone, one without of the host on any. */
function matches(matcher: Matcher | undefined, { kind, name }: Sign): boolean {
  if (matcher === undefined) return false;
  const text = name.toLowerCase();
  return matcher(text) || (kind === 'hosts' && matcher(text.replace(/:\d+$/, '')));
}

/** kind, minikube, k3d, and what desktop programs run. */
const LOCAL_CLUSTER =
  /^(kind|kind-.*|minikube|k3d-.*|docker-desktop|docker-for-desktop|rancher-desktop|colima.*|orbstack)$/;
const PRODUCTION_WORD = /(^|[^a-z0-9])(prod|prd|production|live)([^a-z0-9]|$)/;
const STAGING_WORD = /(^|[^a-z0-9])(staging|stage|stg|uat|preprod|pre-prod)([^a-z0-9]|$)/;

/** What a name says where policy says nothing of it. */
function usually({ kind, name, own }: Sign): string {
  const text = name.toLowerCase();
  if (kind === 'hosts' && (own || isLocalHost(text.replace(/:\d+$/, '')))) return DEVELOPMENT;
  if (kind === 'kube' && LOCAL_CLUSTER.test(text)) return DEVELOPMENT;
  if (kind === 'databases' && isThrowaway(text)) return DEVELOPMENT;
  if (kind === 'profiles' && /^(localstack|local)$/.test(text)) return DEVELOPMENT;
  if (kind === 'branches') return /^(main|master|production|prod|live)$/.test(text) ? PRODUCTION : '';
  if (STAGING_WORD.test(text)) return 'staging';
  return PRODUCTION_WORD.test(text) ? PRODUCTION : '';
}

function isUnknownPlace({ kind, name }: Sign): boolean {
  return name === '?' && (kind === 'hosts' || kind === 'kube');
}
