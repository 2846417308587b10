/**
 * The tokens that issuers make recognisable: what they begin with, and what must follow at least. Most texts hold no such
 * beginning, so the expression that knows all of them is made only for one that does: making it takes longer than a verdict.
 */

const WORD = '[\\w-]';
const ALNUM = '[A-Za-z0-9]';
const HEX = '[a-f0-9]';
const BASE64 = '[A-Za-z0-9+/=]';
const UUID = `${HEX}{8}-(?:${HEX}{4}-){3}${HEX}{12}`;
/** Further on there is a digit: the beginnings of these are words as well. */
const DIGIT = '(?=[\\w.-]{0,200}\\d)';

/** Beginnings, separated by spaces, and the rest of the token. */
const TOKENS: readonly (readonly [beginnings: string, rest: string])[] = [
  // Forges and registries of packages and images.
  ['ghp_ gho_ ghu_ ghs_ ghr_', `${ALNUM}{16,}`],
  ['github_pat_', '\\w{20,}'],
  [
    'glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glsoat- glagent- glimt- glffct- gloas- glwt-',
    '[\\w.-]{16,}',
  ],
  ['GR1348941', `${WORD}{20}`],
  ['ATBB ATATT3 ATCTT3', '[\\w=-]{28,}'],
  ['npm_', `${ALNUM}{20,}`],
  ['pypi-', `${WORD}{30,}`],
  ['rubygems_', `${HEX}{48}`],
  ['cio', `${ALNUM}{32}\\b`],
  ['oy2', '[a-z0-9]{43}\\b'],
  ['jsrp_ jsrd_', `${ALNUM}{30,}`],
  ['CLOJARS_', `${ALNUM}{60}`],
  ['dckr_pat_ dckr_oat_', `${WORD}{20,}`],
  ['AKCp cmVmdGtu', `${ALNUM}{50,}`],
  ['ovsxat_', UUID],
  ['sgp_', `\\w{40,}`],
  // Clouds, hosts and databases.
  ['AKIA ASIA ABIA ACCA', '[A-Z0-9]{16}'],
  ['ABSK', `${BASE64}{40,}`],
  ['bedrock-api-key-', `${BASE64}{20,}`],
  ['AIza', `${WORD}{30,}`],
  ['ya29.', '[\\w.-]{20,}'],
  ['1//0', `${WORD}{40,}`],
  ['GOCSPX-', `${WORD}{20,}`],
  ['LTAI', `${ALNUM}{17,21}\\b`],
  ['AKID', `${ALNUM}{32}\\b`],
  ['AQVN', `${WORD}{35,38}`],
  ['t1.', `${WORD}{20,}\\.${WORD}{80,}`],
  ['dop_v1_ doo_v1_ dor_v1_', `${HEX}{20,}`],
  ['DO00', '[A-Z0-9]{16}\\b'],
  ['HRKU-', `${WORD}{36,}`],
  ['fo1_ fm1_ fm1a_ fm1r_ fm2_', `[\\w+/=,-]{20,}`],
  ['rnd_ nfp_ vcp_ vck_ vca_ ddp_ ddo_', `${ALNUM}{20,}`],
  ['vercel_blob_rw_', '\\w{30,}'],
  ['sbp_', `${DIGIT}${WORD}{20,}`],
  ['sb_secret_', `${WORD}{20,}`],
  ['napi_', `${ALNUM}{20,}`],
  ['pscale_tkn_ pscale_pw_ pscale_oauth_', '[\\w.-]{10,}'],
  ['cfut_ cfat_ cfk_', `${ALNUM}{40,}`],
  ['v1.0-', `${HEX}{24}-${HEX}{100,}`],
  ['mdb_sa_sk_', `${WORD}{30,}`],
  ['CCDB1_', '\\w{50,}'],
  ['4b1d', `${ALNUM}{38}\\b`],
  ['aivenv1', `${BASE64}{60,}`],
  ['dapi', `${HEX}{32}`],
  ['dbtc_ dbtu_ dbts_', `${WORD}{30,}`],
  ['dt0c01. dt0s01.', '[A-Z0-9]{24}\\.[A-Z0-9]{60,}'],
  ['tk-us-', `${WORD}{48}`],
  // Infrastructure and secrets themselves.
  ['hvs. hvb. hvr.', `${WORD}{20,}`],
  ['s.', `(?=[A-Za-z]{0,23}\\d)${ALNUM}{24}\\b`],
  ['at_', `${ALNUM}{10}_s1\\w{30,}`],
  ['dp.pt. dp.ct. dp.sa. dp.scim. dp.audit.', `${ALNUM}{40,}`],
  ['dp.st.', `(?:[a-z0-9_-]{2,35}\\.)?${ALNUM}{40,}`],
  ['st.', `${HEX}{24}\\.${HEX}{32}\\.${HEX}{32}`],
  ['ops_eyJ', '[\\w+/=.-]{40,}'],
  ['A3-', '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}'],
  ['pul-', `${HEX}{40}`],
  ['sha256~', `${WORD}{43}`],
  ['pnu_', `${ALNUM}{36}`],
  ['ico-', `${ALNUM}{32}\\b`],
  ['API-', '[A-Z0-9]{25,}\\b'],
  ['pat. sat.', `${WORD}{22}\\.${ALNUM}{24}\\.${ALNUM}{20}`],
  ['sm_aat_ sm_pat_ sm_sat_', `${ALNUM}{16}`],
  ['tskey-', `${WORD}{10,}`],
  ['SWMTKN-1-', `${WORD}{40,}`],
  ['K10', `${HEX}{64}::\\w+:\\w{16,}`],
  ['token-', '[a-z0-9]{5}:[a-z0-9]{54}'],
  ['bkua_ bkat_ bkaj_ bkct_', `${HEX}{40}`],
  ['CCIPAT_ CCIPRJ_', `${ALNUM}{20,}_${HEX}{40}`],
  ['AGE-SECRET-KEY-1', '[A-Z0-9]{20,}'],
  // Models.
  ['sk-', `${DIGIT}[\\w-]{16,}`],
  ['sk_', `${HEX}{48}\\b`],
  ['gsk_ pplx- xai- hf_ r8_ fw_ csk- wandb_v1_', `${ALNUM}{20,}`],
  ['nvapi- tgp_v1_', `${DIGIT}${WORD}{40,}`],
  ['api_org_', `${ALNUM}{30,}`],
  ['lsv2_', `(?:pt|sk)_${HEX}{32}_${HEX}{10}`],
  ['pcsk_', `${ALNUM}{4,8}_${ALNUM}{40,}`],
  ['tvly-', `${DIGIT}${WORD}{20,}`],
  ['jina_', `${ALNUM}{50,}`],
  ['pa-', `${WORD}{43}\\b`],
  ['fc-', `${HEX}{32}\\b`],
  ['e2b_', `${HEX}{40}`],
  ['key_', `${HEX}{64}`],
  // Payments.
  ['sk_live_ sk_test_ rk_live_ rk_test_ sk_org_live_ sk_org_test_', `${ALNUM}{10,}`],
  ['whsec_', '[\\w+/=-]{16,}'],
  ['rzp_live_ rzp_test_', `${ALNUM}{14}`],
  ['EAA', `${DIGIT}${WORD}{55,}`],
  ['sq0csp- sq0atp-', `${WORD}{22,}`],
  ['access_token$', `(?:production|sandbox)\\$[a-z0-9]{16}\\$${HEX}{32}`],
  ['access-', `(?:production|sandbox|development)-${UUID}`],
  ['FLWSECK-', `${HEX}{12,}-X`],
  ['FLWSECK_TEST-', '[a-h0-9]{12,}'],
  ['live_', `(?:${HEX}{35}\\b|(?=[\\w-]{0,39}\\d)(?=[\\w-]{0,39}[A-Z])${WORD}{40})`],
  ['shpat_ shpca_ shppa_ shpss_', '[A-Fa-f0-9]{20,}'],
  ['EZAK EZTK', `${ALNUM}{54}`],
  ['shippo_live_ shippo_test_', `${HEX}{40}`],
  ['duffel_live_ duffel_test_', '[\\w=-]{40,}'],
  // Mail, chat and telephones.
  ['xoxa- xoxb- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xoxe.', '[\\w.%-]{10,}'],
  ['xapp-', `${WORD}{10,}`],
  ['SG.', `${WORD}{10,}\\.${WORD}{10,}`],
  ['SK', `${HEX}{32}\\b`],
  ['key-', `${HEX}{32}`],
  ['xkeysib- xsmtpsib-', `${WORD}{20,}`],
  ['re_', `${ALNUM}{6,12}_(?=[A-Za-z]{0,60}\\d)${ALNUM}{20,}`],
  ['md-', `${DIGIT}${WORD}{22}\\b`],
  ['pk_', `(?:${HEX}{34}|\\d{6,}_[A-Z0-9]{32})\\b`],
  ['secret_ secret-', `(?=[A-Za-z]{0,60}\\d)${ALNUM}{32,}`],
  ['secret-live- secret-test-', `${WORD}{30,}`],
  // What watches, and what is built with.
  ['NRAK- NRII- NRJS- PMAK- CFPAT-', `${WORD}{18,}`],
  ['glsa_', `${WORD}{20,}`],
  ['glc_ eyJrIjoi', `${BASE64}{40,}`],
  ['sntryu_', `${HEX}{40,}`],
  ['sntrys_', '[\\w+/=-]{40,}'],
  ['hcaik_ hcxik_ hcalk_ hcxlk_ hcamk_', '[a-z0-9]{40,}'],
  ['sqp_ squ_ sqa_', `${HEX}{40}`],
  ['phx_ phc_', `${ALNUM}{30,}`],
  ['sdk- api- mob- xaat-', UUID],
  ['lin_api_ lin_oauth_', `${ALNUM}{30,}`],
  ['ntn_', `${ALNUM}{30,}`],
  ['figd_', `${WORD}{30,}`],
  ['pat', `${ALNUM}{14}\\.${HEX}{64}`],
  ['pat-', `(?:na1|na2|na3|eu1|ap1|au1)-${UUID}`],
  ['ATTA', `${HEX}{60,}`],
  ['dG9r', `${BASE64}{40,}`],
  ['00D', `${ALNUM}{12,15}![\\w.-]{80,}`],
  ['sl.', `${WORD}{100,}`],
  ['tfp_', `${DIGIT}${WORD}{20,}`],
  ['rdme_', '[a-z0-9]{60,}'],
  ['fio-u-', '[\\w=-]{60,}'],
  ['p8e-', '[a-z0-9]{32}'],
  ['s-s4t2ud- s-s4t2af-', `${HEX}{64}`],
  ['rw_', `${DIGIT}${WORD}{20,}`],
  ['IG', `[A-Z]{3}${ALNUM}{80,}`],
  // Signed by no one in particular: JSON in base64url.
  ['eyJ', `${WORD}{8,4000}\\.${WORD}{4,}(?:\\.${WORD}*)?`],
];

const beginnings = TOKENS.flatMap(([all]) => all.split(' '));
/** The first characters of the beginnings, four of them at most. */
const LEADS: ReadonlySet<string> = new Set(beginnings.map(text => text.slice(0, 4)));
const LEAST_LEAD = Math.min(...[...LEADS].map(({ length }) => length));

/** Where a word starts. Several to a text: a name and `=`, quotes and slashes stand before tokens. */
const START = /(?<![A-Za-z0-9_])(?=([A-Za-z0-9][\w./$-]{1,3}))/g;

function mayHoldToken(text: string): boolean {
  for (const [, lead = ''] of text.matchAll(START))
    for (let length = LEAST_LEAD; length <= lead.length; length += 1)
      if (LEADS.has(lead.slice(0, length))) return true;
  return false;
}

let shape: RegExp | undefined;

/** The text without such tokens; `put` stands in their place. */
export function redactTokens(text: string, put: string): string {
  if (!mayHoldToken(text)) return text;
  shape ??= new RegExp(
    `(?<![A-Za-z0-9_])(?:${TOKENS.map(([all, rest]) => `(?:${all.split(' ').map(escaped).join('|')})${rest}`).join('|')})`,
    'g',
  );
  return text.replace(shape, put);
}

function escaped(text: string): string {
  return text.replace(/[.$/|]/g, '\\$&');
}
