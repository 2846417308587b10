import { describe, expect, test } from 'vitest';
import { redactArgv, redactText } from '../../src/invocation/redact.js';
import { certain } from '../../src/shell/command.js';
import { invocationOf, wordsOf } from '../support/peel.js';

/** Stands for the secret in every row; written as a template so that no scanner takes it for a real one. */
const P = 'hunter2Xq9';
const HEX = '0123456789abcdef'.repeat(2);
const MIX = 'a1B2c3D4e5'.repeat(4);
const UUID = '3d2c42fb-1f0e-4c1a-9b7e-5a6f7e8d9c0b';
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${MIX}`;

/** A text and the parts of it that must be gone. */
const secrets: readonly (readonly [text: string, ...gone: string[]])[] = [
  [`curl -H "Authorization: Bearer ${UUID}" https://x.test`, UUID],
  [`curl -H 'authorization: token ${MIX}' https://x.test`, MIX],
  [`curl -H 'Authorization: Basic ${MIX}=='`, MIX],
  [`curl -H Authorization:${MIX}`, MIX],
  [`curl -H 'Cookie: sid=${P}; theme=dark'`, P],
  [`curl -H "X-Api-Key: ${P}"`, P],
  [`curl -H 'X-Auth-Token: ${P}'`, P],
  [`curl -H 'PRIVATE-TOKEN: ${P}'`, P],
  [`curl -H 'X-Custom-Secret:${P}'`, P],
  [`curl -H 'apikey: ${P}'`, P],
  [`curl -u me:${P} https://x.test`, P],
  [`curl --user me:${P} https://x.test`, P],
  [`curl --user "me:${P}" https://x.test`, P],
  [`curl https://me:${P}@x.test/a`, P],
  [`git clone https://${MIX}@github.com/o/r`, MIX],
  [`git push https://x-access-token:${P}@github.com/o/r`, P],
  [`psql postgres://app:${P}@db.test:5432/app`, P],
  [`DATABASE_URL=postgresql://app:${P}@db.test/app npm start`, P],
  [`mongodb+srv://app:${P}@c.mongodb.net`, P],
  [`redis://:${P}@cache.test:6379`, P],
  [`amqp://guest:p@ss${P}@mq.test`, P],
  [`PGPASSWORD=${P} psql -c 'select 1'`, P],
  [`PGPASSWORD='a b ${P}' psql`, P],
  [`export GITHUB_TOKEN="${P}"`, P],
  [`RAILWAY_TOKEN=${UUID} railway up`, UUID],
  [`AWS_SECRET_ACCESS_KEY=${P}/x+y aws s3 ls`, P],
  [`AWS_ACCESS_KEY_ID=AKIA${'A1B2'.repeat(4)}`, 'A1B2A1B2'],
  [`OPENAI_API_KEY=${P} node a.js`, P],
  [`MYSQL_PWD=${P} mysql`, P],
  [`DB_PASS=${P} ./run`, P],
  [`REDISCLI_AUTH=${P} redis-cli`, P],
  [`STRIPE_KEY=${P}`, P],
  [`SSH_PRIVATE_KEY=${P}`, P],
  [`GOOGLE_CREDENTIALS=${P}`, P],
  [`CLIENT_SECRET: ${P}`, P],
  [`password: ${P}`, P],
  [`db.password=${P}`, P],
  [`Server=x;Password=${P};Database=y`, P],
  [`AccountKey=${P}==;EndpointSuffix=x`, P],
  [`{"password":"${P}"}`, P],
  [`{"apiKey": "${P}", "name": "x"}`, P],
  [`{\\"token\\":\\"${P}\\"}`, P],
  [`{"client_secret" : "a\\"b${P}"}`, P],
  [`{"accessToken":"${P}"}`, P],
  [`{'refresh_token': '${P}'}`, P],
  [`{"private_key":"-----BEGIN PRIVATE KEY-----\\n${MIX}\\n-----END PRIVATE KEY-----"}`, MIX],
  [`-----BEGIN RSA PRIVATE KEY-----\n${MIX}\n${HEX}\n-----END RSA PRIVATE KEY-----`, MIX, HEX],
  [`-----BEGIN OPENSSH PRIVATE KEY-----\n${MIX}`, MIX],
  [`https://x.test/a?token=${P}&b=1`, P],
  [`https://x.test/a?b=1&api_key=${P}`, P],
  [`https://x.test/a?access_token=${P}`, P],
  [`https://x.test/a?key=${MIX}`, MIX],
  [`https://b.s3.test/o?X-Amz-Signature=${HEX}&X-Amz-Date=1`, HEX],
  [`https://hooks.slack.com/services/T0000/B0000/${MIX}`, MIX],
  [`https://discord.com/api/webhooks/123/${MIX}`, MIX],
  [`mytool --token ${P} run`, P],
  [`mytool --token=${P} run`, P],
  [`mytool --api-key "${P}" run`, P],
  [`mytool --password ${P}`, P],
  [`mytool --client-secret='${P}'`, P],
  [`mysql -u root -p${P} app`, P],
  [`mysqldump -p'${P}' app`, P],
  [`sshpass -p ${P} ssh host`, P],
  [`docker login -u me -p ${P} r.test`, P],
  [`redis-cli -h x -a ${P} ping`, P],
  [`openssl enc -pass pass:${P}`, P],
  [`echo ${P} | docker login --password-stdin`, P],
  [`echo '${P}' | sudo -S ls`, P],
  [`echo "${P}" | gh auth login --with-token`, P],
  [`saw ghp_${MIX} in the log`, MIX],
  [`github_pat_${MIX}`, MIX],
  [`glpat-${MIX}`, MIX],
  [`xoxb-${MIX}`, MIX],
  [`sk-${MIX}`, MIX],
  [`sk-ant-api03-${MIX}`, MIX],
  [`sk_live_${MIX}`, MIX],
  [`whsec_${MIX}`, MIX],
  [`npm_${MIX}`, MIX],
  [`//registry.test/:_authToken=${P}`, P],
  [`AIza${MIX}`, MIX],
  [`SG.${MIX}.${MIX}`, MIX],
  [`hf_${MIX}`, MIX],
  [`dop_v1_${HEX}${HEX}`, HEX],
  [`pscale_tkn_${MIX}`, MIX],
  [`hvs.${MIX}`, MIX],
  [`tskey-auth-${MIX}`, MIX],
  [JWT, MIX, 'eyJzdWIi'],
  [`cookie jar: session=${MIX}`, MIX],
  [`123456789:AA${'x1Y2z'.repeat(7)}`, 'x1Y2z'],
  [`a\nb\nTOKEN=${P}\nc`, P],
];

const harmless: readonly string[] = [
  'git push --force origin main',
  'git commit -m "fix token refresh in the password form"',
  'git log --author=me --since=yesterday',
  `git show ${HEX}01234567`,
  'git clone git@github.com:o/r.git',
  'git clone ssh://git@github.com/o/r.git',
  'git clone https://github.com/o/r.git',
  'rm -rf node_modules dist',
  `railway volume delete ${UUID}`,
  `curl https://x.test/items/${UUID}`,
  'curl -H "Content-Type: application/json" https://x.test',
  'curl -H "Accept: */*" -H "X-Request-Id: 12"',
  'curl -X POST https://x.test/graphql -d \'{"query":"mutation { volumeDelete(volumeId: 1) }"}\'',
  'docker run -u 1000:1000 -p 8080:80 image',
  'docker run --rm -e NODE_ENV=production image',
  'psql -h db.test -U app -c "SELECT id FROM users WHERE age > 3"',
  'psql postgres://db.test:5432/app',
  'psql postgres://app@db.test/app',
  'ssh -p 2222 me@host.test uptime',
  'PWD=/work OLDPWD=/ make',
  'export TOKEN=$GITHUB_TOKEN',
  'curl -H "X-Api-Key: $API_KEY" https://x.test',
  'mytool --token "$TOKEN" run',
  'mytool --password-stdin < file',
  'docker login --password-stdin r.test',
  'max_tokens=100 temperature=1',
  '{"max_tokens": 1024, "model": "x"}',
  'TOKENIZERS_PARALLELISM=false python train.py',
  'PRIMARY_KEY=id PUBLIC_KEY=abc',
  'sort --key=2 file',
  'sort -k 2 file',
  'grep -rn "api_key" src',
  'bearer authentication is used here',
  'basic functionality of the token',
  'ls -la /etc/passwd',
  'cat ~/.ssh/id_ed25519.pub',
  'npm install --save-dev vitest',
  'npm publish --dry-run',
  'kubectl get secret app -o yaml',
  'kubectl delete secret app',
  'SELECT password FROM users',
  'find . -name "*.key" -print',
  'mkdir -p secrets/keys',
  'mysql -u root -p app',
  'tar -xpf a.tar',
  'ssh-keygen -t ed25519 -f key',
  'sk-button sk-1 npm_config_x',
  'compass=north bypass=1',
  '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
  'user: me',
];

describe('secrets are removed', () => {
  test.each(secrets)('%s', (text, ...gone) => {
    const left = redactText(text);
    for (const secret of gone) expect(left).not.toContain(secret);
    expect(left).toContain('[redacted]');
  });

  test('what stands around them stays', () => {
    expect(redactText(`PGPASSWORD=${P} psql -h db -c 'select 1'`)).toBe(
      "PGPASSWORD=[redacted] psql -h db -c 'select 1'",
    );
    expect(redactText(`curl -H "Authorization: Bearer ${P}" -X DELETE https://x.test/a`)).toBe(
      'curl -H "Authorization: [redacted]" -X DELETE https://x.test/a',
    );
    expect(redactText(`psql postgres://app:${P}@db.test/app`)).toBe(
      'psql postgres://app:[redacted]@db.test/app',
    );
    expect(redactText(`{"token":"${P}","id":7}`)).toBe('{"token":"[redacted]","id":7}');
    expect(redactText(`https://x.test/a?token=${P}&b=1`)).toBe('https://x.test/a?token=[redacted]&b=1');
  });
});

describe('what is no secret stays readable', () => {
  test.each(harmless)('%s', text => expect(redactText(text)).toBe(text));
});

describe('the words of a command', () => {
  test.each([
    [`curl -u me:${P} https://x.test`, ['curl', '-u', '[redacted]', 'https://x.test']],
    [`curl -sume:${P} https://x.test`, ['curl', '-su[redacted]', 'https://x.test']],
    [`curl --user=me:${P} https://x.test`, ['curl', '--user=[redacted]', 'https://x.test']],
    [
      `curl -H 'Authorization: Bearer ${UUID}' https://x.test`,
      ['curl', '-H', 'Authorization: [redacted]', 'https://x.test'],
    ],
    [`curl --oauth2-bearer ${P} https://x.test`, ['curl', '--oauth2-bearer', '[redacted]', 'https://x.test']],
    [`unheard-of --token ${P} go`, ['unheard-of', '--token', '[redacted]', 'go']],
    [`unheard-of --token=${P} go`, ['unheard-of', '--token=[redacted]', 'go']],
    [`unheard-of --api-key '${P} b'`, ['unheard-of', '--api-key', '[redacted]']],
    [`env 'PGPASSWORD=a b ${P}' psql`, ['env', 'PGPASSWORD=[redacted]', 'psql']],
    [`bash -c 'PGPASSWORD=${P} psql'`, ['bash', '-c', 'PGPASSWORD=[redacted] psql']],
    ['rm -rf node_modules', ['rm', '-rf', 'node_modules']],
    ['git push --force origin main', ['git', 'push', '--force', 'origin', 'main']],
  ])('%s', (line, words) => expect(redactArgv(invocationOf(wordsOf(line)))).toEqual(words));

  test('as many words as there were', () => {
    const words = [certain('x'), certain(''), certain('--token'), certain(''), certain('a\nb')];
    expect(redactArgv(invocationOf(words))).toHaveLength(words.length);
  });
});

describe('bad input', () => {
  test.each([
    '',
    '"',
    "'",
    '\\',
    'token=',
    'token="',
    'token=\\"',
    '{"token":"',
    '://@',
    'https://@',
    '-----BEGIN PRIVATE KEY-----',
    'Authorization:',
    '\u0000\uD800token=\uDFFF',
    '--token',
    '$(',
    '`token=`',
  ])('%j does not throw', text => expect(typeof redactText(text)).toBe('string'));

  test.each([
    ['a name', 'a'.repeat(300_000)],
    ['many names', 'token '.repeat(50_000)],
    ['many values', 'token=x '.repeat(40_000)],
    ['quotes', '"\\'.repeat(100_000)],
    ['open quotes', 'token="'.repeat(40_000)],
    ['keys', '-----BEGIN PRIVATE KEY-----'.repeat(5_000)],
    ['URLs', 'https://a:'.repeat(30_000)],
    ['dashes', '-'.repeat(300_000)],
    ['dots', 'eyJ'.repeat(100_000)],
    ['a shape', `eyJ${'a'.repeat(300_000)}`],
    ['at', `https://${'a'.repeat(300_000)}`],
    ['mysql', 'mysql -u '.repeat(30_000)],
    ['echo', 'echo "a" '.repeat(30_000)],
    ['spaces', `token${' '.repeat(300_000)}`],
    ['atlas', 'A1'.repeat(150_000)],
  ])('%s, very long, to an end', (_, text) => {
    redactText(text);
  });
});
