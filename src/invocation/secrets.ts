/** What secrets look like: names that hold them, and the shapes that issuers give them. Knows no tool. */

import { once } from '../once.js';
import { redactTokens } from './token-shapes.js';

export const REDACTED = '[redacted]';

/** Ends of names, separators left out and in lower case, whose values are secret. */
const secretEnds = once(() =>
  `token secret secrets password passwords passwd passphrase passcode keydata accesskeyid credential credentials signature sshpass
   mysqlpwd bearer otp sessionid cookie cookies connectionstring authorization keycontent secretkeybase authtoken`.split(
    /\s+/,
  ),
);
/** And what stands before `key` or `keys`, where that is secret. */
const secretKeys = once(() =>
  `api app apps application subscription functions fastly access secret private auth account encryption encrypt signing master
   deploy service session shared storage hmac jwt webhook admin client license crypt seed anon role write read root project`.split(
    /\s+/,
  ),
);

/** Ends that count only as a word of their own: `DB_PASS`, `REDISCLI_AUTH`, but not `compass`. */
const SECRET_WORDS = ['pass', 'pwd', 'auth', 'pat', 'sas', 'jwt', 'pw', 'psk', 'sig', 'cred', 'creds'];

/** An environment variable `…_KEY`, other than keys that are no secret. */
const KEY_VARIABLE = /^[A-Z][A-Z0-9_]*_KEYS?$/;
const PLAIN_KEY = /(?:PUBLIC|PRIMARY|FOREIGN|CACHE|SORT|PARTITION|PUBLISHABLE|UNIQUE|HOT|SHORTCUT)_KEYS?$/;

/** Terraform's and Bundler's, which name the host that the secret is for: `TF_TOKEN_app_terraform_io`. */
const HOST_VARIABLE = /^(?:TF_TOKEN_\w+|BUNDLE_[A-Z0-9_]+__[A-Z0-9_]+)$/;

/** Names that end like a secret and hold none. */
const PLAIN_NAME =
  /^(?:pwd|oldpwd|auth|(?:delete|list|export|rotate|revoke)-.*|public[-_]?key|max[-_]?token|.*(?:public|next|continuation|page)[-_.]?(?:key|token))$/i;

/** Is this a name whose value is secret? Dashes before it do not matter. */
export function isSecretName(spelled: string): boolean {
  const name = spelled.replace(/^-+/, '');
  if (name.length > 100) return false;
  return endsSecret(name) && !PLAIN_NAME.test(name);
}

/** By lists, not by expressions of them all, which take longer to make than a verdict. */
function endsSecret(name: string): boolean {
  const word = name.slice(Math.max(...['-', '_', '.'].map(separator => name.lastIndexOf(separator))) + 1);
  if (SECRET_WORDS.includes(word.toLowerCase())) return true;
  if (/^(?:TF|BUNDLE)_/.test(name) && HOST_VARIABLE.test(name)) return true;
  if (/_KEYS?$/.test(name) && KEY_VARIABLE.test(name)) return !PLAIN_KEY.test(name);
  const text = name.replace(/[-_.]/g, '').toLowerCase().replace(/\d+$/, '');
  if (secretEnds().some(end => text.endsWith(end))) return true;
  const [key] = /keys?$/.exec(text) ?? [];
  return key !== undefined && secretKeys().some(kind => text.slice(0, -key.length).endsWith(kind));
}

/** Long, with letters and digits: what a `key=` in a URL is when it is a secret. */
export function looksLikeKey(value: string): boolean {
  return value.length >= 16 && /\d/.test(value) && /[A-Za-z]/.test(value) && /^[\w~+=-]+$/.test(value);
}

/**
 * What a shape cannot be without (a text, one of these in lower case, or so many characters), the shape, which is made for a text
 * that has it, and what stands in its place.
 */
type Shaped = readonly [
  needs: string | readonly string[] | number,
  shape: () => RegExp,
  put: string | ((whole: string, ...groups: string[]) => string),
];

/** Tokens without a beginning of their own: Mailgun's and Mailchimp's, Asana's, Facebook's, Convex', Discord's, Bitwarden's, Azure AD's. */
const bare = () =>
  /(?<![\w.~-])(?:[a-f0-9]{32}-(?:us\d{1,2}|[a-f0-9]{8}-[a-f0-9]{8})|[A-Za-z0-9]{14}\.atlasv1\.[\w-]{20,}|[a-f0-9]{36}NRAL|[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk|[12]\/\d{16}(?:\/\d{16})?:[a-f0-9]{32}|\d{15,16}\|[\w-]{27}|(?:prod|dev|preview):[\w-]{3,60}\|[\w+/=]{40,}|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}|0\.[a-f0-9-]{36}\.\w{30}:[\w+/=]+|[\w.~-]{3}\dQ~[\w.~-]{31,34})(?![\w-])/g;
const SHORTEST_BARE = 36;

/** A name and its value as two fields: an environment of Kubernetes or ECS. */
const namedValue = () =>
  /(\b(?:name|key|Name|Key)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)([\w.-]{1,100})(\\?["']?\s{0,4}[,\n]\s{0,40}\\?["']?[\w[\].]{0,40}[vV]alue\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)([^"',\s\\}]+)/g;

/** In this order. What a text has not is not looked for: most commands hold none of these, and each shape costs a start. */
const SHAPED: readonly Shaped[] = [
  [
    'PRIVATE KEY',
    () =>
      /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10} ?-{4,5}[\s\S]*?(?:-{4,5} ?END [A-Z0-9 ]{0,60}-{4,5}|$)/g,
    REDACTED,
  ],
  ['Private-Lines:', () => /(Private-Lines: \d{1,3}\s+)[A-Za-z0-9+/=\s]+/g, `$1${REDACTED}`],
  ['secret key\n', () => /(secret key\n)[A-Za-z0-9+/=]{40,}/g, `$1${REDACTED}`],
  ['"kty"', () => /("(?:d|p|q|dp|dq|qi|k)"\s{0,4}:\s{0,4}")[\w-]{20,}/g, `$1${REDACTED}`],
  ['@', () => /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#"'<>`]{1,2000})@/gi, redactUserinfo],
  [
    ['hooks.slack.com', 'discord', 'hooks.zapier.com', '.make.com'],
    () =>
      /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/\d{1,30}\/|hooks\.zapier\.com\/hooks\/catch\/|\bhook\.\w{2,5}\.make\.com\/)[\w/-]+/gi,
    `$1${REDACTED}`,
  ],
  [':AA', () => /\b(bot)?\d{6,12}:AA[\w-]{30,40}/g, REDACTED],
  ['/bot', () => /(\/bot\d{6,12}:)[\w-]{30,}/g, `$1${REDACTED}`],
  [SHORTEST_BARE, bare, REDACTED],
  ['%3D', () => /\bA{16,40}[\w%]{20,400}%3D\w{20,}/g, REDACTED],
  [
    ['bearer', 'basic', 'token', 'negotiate', 'apikey'],
    () => /\b(bearer|basic|token|negotiate|apikey)([ \t]{1,4})([\w.~+/=:-]{8,})/gi,
    redactScheme,
  ],
  ['pass:', () => /\b(pass:)[^\s"'`]+/g, `$1${REDACTED}`],
  [
    ['password', 'identified'],
    () =>
      /\b((?:set\s{1,4}password\s{1,4}for\s{1,4}[^=\n]{1,100}=\s{0,4}|set\s{1,4}password\s{0,4}=\s{0,4}(?:password\()?|password(?:\s{1,4}|\s{0,4}\(\s{0,4})|identified\s{1,4}(?:with\s{1,4}\w{1,60}\s{1,4})?by\s{1,4}))'[^'\n]{1,300}'/gi,
    `$1'${REDACTED}'`,
  ],
  ['login', () => /\b(login\s{1,4}\S{1,100}\s{1,4}password\s{1,4})[^\s"']+/g, `$1${REDACTED}`],
  ['auth=(', () => /(auth=\(\s{0,4}["'][^"'\n]{1,100}["'],\s{0,4}["'])[^"'\n]{1,300}/g, `$1${REDACTED}`],
  ['<', () => /(<(?:password|passwd|token|secret|apikey|api_key)>)[^<\n]{1,500}/gi, `$1${REDACTED}`],
  ['="', () => /(key="(?:apikey|password|token|secret)" value=")[^"\n]{1,500}/gi, `$1${REDACTED}`],
  ['/webhookb2/', () => /(webhook\.office\.com\/webhookb2\/)[\w@/-]+/gi, `$1${REDACTED}`],
  [':', () => /(\b[\w.*-]{1,100}:\d{4,5}:[\w*-]{1,63}:[\w*-]{1,63}:)[^\s"']+/g, `$1${REDACTED}`],
  // Wherever they stand, for they are often run in a container or by ssh.
  [
    ['mysql', 'mariadb'],
    () =>
      /\b((?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mysqlimport)\b[^\n|;&]{0,300}?\s["']?-p)(["']?)[^\s"']+/g,
    `$1$2${REDACTED}`,
  ],
  ['redis-cli', () => /\b(redis-cli\b[^\n|;&]{0,300}?\s-a\s{1,4})(["']?)[^\s"']+/g, `$1$2${REDACTED}`],
  ['sshpass', () => /\b(sshpass\s{1,4}-p\s{0,4}["']?)[^\s"']+/g, `$1${REDACTED}`],
  ['jdbc:oracle', () => /(jdbc:oracle:\w{1,10}:[^/\s"']{1,60}\/)[^@\s]+/g, `$1${REDACTED}`],
  ['open -u', () => /\b(open\s{1,4}-u\s{1,4}[^,\s]{1,60},)[^\s"';]+/g, `$1${REDACTED}`],
  ['send', () => /(assword[^\n]{0,40}?\bsend\s{1,4}(?:--\s{1,4})?["'])[^"'\n]{1,300}/g, `$1${REDACTED}`],
  [
    ['pdo(', 'mysqli', 'mysql.connect(', 'mysqldb.connect('],
    () =>
      /(\b(?:PDO|mysqli|mysqli_connect|pymysql\.connect|MySQLdb\.connect)\((?:\s{0,4}["'][^"'\n]{0,200}["']\s{0,4},){2}\s{0,4}["'])[^"'\n]{1,300}/g,
    `$1${REDACTED}`,
  ],
  [
    'changeUserPassword',
    () => /(changeUserPassword\(\s{0,4}["'][^"'\n]{1,100}["']\s{0,4},\s{0,4}["'])[^"'\n]{1,300}/g,
    `$1${REDACTED}`,
  ],
  ['alue', namedValue, redactNamedValue],
];

/** Secrets that are known by how they look or by what stands around them. */
export function redactShapes(text: string): string {
  let left = redactTokens(text, REDACTED);
  for (const [needs, shape, put] of SHAPED) {
    if (has(left, needs))
      left = typeof put === 'string' ? left.replace(shape(), put) : left.replace(shape(), put);
  }
  return left;
}

function has(text: string, needs: Shaped[0]): boolean {
  if (typeof needs === 'number') return text.length >= needs;
  if (typeof needs === 'string') return text.includes(needs);
  const lower = text.toLowerCase();
  return needs.some(one => lower.includes(one));
}

/** In http URLs any userinfo may be a token; elsewhere only what follows the colon is a secret. */
function redactUserinfo(whole: string, scheme: string, userinfo: string): string {
  const colon = userinfo.indexOf(':');
  if (/^(?:https?|wss?|ftps?|git\+https?):/i.test(scheme)) return `${scheme}${REDACTED}@`;
  return colon < 0 ? whole : `${scheme}${userinfo.slice(0, colon)}:${REDACTED}@`;
}

/** After `Bearer` and its like; ordinary words (`bearer authentication`) stay. */
function redactScheme(whole: string, scheme: string, space: string, value: string): string {
  const isProse = /^[a-z]+(?:[.,:-][a-z]*)*$/.test(value) && value.length < 20;
  // `token=x` and `apikey: x` belong to the names; a path or flag is no token.
  return isProse || /^[-/.]/.test(value) ? whole : `${scheme}${space}${REDACTED}`;
}

function redactNamedValue(whole: string, naming: string, name: string, between: string): string {
  return isSecretName(name) ? `${naming}${name}${between}${REDACTED}` : whole;
}
