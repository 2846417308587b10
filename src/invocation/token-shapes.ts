/**
 * The tokens that issuers make recognisable: what they begin with, and what must follow at least. Most texts hold no such
 * beginning, so the expression that knows all of them is made only for one that does: making it takes longer than a verdict.
 */

/**
 * A line for each kind: beginnings, and behind two spaces the rest of the token, an expression in which `<…>` stands for a class of
 * CLASSES. None has a space in it, nor fewer than fifteen characters in all.
 */
const TOKENS = String.raw`
  # Forges and registries of packages and images.
  ghp_ gho_ ghu_ ghs_ ghr_  <alnum>{16,}
  github_pat_  \w{20,}
  glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glsoat- glagent- glimt- glffct- gloas- glwt-  [\w.-]{16,}
  GR1348941  <word>{20}
  ATBB ATATT3 ATCTT3  [\w=-]{28,}
  npm_  <alnum>{20,}
  pypi-  <word>{30,}
  rubygems_  <hex>{48}
  cio  <alnum>{32}\b
  oy2  [a-z0-9]{43}\b
  jsrp_ jsrd_  <alnum>{30,}
  CLOJARS_  <alnum>{60}
  dckr_pat_ dckr_oat_  <word>{20,}
  AKCp cmVmdGtu  <alnum>{50,}
  ovsxat_  <uuid>
  sgp_  \w{40,}
  # Clouds, hosts and databases.
  AKIA ASIA ABIA ACCA  [A-Z0-9]{16}
  ABSK  <base64>{40,}
  bedrock-api-key-  <base64>{20,}
  AIza  <word>{30,}
  ya29.  [\w.-]{20,}
  1//0  <word>{40,}
  GOCSPX-  <word>{20,}
  LTAI  <alnum>{17,21}\b
  AKID  <alnum>{32}\b
  AQVN  <word>{35,38}
  t1.  <word>{20,}\.<word>{80,}
  dop_v1_ doo_v1_ dor_v1_  <hex>{20,}
  DO00  [A-Z0-9]{16}\b
  HRKU-  <word>{36,}
  fo1_ fm1_ fm1a_ fm1r_ fm2_  [\w+/=,-]{20,}
  rnd_ nfp_ vcp_ vck_ vca_ ddp_ ddo_  <alnum>{20,}
  vercel_blob_rw_  \w{30,}
  sbp_  <digit><word>{20,}
  sb_secret_  <word>{20,}
  napi_  <alnum>{20,}
  pscale_tkn_ pscale_pw_ pscale_oauth_  [\w.-]{10,}
  cfut_ cfat_ cfk_  <alnum>{40,}
  v1.0-  <hex>{24}-<hex>{100,}
  mdb_sa_sk_  <word>{30,}
  CCDB1_  \w{50,}
  4b1d  <alnum>{38}\b
  aivenv1  <base64>{60,}
  dapi  <hex>{32}
  dbtc_ dbtu_ dbts_  <word>{30,}
  dt0c01. dt0s01.  [A-Z0-9]{24}\.[A-Z0-9]{60,}
  tk-us-  <word>{48}
  # Infrastructure and secrets themselves.
  hvs. hvb. hvr.  <word>{20,}
  s.  (?=[A-Za-z]{0,23}\d)<alnum>{24}\b
  at_  <alnum>{10}_s1\w{30,}
  dp.pt. dp.ct. dp.sa. dp.scim. dp.audit.  <alnum>{40,}
  dp.st.  (?:[a-z0-9_-]{2,35}\.)?<alnum>{40,}
  st.  <hex>{24}\.<hex>{32}\.<hex>{32}
  ops_eyJ  [\w+/=.-]{40,}
  A3-  [A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}
  pul-  <hex>{40}
  sha256~  <word>{43}
  pnu_  <alnum>{36}
  ico-  <alnum>{32}\b
  API-  [A-Z0-9]{25,}\b
  pat. sat.  <word>{22}\.<alnum>{24}\.<alnum>{20}
  sm_aat_ sm_pat_ sm_sat_  <alnum>{16}
  tskey-  <word>{10,}
  SWMTKN-1-  <word>{40,}
  K10  <hex>{64}::\w+:\w{16,}
  token-  [a-z0-9]{5}:[a-z0-9]{54}
  bkua_ bkat_ bkaj_ bkct_  <hex>{40}
  CCIPAT_ CCIPRJ_  <alnum>{20,}_<hex>{40}
  AGE-SECRET-KEY-1  [A-Z0-9]{20,}
  # Models.
  sk-  <digit>[\w-]{16,}
  sk_  <hex>{48}\b
  gsk_ pplx- xai- hf_ r8_ fw_ csk- wandb_v1_  <alnum>{20,}
  nvapi- tgp_v1_  <digit><word>{40,}
  api_org_  <alnum>{30,}
  lsv2_  (?:pt|sk)_<hex>{32}_<hex>{10}
  pcsk_  <alnum>{4,8}_<alnum>{40,}
  tvly-  <digit><word>{20,}
  jina_  <alnum>{50,}
  pa-  <word>{43}\b
  fc-  <hex>{32}\b
  e2b_  <hex>{40}
  key_  <hex>{64}
  # Payments.
  sk_live_ sk_test_ rk_live_ rk_test_ sk_org_live_ sk_org_test_  <alnum>{10,}
  whsec_  [\w+/=-]{16,}
  rzp_live_ rzp_test_  <alnum>{14}
  EAA  <digit><word>{55,}
  sq0csp- sq0atp-  <word>{22,}
  access_token$  (?:production|sandbox)\$[a-z0-9]{16}\$<hex>{32}
  access-  (?:production|sandbox|development)-<uuid>
  FLWSECK-  <hex>{12,}-X
  FLWSECK_TEST-  [a-h0-9]{12,}
  live_  (?:<hex>{35}\b|(?=[\w-]{0,39}\d)(?=[\w-]{0,39}[A-Z])<word>{40})
  shpat_ shpca_ shppa_ shpss_  [A-Fa-f0-9]{20,}
  EZAK EZTK  <alnum>{54}
  shippo_live_ shippo_test_  <hex>{40}
  duffel_live_ duffel_test_  [\w=-]{40,}
  # Mail, chat and telephones.
  xoxa- xoxb- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xoxe.  [\w.%-]{10,}
  xapp-  <word>{10,}
  SG.  <word>{10,}\.<word>{10,}
  SK  <hex>{32}\b
  key-  <hex>{32}
  xkeysib- xsmtpsib-  <word>{20,}
  re_  <alnum>{6,12}_(?=[A-Za-z]{0,60}\d)<alnum>{20,}
  md-  <digit><word>{22}\b
  pk_  (?:<hex>{34}|\d{6,}_[A-Z0-9]{32})\b
  secret_ secret-  (?=[A-Za-z]{0,60}\d)<alnum>{32,}
  secret-live- secret-test-  <word>{30,}
  # What watches, and what is built with.
  NRAK- NRII- NRJS- PMAK- CFPAT-  <word>{18,}
  glsa_  <word>{20,}
  glc_ eyJrIjoi  <base64>{40,}
  sntryu_  <hex>{40,}
  sntrys_  [\w+/=-]{40,}
  hcaik_ hcxik_ hcalk_ hcxlk_ hcamk_  [a-z0-9]{40,}
  sqp_ squ_ sqa_  <hex>{40}
  phx_ phc_  <alnum>{30,}
  sdk- api- mob- xaat-  <uuid>
  lin_api_ lin_oauth_  <alnum>{30,}
  ntn_  <alnum>{30,}
  figd_  <word>{30,}
  pat  <alnum>{14}\.<hex>{64}
  pat-  (?:na1|na2|na3|eu1|ap1|au1)-<uuid>
  ATTA  <hex>{60,}
  dG9r  <base64>{40,}
  00D  <alnum>{12,15}![\w.-]{80,}
  sl.  <word>{100,}
  tfp_  <digit><word>{20,}
  rdme_  [a-z0-9]{60,}
  fio-u-  [\w=-]{60,}
  p8e-  [a-z0-9]{32}
  s-s4t2ud- s-s4t2af-  <hex>{64}
  rw_  <digit><word>{20,}
  IG  [A-Z]{3}<alnum>{80,}
  # Signed by no one in particular: JSON in base64url.
  eyJ  <word>{8,4000}\.<word>{4,}(?:\.<word>*)?
`;

const HEX = '[a-f0-9]';
const CLASSES: Readonly<Record<string, string>> = {
  word: '[\\w-]',
  alnum: '[A-Za-z0-9]',
  hex: HEX,
  base64: '[A-Za-z0-9+/=]',
  uuid: `${HEX}{8}-(?:${HEX}{4}-){3}${HEX}{12}`,
  // Further on there is a digit: the beginnings of these are words as well.
  digit: '(?=[\\w.-]{0,200}\\d)',
};

/** The beginnings of each kind, and the rest. */
function kinds(): readonly (readonly [beginnings: readonly string[], rest: string])[] {
  const rows = TOKENS.split('\n').filter(row => row !== '' && !row.startsWith('  #'));
  return rows.map(row => {
    const end = row.indexOf('  ', 2);
    return [row.slice(2, end).split(' '), row.slice(end + 2)];
  });
}

/** Where a word starts that is long enough. Several to a text: a name and `=`, quotes and slashes stand before tokens. */
const START = /(?<![A-Za-z0-9_])(?=([A-Za-z0-9][\w./$-]{1,3}))(?=\S{15})/g;

/** The first characters of the beginnings, four of them at most. */
let leads: ReadonlySet<string> | undefined;

function mayHoldToken(text: string): boolean {
  for (const [, lead = ''] of text.matchAll(START)) {
    leads ??= new Set(kinds().flatMap(([all]) => all.map(beginning => beginning.slice(0, 4))));
    for (let length = 2; length <= lead.length; length += 1)
      if (leads.has(lead.slice(0, length))) return true;
  }
  return false;
}

let shape: RegExp | undefined;

/** The text without such tokens; `put` stands in their place. */
export function redactTokens(text: string, put: string): string {
  if (!mayHoldToken(text)) return text;
  shape ??= new RegExp(`(?<![A-Za-z0-9_])(?:${kinds().map(shapeOf).join('|')})`, 'g');
  return text.replace(shape, put);
}

function shapeOf([beginnings, rest]: ReturnType<typeof kinds>[number]): string {
  const known = rest.replace(/<(\w+)>/g, (_, name: string) => CLASSES[name] ?? '');
  return `(?:${beginnings.map(escaped).join('|')})${known}`;
}

function escaped(text: string): string {
  return text.replace(/[.$/|]/g, '\\$&');
}
