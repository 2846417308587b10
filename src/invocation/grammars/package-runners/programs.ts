/** Which program a package of the npm registry is run as. Only names; may not judge. */

/** Packages whose program has another name than the package's last part; each from the `bin` of its package.json. */
const PROGRAMS: Readonly<Record<string, string>> = {
  '@railway/cli': 'railway',
  '@angular/cli': 'ng',
  '@nestjs/cli': 'nest',
  '@sentry/cli': 'sentry-cli',
  '@aws-amplify/cli': 'amplify',
  '@mikro-orm/cli': 'mikro-orm',
  '@shopify/cli': 'shopify',
  '@salesforce/cli': 'sf',
  '@ionic/cli': 'ionic',
  '@vue/cli': 'vue',
  '@sanity/cli': 'sanity',
  '@netlify/cli': 'netlify',
  '@pnpm/exe': 'pnpm',
  'netlify-cli': 'netlify',
  'firebase-tools': 'firebase',
  'aws-cdk': 'cdk',
  'eas-cli': 'eas',
  'trash-cli': 'trash',
  'render-cli': 'render',
  'cdktf-cli': 'cdktf',
  'dotenv-cli': 'dotenv',
  'twilio-cli': 'twilio',
  'contentful-cli': 'contentful',
  'appwrite-cli': 'appwrite',
  '@dotenvx/dotenvx': 'dotenvx',
  '@infisical/cli': 'infisical',
  '@bitwarden/cli': 'bw',
  '@expo/cli': 'expo',
  '@redwoodjs/cli': 'redwood',
  '@medusajs/cli': 'medusa',
  '@keystone-6/core': 'keystone',
  '@strapi/strapi': 'strapi',
  'fkill-cli': 'fkill',
  '@upstash/cli': 'upstash',
  '@aws-amplify/backend-cli': 'ampx',
  '@cloudflare/wrangler': 'wrangler',
};

/** `@railway/cli@latest` → `railway`: the program that npm chooses for a package. */
export function programOf(spec: string): string {
  const name = spec.replace(/^(npm|jsr):\/?/, '').replace(/(.)@.*$/s, '$1');
  if (Object.hasOwn(PROGRAMS, name)) return PROGRAMS[name]!;
  return name.startsWith('@') ? name.slice(name.indexOf('/') + 1) : name;
}
