/**
 * By which options, variables and files each tool is told where it works, as its manual says it. An option goes before a
 * variable, a variable before a file. Data, no code; a tool that is not here shows nothing but its effects' hosts.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { awsSigns } from './aws.js';
import { pulumiStack } from './contexts.js';
import type { Surrounding } from './files.js';
import { kubeSigns } from './kube.js';
import {
  azureLogin,
  directoryName,
  dockerContext,
  firebaseLink,
  flyLink,
  gcloudLogin,
  herokuLink,
  type Linked,
  netlifyLink,
  railwayLink,
  supabaseLink,
  terraformLink,
  vercelLink,
  wranglerLink,
} from './linked.js';
import { appsAddressed, buckets, platformSigns, stackRemoved } from './platforms.js';
import {
  type ConfigFile,
  drizzleConfig,
  knexConfig,
  sequelizeConfig,
  typeormConfig,
} from './project-config.js';
import { azureEndpoint, googleEndpoint, images, isPush, serviceSigns } from './services.js';
import type { Sign, SignKind } from './sign.js';

/** Where a tool is told one kind of thing. */
export interface Told {
  readonly options?: string;
  readonly variables?: string;
}

export interface ToolSigns extends Partial<Record<SignKind, Told>> {
  /** Options and variables whose value is a URL of a server or database. */
  readonly url?: Told;
  /** Flags that stand for a stage: `--prod`. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly linked?: Linked;
  /** A program of the project's that says where; it goes before variables, which it may or may not read. */
  readonly config?: ConfigFile;
  /** It reads variables from `.env` of its directory. */
  readonly dotenv?: true;
  /** Where options, variables and files are too entwined for a table. */
  readonly own?: (invocation: Invocation, around: Surrounding) => readonly Sign[];
}

const node: ToolSigns = {
  stages: { options: '--env --environment', variables: 'NODE_ENV APP_ENV' },
  url: { options: '--url --database-url --connection', variables: 'DATABASE_URL DIRECT_URL' },
  dotenv: true,
};
const migration: ToolSigns = {
  stages: { options: '--env --environment -environment', variables: 'APP_ENV' },
  url: {
    options: '--url -u --database-url -database -url --dsn',
    variables: 'DATABASE_URL GOOSE_DBSTRING FLYWAY_URL LIQUIBASE_COMMAND_URL',
  },
  dotenv: true,
};
const ruby: ToolSigns = {
  stages: { options: '-e --environment', variables: 'RAILS_ENV RACK_ENV' },
  url: { variables: 'DATABASE_URL' },
};
const terraform: ToolSigns = {
  workspaces: { options: '-var-file --var-file', variables: 'TF_WORKSPACE' },
  linked: terraformLink,
};
const google: ToolSigns = {
  projects: { options: '--project --project_id', variables: 'CLOUDSDK_CORE_PROJECT GOOGLE_CLOUD_PROJECT' },
  profiles: { options: '--configuration', variables: 'CLOUDSDK_ACTIVE_CONFIG_NAME' },
  linked: gcloudLogin,
};

export const toolSigns: Readonly<Record<string, ToolSigns>> = {
  aws: { own: awsSigns },
  ...serviceSigns,
  ...platformSigns,
  gcloud: {
    ...google,
    own: (invocation, around) => [...googleEndpoint(invocation, around), ...buckets(invocation)],
  },
  gsutil: { ...google, own: buckets },
  bq: { ...google, url: { options: '--api' } },
  cbt: { ...google, url: { variables: 'BIGTABLE_EMULATOR_HOST' } },
  az: {
    profiles: { options: '--subscription' },
    projects: { options: '--resource-group -g' },
    linked: azureLogin,
    own: azureEndpoint,
  },
  terraform,
  tofu: terraform,
  terragrunt: { ...terraform, linked: directoryName },
  pulumi: {
    workspaces: { options: '--stack -s', variables: 'PULUMI_STACK' },
    linked: pulumiStack,
    own: stackRemoved,
  },
  railway: {
    stages: { options: '--environment -e', variables: 'RAILWAY_ENVIRONMENT_NAME RAILWAY_ENVIRONMENT' },
    projects: { options: '--project -p', variables: 'RAILWAY_PROJECT_ID' },
    linked: railwayLink,
  },
  vercel: {
    stages: { options: '--target --environment' },
    projects: { options: '--project', variables: 'VERCEL_PROJECT_ID' },
    flags: { '--prod': 'production', '--production': 'production' },
    linked: vercelLink,
  },
  fly: {
    projects: { options: '--app -a', variables: 'FLY_APP' },
    // A configuration of its own for production is named so.
    stages: { options: '--config -c' },
    linked: flyLink,
  },
  heroku: {
    projects: { options: '--app -a', variables: 'HEROKU_APP' },
    stages: { options: '--remote -r' },
    linked: herokuLink,
    own: appsAddressed,
  },
  netlify: {
    projects: { options: '--site -s', variables: 'NETLIFY_SITE_ID' },
    stages: { options: '--context' },
    flags: { '--prod': 'production' },
    linked: netlifyLink,
  },
  supabase: {
    projects: { options: '--project-ref', variables: 'SUPABASE_PROJECT_ID' },
    url: { options: '--db-url' },
    linked: supabaseLink,
  },
  // Its file says what an alias in the option stands for.
  firebase: {
    projects: { options: '--project -P' },
    own: (invocation, around) => firebaseLink(around, invocation),
  },
  wrangler: {
    stages: { options: '--env -e --config -c', variables: 'CLOUDFLARE_ENV' },
    projects: { options: '--name' },
    linked: wranglerLink,
  },
  eas: { stages: { options: '--environment --profile -e' } },
  docker: {
    profiles: { options: '--context -c', variables: 'DOCKER_CONTEXT' },
    url: { options: '--host -H', variables: 'DOCKER_HOST' },
    linked: dockerContext,
    own: invocation => (isPush(invocation) ? images(invocation) : []),
  },
  kubectl: { own: kubeSigns },
  helm: {
    own: (invocation, around) => (isPush(invocation) ? images(invocation) : kubeSigns(invocation, around)),
  },
  prisma: node,
  'drizzle-kit': {
    ...node,
    config: drizzleConfig,
    hosts: { options: '--host' },
    // A configuration of its own for production is named so.
    stages: { options: '--config', variables: 'NODE_ENV APP_ENV' },
  },
  knex: { ...node, config: knexConfig },
  sequelize: { ...node, config: sequelizeConfig },
  'sequelize-cli': { ...node, config: sequelizeConfig },
  typeorm: { ...node, config: typeormConfig },
  'mikro-orm': node,
  rails: ruby,
  rake: ruby,
  php: { stages: { options: '--env', variables: 'APP_ENV' }, dotenv: true },
  artisan: { stages: { options: '--env', variables: 'APP_ENV' }, dotenv: true },
  'manage.py': {
    stages: { options: '--settings', variables: 'DJANGO_SETTINGS_MODULE APP_ENV FLASK_ENV' },
    url: { variables: 'DATABASE_URL' },
  },
  'django-admin': { stages: { options: '--settings', variables: 'DJANGO_SETTINGS_MODULE' } },
  alembic: migration,
  flyway: migration,
  liquibase: migration,
  atlas: migration,
  dbmate: migration,
  goose: migration,
  sqlx: migration,
  diesel: migration,
  migrate: migration,
  mix: { stages: { variables: 'MIX_ENV' }, url: { variables: 'DATABASE_URL' } },
  redis: { url: { options: '-u' } },
  hasura: { url: { options: '--endpoint', variables: 'HASURA_GRAPHQL_ENDPOINT' }, dotenv: true },
};
