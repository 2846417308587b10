/** What secrets look like: names that hold them, and the shapes that issuers give them. Knows no tool. */

export const REDACTED = '[redacted]';

/** Ends of names, separators left out and in lower case, whose values are secret. */
const SECRET_END =
  /(?:token|secrets?|passwords?|passwd|passphrase|passcode|(?:api|apps?|application|access|secret|private|auth|account|encryption|encrypt|signing|master|deploy|service|session|shared|storage|hmac|jwt|webhook|admin|client|license|crypt|seed|anon|role|write|read|root|project)keys?|keydata|accesskeyid|credentials?|signature|sshpass|mysqlpwd|bearer|otp|sessionid|cookies?|connectionstring|authorization)\d*$/;

/** Ends that count only as a word of their own: `DB_PASS`, `REDISCLI_AUTH`, but not `compass`. */
const SECRET_WORD = /(?:^|[-_.])(?:pass|pwd|auth|pat|sas|jwt|pw|psk|sig|creds?)$/i;

/** An environment variable `…_KEY`, other than keys that are no secret. */
const KEY_VARIABLE = /^[A-Z][A-Z0-9_]*_KEYS?$/;
const PLAIN_KEY = /(?:PUBLIC|PRIMARY|FOREIGN|CACHE|SORT|PARTITION|PUBLISHABLE|UNIQUE|HOT|SHORTCUT)_KEYS?$/;

/** Names that end like a secret and hold none. */
const PLAIN_NAME =
  /^(?:pwd|oldpwd|auth|pass|public[-_]?key|max[-_]?token|.*(?:public|next|continuation|page)[-_.]?(?:key|token))$/i;

/** Is this a name whose value is secret? Dashes before it do not matter. */
export function isSecretName(spelled: string): boolean {
  const name = spelled.replace(/^-+/, '');
  if (name.length > 100) return false;
  if (/^pass$/i.test(name)) return true;
  if (PLAIN_NAME.test(name)) return false;
  if (SECRET_WORD.test(name)) return true;
  if (KEY_VARIABLE.test(name)) return !PLAIN_KEY.test(name);
  return SECRET_END.test(name.replace(/[-_.]/g, '').toLowerCase());
}

/** Long, with letters and digits: what a `key=` in a URL is when it is a secret. */
export function looksLikeKey(value: string): boolean {
  return value.length >= 16 && /\d/.test(value) && /[A-Za-z]/.test(value) && /^[\w~+=-]+$/.test(value);
}

/** Prefixes that issuers put before their tokens, and how many characters follow at least. */
const PREFIXES: readonly (readonly [prefix: string, rest: string])[] = [
  ['gh[pousr]_', '[A-Za-z0-9]{16,}'],
  ['github_pat_', '\\w{20,}'],
  ['gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-', '[\\w.-]{16,}'],
  ['xox[abeoprs]-', '[\\w-]{10,}'],
  ['xapp-', '[\\w-]{10,}'],
  ['(?:AKIA|ASIA|ABIA|ACCA)', '[A-Z0-9]{16}'],
  ['AIza', '[\\w-]{30,}'],
  ['ya29\\.', '[\\w-]{20,}'],
  ['GOCSPX-', '[\\w-]{20,}'],
  ['eyJ', '[\\w-]{8,}\\.[\\w-]{4,}(?:\\.[\\w-]*)?'],
  ['sk-', '[A-Za-z0-9_-]{16,}'],
  ['(?:sk|rk)_(?:live|test)_', '[A-Za-z0-9]{10,}'],
  ['whsec_', '[\\w+/=-]{16,}'],
  ['npm_', '[A-Za-z0-9]{20,}'],
  ['pypi-', '[\\w-]{30,}'],
  ['(?:dop|doo|dor)_v1_', '[a-f0-9]{20,}'],
  ['shp(?:at|ca|pa|ss)_', '[a-fA-F0-9]{20,}'],
  ['SG\\.', '[\\w-]{10,}\\.[\\w-]{10,}'],
  [
    '(?:hf|r8|gsk|sbp|nfp|rnd|ntn|napi|figd|glsa|lin_api|dckr_pat|phx|sntrys|sntryu|fo1|fm1|fm2|xai|tvly|pplx|rw|tfp|vcp|vck|vca)[_-]',
    '[\\w-]{20,}',
  ],
  ['pscale_(?:tkn|pw|oauth)_', '[\\w.-]{10,}'],
  ['hv[sbr]\\.', '[\\w-]{20,}'],
  ['[A-Za-z0-9]{14}\\.atlasv1\\.', '[\\w-]{20,}'],
  ['ATATT3', '[\\w=-]{20,}'],
  ['tskey-', '[\\w-]{10,}'],
  ['dapi', '[a-f0-9]{32}'],
  ['pul-', '[a-f0-9]{40}'],
  ['(?:NRAK|PMAK|CFPAT|xkeysib|ops)[-_]', '[\\w-]{20,}'],
  ['AGE-SECRET-KEY-1', '[A-Z0-9]{20,}'],
  ['key-', '[a-f0-9]{32}'],
];

/** No prefix with what must follow it is shorter than `xapp-` and ten characters. */
const SHORTEST = 15;

const SHAPE = new RegExp(
  `(?<![A-Za-z0-9_])(?:${PREFIXES.map(([prefix, rest]) => `${prefix}${rest}`).join('|')})`,
  'g',
);

/** What a shape cannot be without (a text, or so many characters), the shape, and what stands in its place. */
type Shaped = readonly [
  needs: string | number,
  shape: RegExp,
  put: string | ((whole: string, ...groups: string[]) => string),
];

/** `basic`, a space and eight characters. */
const MIN_SCHEME = 14;

/** In this order. What a text has not is not looked for: most commands hold none of these, and each shape costs a start. */
const SHAPED: readonly Shaped[] = [
  [
    '-----BEGIN ',
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,60}-----|$)/g,
    REDACTED,
  ],
  ['://', /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#"'<>`]{1,2000})@/gi, redactUserinfo],
  [
    '/',
    /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/\d{1,30}\/)[\w/-]+/gi,
    `$1${REDACTED}`,
  ],
  [':AA', /\b(bot)?\d{6,12}:AA[\w-]{30,40}/g, REDACTED],
  [SHORTEST, SHAPE, REDACTED],
  [MIN_SCHEME, /\b(bearer|basic|token|negotiate|apikey)([ \t]{1,4})([\w.~+/=:-]{8,})/gi, redactScheme],
  ['pass:', /\b(pass:)[^\s"'`]+/g, `$1${REDACTED}`],
  [
    '-p',
    /\b(sshpass\s{1,4}-p\s{0,4}|(?:docker|podman|helm|oc|az)\s[^\n|;&]{0,300}?\slogin\s[^\n|;&]{0,300}?-p\s{0,4})(["']?)[^\s"']+/g,
    `$1$2${REDACTED}`,
  ],
  [
    '-p',
    /\b((?:docker|podman|oc|az|npm)\s{1,4}login\s[^\n|;&]{0,300}?-p\s{1,4})(["']?)[^\s"']+/g,
    `$1$2${REDACTED}`,
  ],
  [
    '-p',
    /\b((?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mysqlimport)\b[^\n|;&]{0,300}?\s-p)(["']?)[^\s"']+/g,
    `$1$2${REDACTED}`,
  ],
  ['redis-cli', /\b(redis-cli\b[^\n|;&]{0,300}?\s-a\s{1,4})(["']?)[^\s"']+/g, `$1$2${REDACTED}`],
  [
    '|',
    /\b((?:echo|printf)\s{1,4}(?:-n\s{1,4}|(?:'%s\\?n?'|"%s\\?n?")\s{1,4})?)(?:"[^"\n]{1,300}"|'[^'\n]{1,300}'|[^\s|;&"']{1,300})(\s{0,4}\|\s{0,4}(?:sudo\s[^\n|;&]{0,80}?-\w*S|[^\n|;&]{0,300}?--password-stdin|(?:sudo\s{1,4})?chpasswd|[^\n|;&]{0,200}?--with-token|gh\s{1,4}secret\s{1,4}set|wrangler\s{1,4}secret\s{1,4}put|vercel\s{1,4}env\s{1,4}add))/g,
    `$1${REDACTED}$2`,
  ],
  [
    "'",
    /\b((?:set\s{1,4}password\s{1,4}for\s{1,4}[^=\n]{1,100}=\s{0,4}|set\s{1,4}password\s{0,4}=\s{0,4}(?:password\()?|password\s{1,4}|identified\s{1,4}(?:with\s{1,4}\w{1,60}\s{1,4})?by\s{1,4}))'[^'\n]{1,300}'/gi,
    `$1'${REDACTED}'`,
  ],
  ['login', /\b(login\s{1,4}\S{1,100}\s{1,4}password\s{1,4})[^\s"']+/g, `$1${REDACTED}`],
  ['auth=(', /(auth=\(\s{0,4}["'][^"'\n]{1,100}["'],\s{0,4}["'])[^"'\n]{1,300}/g, `$1${REDACTED}`],
  ['<', /(<(?:password|passwd|token|secret|apikey|api_key)>)[^<\n]{1,500}/gi, `$1${REDACTED}`],
  ['="', /(key="(?:apikey|password|token|secret)" value=")[^"\n]{1,500}/gi, `$1${REDACTED}`],
  ['/webhookb2/', /(webhook\.office\.com\/webhookb2\/)[\w@/-]+/gi, `$1${REDACTED}`],
  [':', /(\b[\w.*-]{1,100}:\d{4,5}:[\w*-]{1,63}:[\w*-]{1,63}:)[^\s"']+/g, `$1${REDACTED}`],
  ['<<<', /(\bsudo\s[^\n|;&]{0,40}-\w{0,3}S\s[^\n|;&<]{0,200}<<<\s{0,4})\S+/g, `$1${REDACTED}`],
];

/** Secrets that are known by how they look or by what stands around them. */
export function redactShapes(text: string): string {
  let left = text;
  for (const [needs, shape, put] of SHAPED) {
    if (typeof needs === 'number' ? left.length >= needs : left.includes(needs))
      left = typeof put === 'string' ? left.replace(shape, put) : left.replace(shape, put);
  }
  return left;
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
