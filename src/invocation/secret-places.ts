/**
 * Where well-known commands carry a secret that no name or shape gives away (`vault login X`, `htpasswd -b file me X`): a
 * table of places, as plain words, for text that was never parsed and for tools without a grammar.
 */

export interface Place {
  /** The subcommand words that must stand before, in order; none for the whole tool. */
  readonly after?: readonly string[];
  /** Options whose value is secret; a single letter may have its value glued on. */
  readonly options?: readonly string[];
  /** Options whose value is secret and always glued on: `unrar x -pX`. */
  readonly glued?: readonly string[];
  /** Operands from this one on (after `after`) are secret. */
  readonly from?: number;
  /** Only where the operand before is the name of a secret. */
  readonly named?: true;
  /** In operands `NAME=value`, the value is. */
  readonly pairs?: true;
  /** In operands of this form, all but its groups is. */
  readonly inside?: RegExp;
}

const words = (text: string): readonly string[] => text.split(' ');
const option = (names: string, after?: string): Place => ({
  options: words(names),
  ...(after && { after: words(after) }),
});
const operand = (after: string, from: number): Place => ({ after: words(after), from });
const named = (after: string, from: number): Place => ({ after: words(after), from, named: true });
const pairs = (after: string): Place => ({ after: words(after), pairs: true });

const inside = (form: RegExp, after = ''): Place => ({
  inside: form,
  ...(after && { after: words(after) }),
});

/** Of a tool. A switch, for a judge asks of one tool: a table of all would be made at each start. */
export function placesIn(tool: string): readonly Place[] {
  switch (tool) {
    case '7z':
    case 'cqlsh':
    case 'cypher-shell':
    case 'mongo':
    case 'mongodump':
    case 'mongorestore':
    case 'mongosh':
    case 'mycli':
    case 'ncftp':
    case 'rabbitmqadmin':
    case 'racadm':
    case 'twine':
    case 'useradd':
    case 'usermod':
      return [option('-p')];
    case 'ansible-vault':
      return [operand('encrypt_string', 0)];
    case 'aws':
      return [
        option('--secret-string --secret-binary'),
        option('--value', 'ssm put-parameter'),
        operand('set aws_secret_access_key', 0),
        named('configure set', 1),
      ];
    case 'az':
      return [option('--value', 'keyvault secret set'), option('-p', 'login')];
    case 'bcp':
    case 'ipmitool':
    case 'mosquitto_pub':
    case 'mosquitto_sub':
    case 'sqlcmd':
    case 'unzip':
    case 'zip':
      return [option('-P')];
    case 'buildah':
    case 'crane':
    case 'helm':
    case 'nerdctl':
    case 'oc':
    case 'oras':
    case 'podman':
    case 'regctl':
    case 'skopeo':
      return [option('-p', 'login')];
    case 'bundle':
      return [inside(/^([^:]{1,100}:)[^/][\s\S]*()$/, 'config')];
    case 'bw':
      return [operand('unlock', 0)];
    case 'cargo':
      return [operand('login', 0)];
    case 'composer':
    case 'poetry':
      return [named('config', 1)];
    case 'convex':
      return [operand('env set', 1)];
    case 'curl':
      return [option('-b -U -E -u --cookie --proxy-user --cert --user')];
    case 'docker':
      return [option('-e --env'), option('-p', 'login')];
    case 'doctl':
      return [option('-t')];
    case 'doppler':
      return [pairs('secrets set'), operand('secrets set', 1)];
    case 'dotnet':
      return [operand('user-secrets set', 1)];
    case 'etcdctl':
      return [option('--user')];
    // `user/password@database`.
    case 'expdp':
    case 'impdp':
    case 'rman':
    case 'sqlldr':
    case 'sqlplus':
      return [inside(/^([^/@\s]{1,60}\/)[^@\s]+(@.*|)$/)];
    case 'firebase':
      return [pairs('functions:config:set')];
    case 'fly':
    case 'flyctl':
      return [pairs('secrets set'), option('-t --access-token')];
    case 'gem':
      return [option('-k --key', 'push')];
    case 'gh':
      return [option('-b --body', 'secret set')];
    case 'glab':
      return [operand('variable set', 1), option('-v --value', 'variable set')];
    case 'grafana-cli':
      return [operand('reset-admin-password', 0)];
    case 'heroku':
      return [pairs('config:set')];
    case 'htpasswd':
    case 'wpa_passphrase':
      return [operand('', 1)];
    case 'http':
    case 'https':
    case 'xh':
    case 'xhs':
      return [option('-a --auth')];
    case 'influx':
      return [option('-t --token')];
    case 'java':
    case 'jenkins-cli':
      return [option('-auth')];
    case 'kubectl':
      return [option('--from-literal')];
    case 'ldapadd':
    case 'ldapdelete':
    case 'ldapmodify':
    case 'ldapsearch':
    case 'security':
      return [option('-w')];
    case 'ldappasswd':
      return [option('-w -s -a')];
    case 'lftp':
      return [option('-u')];
    case 'mc':
      return [operand('alias set', 2)];
    case 'neo4j-admin':
      return [operand('set-initial-password', 0)];
    case 'net':
    case 'smbclient':
      return [option('-U')];
    case 'netlify':
      return [operand('env:set', 1), option('--auth')];
    case 'ngrok':
      return [operand('add-authtoken', 0)];
    case 'nmcli':
      return [operand('password', 0)];
    case 'npm':
    case 'pnpm':
      return [named('config set', 1)];
    case 'nuget':
      return [operand('push', 1)];
    case 'openssl':
      return [option('-k -K')];
    case 'pulumi':
      return [operand('config set', 1)];
    case 'rabbitmqctl':
      return [operand('add_user', 1), operand('change_password', 1)];
    case 'railway':
      return [option('--set')];
    case 'rar':
    case 'unrar':
      return [{ glued: ['-p'] }];
    case 'redis-cli':
    case 'valkey-cli':
      return [
        option('-a --pass'),
        operand('AUTH', 0),
        operand('requirepass', 0),
        operand('masterauth', 0),
        inside(/^([>#])[\s\S]+()$/, 'ACL SETUSER'),
      ];
    case 'snmpget':
    case 'snmpset':
    case 'snmpwalk':
      return [option('-A -X')];
    case 'ssh-keygen':
      return [option('-N -P')];
    case 'supabase':
      return [pairs('secrets set'), option('-p')];
    case 'vault':
      return [operand('login', 0), operand('token revoke', 0), pairs('kv put'), pairs('write')];
    case 'vercel':
      return [option('-t -e --build-env')];
    case 'wrangler':
      return [operand('secret put', 1)];
    case 'yarn':
      return [operand('config set npmAuthToken', 0)];
    default:
      return [];
  }
}
