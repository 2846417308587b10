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

/** `docker login -p X` and its like. */
const LOGIN: readonly Place[] = [option('-p', 'login')];
const MONGO: readonly Place[] = [option('-p')];
const LDAP: readonly Place[] = [option('-w')];
const SNMP: readonly Place[] = [option('-A -X')];
const HTTPIE: readonly Place[] = [option('-a --auth')];
const RAR: readonly Place[] = [{ glued: ['-p'] }];
/** `user/password@database`. */
const ORACLE: readonly Place[] = [inside(/^([^/@\s]{1,60}\/)[^@\s]+(@.*|)$/)];
const REDIS: readonly Place[] = [
  option('-a --pass'),
  operand('AUTH', 0),
  operand('requirepass', 0),
  operand('masterauth', 0),
  inside(/^([>#])[\s\S]+()$/, 'ACL SETUSER'),
];
const FLY = [pairs('secrets set'), option('-t --access-token')];
const NPM: readonly Place[] = [named('config set', 1)];

/** By tool. */
export const PLACES: ReadonlyMap<string, readonly Place[]> = new Map([
  ['7z', [option('-p')]],
  ['ansible-vault', [operand('encrypt_string', 0)]],
  [
    'aws',
    [
      option('--secret-string --secret-binary'),
      option('--value', 'ssm put-parameter'),
      operand('set aws_secret_access_key', 0),
      named('configure set', 1),
    ],
  ],
  ['az', [option('--value', 'keyvault secret set'), option('-p', 'login')]],
  ['bcp', [option('-P')]],
  ['buildah', LOGIN],
  ['bundle', [inside(/^([^:]{1,100}:)[^/][\s\S]*()$/, 'config')]],
  ['bw', [operand('unlock', 0)]],
  ['cargo', [operand('login', 0)]],
  ['composer', [named('config', 1)]],
  ['convex', [operand('env set', 1)]],
  ['cqlsh', [option('-p')]],
  ['crane', LOGIN],
  ['curl', [option('-b -U -E -u --cookie --proxy-user --cert --user')]],
  ['cypher-shell', [option('-p')]],
  ['docker', [option('-e --env'), option('-p', 'login')]],
  ['doctl', [option('-t')]],
  ['doppler', [pairs('secrets set'), operand('secrets set', 1)]],
  ['dotnet', [operand('user-secrets set', 1)]],
  ['etcdctl', [option('--user')]],
  ['expdp', ORACLE],
  ['firebase', [pairs('functions:config:set')]],
  ['fly', FLY],
  ['flyctl', FLY],
  ['gem', [option('-k --key', 'push')]],
  ['gh', [option('-b --body', 'secret set')]],
  ['glab', [operand('variable set', 1), option('-v --value', 'variable set')]],
  ['grafana-cli', [operand('reset-admin-password', 0)]],
  ['helm', LOGIN],
  ['heroku', [pairs('config:set')]],
  ['htpasswd', [operand('', 1)]],
  ['http', HTTPIE],
  ['https', HTTPIE],
  ['impdp', ORACLE],
  ['influx', [option('-t --token')]],
  ['ipmitool', [option('-P')]],
  ['java', [option('-auth')]],
  ['jenkins-cli', [option('-auth')]],
  ['kubectl', [option('--from-literal')]],
  ['ldapadd', LDAP],
  ['ldapdelete', LDAP],
  ['ldapmodify', LDAP],
  ['ldappasswd', [option('-w -s -a')]],
  ['ldapsearch', LDAP],
  ['lftp', [option('-u')]],
  ['mc', [operand('alias set', 2)]],
  ['mongo', MONGO],
  ['mongodump', MONGO],
  ['mongorestore', MONGO],
  ['mongosh', MONGO],
  ['mosquitto_pub', [option('-P')]],
  ['mosquitto_sub', [option('-P')]],
  ['mycli', [option('-p')]],
  ['ncftp', [option('-p')]],
  ['neo4j-admin', [operand('set-initial-password', 0)]],
  ['nerdctl', LOGIN],
  ['net', [option('-U')]],
  ['netlify', [operand('env:set', 1), option('--auth')]],
  ['ngrok', [operand('add-authtoken', 0)]],
  ['nmcli', [operand('password', 0)]],
  ['npm', NPM],
  ['nuget', [operand('push', 1)]],
  ['oc', LOGIN],
  ['openssl', [option('-k -K')]],
  ['oras', LOGIN],
  ['pnpm', NPM],
  ['podman', LOGIN],
  ['poetry', [named('config', 1)]],
  ['pulumi', [operand('config set', 1)]],
  ['rabbitmqadmin', [option('-p')]],
  ['rabbitmqctl', [operand('add_user', 1), operand('change_password', 1)]],
  ['racadm', [option('-p')]],
  ['railway', [option('--set')]],
  ['rar', RAR],
  ['redis-cli', REDIS],
  ['regctl', LOGIN],
  ['rman', ORACLE],
  ['security', [option('-w')]],
  ['skopeo', LOGIN],
  ['smbclient', [option('-U')]],
  ['snmpget', SNMP],
  ['snmpset', SNMP],
  ['snmpwalk', SNMP],
  ['sqlcmd', [option('-P')]],
  ['sqlldr', ORACLE],
  ['sqlplus', ORACLE],
  ['ssh-keygen', [option('-N -P')]],
  ['supabase', [pairs('secrets set'), option('-p')]],
  ['twine', [option('-p')]],
  ['unrar', RAR],
  ['unzip', [option('-P')]],
  ['useradd', [option('-p')]],
  ['usermod', [option('-p')]],
  ['valkey-cli', REDIS],
  ['vault', [operand('login', 0), operand('token revoke', 0), pairs('kv put'), pairs('write')]],
  ['vercel', [option('-t -e --build-env')]],
  ['wpa_passphrase', [operand('', 1)]],
  ['wrangler', [operand('secret put', 1)]],
  ['xh', HTTPIE],
  ['xhs', HTTPIE],
  ['yarn', [operand('config set npmAuthToken', 0)]],
  ['zip', [option('-P')]],
]);
