/**
 * By which options, variables, files and words the command lines of platforms, clouds and clusters are told where they
 * work, as their manuals say it. Data, and what is too entwined for it; judges nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import * as contexts from './contexts.js';
import { named, type Sign, type SignKind } from './sign.js';
import type { ToolSigns } from './tools.js';

type Own = (invocation: Invocation) => readonly Sign[];

const aws: ToolSigns = { profiles: { options: '--profile', variables: 'AWS_PROFILE AWS_VAULT' } };
const stage: ToolSigns = {
  ...aws,
  stages: { options: '--stage -s --env --environment', variables: 'SST_STAGE STAGE' },
};

/** Tools that read a kubeconfig and have no grammar of their own, by their options for its context. */
const cluster = (context: string): ToolSigns => ({
  kube: { options: context },
  namespaces: { options: '--namespace -n' },
  linked: contexts.kubeCurrent,
});

export const platformSigns: Readonly<Record<string, ToolSigns>> = {
  neonctl: { projects: { options: '--project-id' }, linked: contexts.neonContext, own: branchWord(2) },
  pscale: { projects: { options: '--org' }, linked: contexts.pscaleLink, own: pscaleWords },
  turso: { own: word('databases', 2) },
  convex: {
    flags: { '--prod': 'production' },
    projects: { variables: 'CONVEX_DEPLOYMENT' },
    linked: contexts.convexDeployment,
  },
  upstash: { databases: { options: '--name --id' } },
  koyeb: { projects: { options: '--app -a' } },
  render: { projects: { variables: 'RENDER_WORKSPACE' }, linked: contexts.renderWorkspace },
  kamal: { stages: { options: '--destination -d' } },
  amplify: { stages: { options: '--env' }, ...aws, linked: contexts.amplifyEnvironment },
  serverless: stage,
  sls: stage,
  sst: stage,
  zappa: { own: word('stages', 1) },
  chalice: stage,
  cdk: { ...aws, own: stacks },
  sam: { ...aws, stages: { options: '--config-env --config-file' }, projects: { options: '--stack-name' } },
  copilot: { stages: { options: '--env -e' }, projects: { options: '--app -a --name -n' } },
  eb: { ...aws, own: word('stages', 1) },
  eksctl: { ...aws, kube: { options: '--name -n --cluster' } },
  s5cmd: { ...aws, own: buckets },
  s3cmd: { profiles: { options: '--config -c' }, own: buckets },
  mc: { own: remoteWords(/^([\w-]+)\/[\w.-]+/) },
  rclone: { own: remoteWords(/^([\w -]+):/) },
  oci: { profiles: { options: '--profile', variables: 'OCI_CLI_PROFILE' } },
  scw: { profiles: { options: '--profile -p', variables: 'SCW_PROFILE' } },
  exo: { profiles: { options: '--use-account -A', variables: 'EXOSCALE_ACCOUNT' } },
  yc: { profiles: { options: '--profile' }, projects: { options: '--cloud-id --folder-name --folder-id' } },
  aliyun: { profiles: { options: '--profile -p', variables: 'ALIBABA_CLOUD_PROFILE' } },
  doctl: {
    profiles: { options: '--context', variables: 'DIGITALOCEAN_CONTEXT' },
    linked: contexts.doctlContext,
  },
  hcloud: { profiles: { options: '--context', variables: 'HCLOUD_CONTEXT' }, linked: contexts.hcloudContext },
  'linode-cli': { profiles: { options: '--as-user' } },
  cf: { linked: contexts.cfTarget },
  databricks: {
    profiles: { options: '--profile -p', variables: 'DATABRICKS_CONFIG_PROFILE' },
    stages: { options: '--target -t', variables: 'DATABRICKS_BUNDLE_TARGET' },
  },
  snow: { profiles: { options: '--connection -c', variables: 'SNOWFLAKE_DEFAULT_CONNECTION_NAME' } },
  snowsql: { profiles: { options: '--connection -c' } },
  sf: { profiles: { options: '--target-org -o', variables: 'SF_TARGET_ORG' } },
  sfdx: { profiles: { options: '--targetusername -u --target-org -o', variables: 'SFDX_DEFAULTUSERNAME' } },
  auth0: { url: { options: '--tenant' } },
  stripe: {
    flags: { '--live': 'production' },
    profiles: { options: '--project-name -p', variables: 'STRIPE_PROJECT_NAME' },
  },
  wp: { url: { options: '--ssh --http' }, own: aliases },
  drush: { url: { options: '--uri -l' }, own: aliases },
  argocd: {
    url: { options: '--server', variables: 'ARGOCD_SERVER' },
    profiles: { options: '--argocd-context' },
    linked: contexts.argocdContext,
  },
  helmfile: {
    ...cluster('--kube-context'),
    stages: { options: '--environment -e', variables: 'HELMFILE_ENVIRONMENT' },
  },
  velero: cluster('--kubecontext'),
  flux: cluster('--context'),
  istioctl: cluster('--context'),
  linkerd: cluster('--context'),
  cilium: cluster('--context'),
  skaffold: cluster('--kube-context'),
  tilt: cluster('--context'),
  devspace: cluster('--kube-context'),
  kapp: cluster('--kubeconfig-context'),
};

/** The word at a place among the operands: `turso db destroy NAME`. */
function word(kind: SignKind, at: number): Own {
  return ({ subcommand, operands }) => named(kind, [...subcommand, ...operands.map(one => one.text)][at]);
}

/** `neonctl branches delete NAME`. */
function branchWord(at: number): Own {
  return ({ subcommand, operands }) => {
    const words = [...subcommand, ...operands.map(one => one.text)];
    return /^branch(es)?$/.test(words[0] ?? '') ? named('branches', words[at]) : [];
  };
}

/** `pscale branch delete DATABASE BRANCH`, `pscale shell DATABASE BRANCH`. */
function pscaleWords({ operands }: Invocation): readonly Sign[] {
  const words = operands.map(one => one.text);
  const [database, branch] = words.slice(/^(shell|sql|connect)$/.test(words[0] ?? '') ? 1 : 2);
  return [...named('databases', database), ...named('branches', branch)];
}

/** `cdk destroy ProdStack`: its words are told apart by their capitals. */
function stacks({ operands }: Invocation): readonly Sign[] {
  return operands
    .slice(1)
    .flatMap(({ text }) => named('projects', text.replace(/([a-z0-9])(?=[A-Z])/g, '$1-')));
}

/** `pulumi stack rm NAME`, `pulumi cancel NAME`. */
export function stackRemoved({ subcommand, operands }: Invocation): readonly Sign[] {
  const takesName = /^(stack rm|cancel)$/.test(subcommand.join(' '));
  return takesName ? named('workspaces', operands[0]?.text) : [];
}

/** `heroku api DELETE /apps/NAME/…`. */
export function appsAddressed({ subcommand, operands }: Invocation): readonly Sign[] {
  if (![subcommand[0], operands[0]?.text].includes('api')) return [];
  return operands.flatMap(({ text }) => named('projects', /^\/?apps\/([\w-]+)/.exec(text)?.[1]));
}

/** `s3://bucket/key`. */
export function buckets({ operands }: Invocation): readonly Sign[] {
  return operands.flatMap(({ text }) => named('projects', /^(?:s3|gs):\/\/([^/*?[]+)/.exec(text)?.[1]));
}

/** `mc rb ALIAS/bucket`, `rclone purge REMOTE:path`. */
function remoteWords(shape: RegExp): Own {
  return ({ operands }) => operands.flatMap(({ text }) => named('profiles', shape.exec(text)?.[1]));
}

/** `wp @production …`, `drush @site.live …`. */
function aliases({ operands }: Invocation): readonly Sign[] {
  return operands.flatMap(({ text }) => named('stages', /^@([\w.-]+)$/.exec(text)?.[1]));
}
