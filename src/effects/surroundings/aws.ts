/**
 * Where the AWS command line sends a request: `--endpoint-url`, AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, then the
 * profile's `services` and `endpoint_url` (docs.aws.amazon.com/sdkref, "Service-specific endpoints"). Judges nothing.
 */

import { environmentOf, type Invocation, lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import { certain, type Word } from '../../shell/command.js';
import { isLocalHost } from '../http/url.js';
import { type Surrounding, settingIn } from './files.js';
import { type Sign, sign } from './sign.js';
import { signsOfUrl } from './url.js';

/** Names that emulators of AWS go by, beside those of this machine. */
const EMULATOR =
  /^(localstack|moto|minio|dynamodb-local|elasticmq|host\.docker\.internal|(.*\.)?localhost\.localstack\.cloud)$/;

/** The endpoint where one is set, and the profile; at an emulator a profile's name says nothing. */
export function awsSigns(invocation: Invocation, around: Surrounding): readonly Sign[] {
  const profile =
    lastValue(invocation, '--profile') ??
    variable(invocation, around, 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_VAULT');
  const profiles = profile ? [sign('profiles', profile.certain ? profile.text : '?')] : [];
  const endpoint = endpointOf(invocation, around, profile);
  if (!endpoint) return profiles;
  const hosts = signsOfUrl(endpoint).map(one =>
    EMULATOR.test(one.name.replace(/:\d+$/, '')) ? { ...one, own: true as const } : one,
  );
  const isLocal = hosts.every(({ name, own }) => own || isLocalHost(name.replace(/:\d+$/, '')));
  return isLocal ? hosts : [...hosts, ...profiles];
}

function endpointOf(
  invocation: Invocation,
  around: Surrounding,
  profile: Word | undefined,
): Word | undefined {
  const given = lastValue(invocation, '--endpoint-url');
  if (given) return given;
  const ignored = variable(invocation, around, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS');
  if (ignored && ignored.text.toLowerCase() !== 'false') return undefined;
  const [operand] = invocation.operands;
  const service = (invocation.subcommand[0] ?? operand?.text ?? '')
    .replace(/^s3api$/, 's3')
    .replaceAll('-', '_');
  const told = variable(invocation, around, `AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL');
  return told ?? configured(invocation, around, profile, service);
}

function configured(
  invocation: Invocation,
  around: Surrounding,
  profile: Word | undefined,
  service: string,
): Word | undefined {
  if (profile?.certain === false) return undefined;
  const file = variable(invocation, around, 'AWS_CONFIG_FILE');
  if (file?.certain === false) return undefined;
  const text = file ? around.text(absolute(file.text, around.directory ?? '/')) : around.home('.aws/config');
  const section = profile && profile.text !== 'default' ? `profile ${profile.text}` : 'default';
  const services = settingIn(text, 'services', section);
  const own = services === undefined ? undefined : nested(text ?? '', `services ${services}`, service);
  const endpoint = own ?? settingIn(text, 'endpoint_url', section);
  return endpoint === undefined ? undefined : certain(endpoint);
}

/** `endpoint_url` in the indented lines below `s3 =` of a section. */
function nested(text: string, section: string, service: string): string | undefined {
  let isSection = false;
  let isService = false;
  for (const line of text.split('\n')) {
    const header = /^\[(.*)\]/.exec(line)?.[1]?.trim();
    if (header !== undefined) isSection = header === section;
    if (/^\S/.test(line)) isService = isSection && line.split('=', 1)[0]!.trim() === service;
    const value = isService ? /^\s+endpoint_url\s*=\s*(\S+)/.exec(line)?.[1] : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function variable(
  invocation: Invocation,
  around: Surrounding,
  ...names: readonly string[]
): Word | undefined {
  for (const name of names) {
    const value = environmentOf(invocation, name, around.world.env);
    if (value && !(value.certain && value.text === '')) return value;
  }
  return undefined;
}
