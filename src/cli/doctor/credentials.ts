/**
 * Doctor: credentials that an agent of this user could find. Names of files and variables and what they reach; no value is
 * read further than to see that there is one, and none is kept, printed or sent anywhere.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faultCode } from '../../errors.js';
import { isSecretName } from '../../invocation/secrets.js';
import type { Check, Line, Patient } from './check.js';

/** A file, what it reaches, and what to have in its place. `holds`: what must stand in it to count. */
interface Place {
  readonly file: string;
  readonly reach: string;
  readonly instead: string;
  readonly holds?: RegExp;
}

/** Below the home directory. Where each tool keeps them: its own documentation of configuration files. */
const PLACES: readonly Place[] = [
  {
    file: '.railway/config.json',
    reach: 'every project of your Railway account',
    instead: 'project tokens of one environment, kept from the agent',
    holds: /"(?:access)?token"\s*:\s*"[^"]/i,
  },
  {
    file: '.aws/credentials',
    reach: 'whatever its AWS keys may do',
    instead: 'short-lived sessions: aws sso login',
    holds: /aws_secret_access_key\s*=\s*\S/i,
  },
  {
    file: '.config/gh/hosts.yml',
    reach: 'your GitHub account, within the token’s scopes',
    instead: 'a fine-grained token for one repository',
    holds: /oauth_token:\s*\S/,
  },
  {
    file: '.config/glab-cli/config.yml',
    reach: 'your GitLab account',
    instead: 'a project access token',
    holds: /token:\s*\S/,
  },
  {
    file: '.kube/config',
    reach: 'every cluster whose context it holds',
    instead: 'a kubeconfig of its own with a read-only role',
    holds: /(?:token|client-key-data|password):\s*\S|exec:/,
  },
  {
    file: '.config/gcloud/application_default_credentials.json',
    reach: 'your Google Cloud account',
    instead: 'a service account with few roles',
  },
  {
    file: '.config/gcloud/credentials.db',
    reach: 'your Google Cloud account',
    instead: 'a configuration of its own with few roles',
  },
  {
    file: '.azure/msal_token_cache.json',
    reach: 'your Azure subscriptions',
    instead: 'a service principal with few roles',
  },
  { file: '.pgpass', reach: 'the PostgreSQL servers that it names', instead: 'a role that can only read' },
  {
    file: '.my.cnf',
    reach: 'the MySQL servers that it names',
    instead: 'a user that can only read',
    holds: /^\s*password\s*=\s*\S/m,
  },
  {
    file: '.netrc',
    reach: 'the hosts that it names',
    instead: 'tokens with one purpose',
    holds: /password\s+\S/,
  },
  {
    file: '.npmrc',
    reach: 'your npm account: publish and unpublish',
    instead: 'a granular token that only reads',
    holds: /_(?:authToken|auth|password)\s*=\s*\S/,
  },
  {
    file: '.pypirc',
    reach: 'your PyPI account',
    instead: 'trusted publishing from CI',
    holds: /password\s*[=:]\s*\S/,
  },
  {
    file: '.cargo/credentials.toml',
    reach: 'your crates.io account',
    instead: 'a token with few scopes',
    holds: /token\s*=\s*"\S/,
  },
  {
    file: '.docker/config.json',
    reach: 'the registries that it names',
    instead: 'a credential helper',
    holds: /"auth"\s*:\s*"[^"]/,
  },
  {
    file: '.terraform.d/credentials.tfrc.json',
    reach: 'your Terraform Cloud organisations',
    instead: 'a team token of one workspace',
    holds: /"token"\s*:\s*"[^"]/,
  },
  { file: '.vault-token', reach: 'what its Vault policy allows', instead: 'a token of a short life' },
  {
    file: '.config/doctl/config.yaml',
    reach: 'your DigitalOcean account',
    instead: 'a token with few scopes',
    holds: /access-token:\s*\S/,
  },
  {
    file: '.fly/config.yml',
    reach: 'your Fly.io organisations',
    instead: 'a deploy token of one app',
    holds: /access_token:\s*\S/,
  },
  {
    file: '.local/share/com.vercel.cli/auth.json',
    reach: 'your Vercel account',
    instead: 'a token of one project',
    holds: /"token"\s*:\s*"[^"]/,
  },
  {
    file: '.config/heroku/credentials',
    reach: 'your Heroku account',
    instead: 'an authorization with few scopes',
  },
  {
    file: '.supabase/access-token',
    reach: 'your Supabase organisations',
    instead: 'the keys of one project',
  },
  {
    file: '.git-credentials',
    reach: 'the git hosts that it names',
    instead: 'a credential helper, or a key for one repository',
  },
];

/** What a file of settings in the project names as a secret. */
const ENV_LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*["']?[^\s"'#]/;
/** More of a file than this is not looked at, in bytes. */
const LOOK = 256 * 1024;

export const credentials: Check = {
  subject: 'credentials an agent could find',
  look({ context }: Patient): readonly Line[] {
    const { env, cwd, places } = context;
    const lines = [
      ...PLACES.flatMap(place => filePlace(places.home, place)),
      ...sshKeys(places.home),
      ...envFiles(cwd),
      ...exported(env),
    ];
    return lines.length > 0 ? lines : [{ state: 'ok', says: 'none in the places that guard knows' }];
  },
};

function filePlace(home: string, { file, reach, instead, holds }: Place): readonly Line[] {
  const text = textOf(join(home, file));
  if (text === undefined || (holds !== undefined && !holds.test(text))) return [];
  return [{ state: 'note', says: `~/${file}: ${reach}`, next: `Narrower: ${instead}.` }];
}

/** A private key that no passphrase protects: the old format says so in its head, the new one in the name of its cipher. */
function sshKeys(home: string): readonly Line[] {
  const folder = join(home, '.ssh');
  return namesIn(folder).flatMap((name): readonly Line[] => {
    const text = textOf(join(folder, name));
    if (text === undefined || !/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return [];
    const body = Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('latin1');
    const isLocked =
      /ENCRYPTED/.test(text) || (body.startsWith('openssh-key-v1') && !body.slice(15, 40).includes('none'));
    if (isLocked) return [];
    return [
      {
        state: 'note',
        says: `~/.ssh/${name}: the hosts that know this key; no passphrase`,
        next: `Give it one: ssh-keygen -p -f ~/.ssh/${name}`,
      },
    ];
  });
}

function envFiles(cwd: string): readonly Line[] {
  return namesIn(cwd)
    .filter(
      name => /^\.env(?:\..+)?$|^\.envrc$/.test(name) && !/\.(?:example|sample|template|dist)$/.test(name),
    )
    .flatMap((name): readonly Line[] => {
      const names = (textOf(join(cwd, name)) ?? '').split('\n').flatMap(line => {
        const variable = ENV_LINE.exec(line)?.[1];
        return variable !== undefined &&
          (isSecretName(variable) || /(?:DATABASE|DB|REDIS|MONGO\w*)_UR[IL]$/.test(variable))
          ? [variable]
          : [];
      });
      if (names.length === 0) return [];
      const isProduction = /prod|live/.test(name);
      return [
        {
          state: isProduction ? 'warning' : 'note',
          says: `${name} here: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
          next: isProduction
            ? 'Keep production’s secrets off this machine, in a secret manager.'
            : 'Let it hold development’s only.',
        },
      ];
    });
}

function exported(env: NodeJS.ProcessEnv): readonly Line[] {
  const names = Object.keys(env).filter(name => isSecretName(name) && (env[name] ?? '') !== '');
  if (names.length === 0) return [];
  return [
    {
      state: 'note',
      says: `exported here: ${names.join(', ')}`,
      next: 'Whatever is started from this shell has them; unset what an agent does not need.',
    },
  ];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (fault) {
    if (faultCode(fault) !== undefined) return [];
    throw fault;
  }
}

/** The beginning of a regular file; `undefined` where there is none or it is not for this user. */
function textOf(path: string): string | undefined {
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts?.isFile() !== true || facts.size === 0 || facts.size > LOOK) return undefined;
    return readFileSync(path, 'utf8');
  } catch (fault) {
    if (faultCode(fault) !== undefined) return undefined;
    throw fault;
  }
}
