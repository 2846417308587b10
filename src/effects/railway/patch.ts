/** `railway environment edit`: what its JSON patch or its flags delete. Decides nothing. */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { type Effect, effect } from '../effect.js';
import { Content } from '../http/content.js';
import { type Json, readJson } from '../http/json.js';

/** Kinds of things in a patch by the key above their id. */
const KINDS: Readonly<Record<string, string>> = {
  services: 'service',
  volumes: 'volume',
  buckets: 'bucket',
  groups: 'group',
};

/** The effects of applying the patch at once; staging it changes nothing yet. */
export function patchEffects(invocation: Invocation, world: World, host: string): readonly Effect[] {
  if (isOn(invocation, '--stage')) return [];
  const flags = flagsOf(invocation).flatMap(([service, path, value]) =>
    leafEffect(['services', service, ...path.split('.')], value, host),
  );
  const given = flagsOf(invocation).length > 0;
  const input = new Content(invocation, world).stdin();
  // The CLI reads what is piped to it before its flags; nothing is known to be piped where none is said.
  if (given && invocation.input.from === 'inherited' && !input.certain) return flags;
  const json = readJson(input.text);
  const inPatch = json ? walk(json, [], host) : [];
  if ((input.certain && (json || input.text.trim() === '')) || (json && inPatch.length > 0)) {
    return [...flags, ...inPatch];
  }
  const doubt = effect('unknown', 'railway.patch', '', {
    host,
    extent: 'unknown',
    note: 'the patch on standard input cannot be read',
  });
  return [...flags, doubt];
}

/** `--service-config SERVICE PATH VALUE`: the option takes the first; the others stand among the operands. */
function flagsOf(
  invocation: Invocation,
): readonly (readonly [service: string, path: string, value: string])[] {
  return invocation.options.flatMap(use => {
    if (use.name !== '--service-config' || !use.value) return [];
    const after = invocation.argv.indexOf(use.value, use.at) + 1;
    const [path, value] = [invocation.argv[after], invocation.argv[after + 1]];
    return path && value ? [[use.value.text, path.text, value.text] as const] : [];
  });
}

function walk(json: Json, path: readonly string[], host: string): readonly Effect[] {
  if (json.kind === 'object')
    return json.entries.flatMap(([key, value]) => walk(value, [...path, key], host));
  return json.kind === 'literal' || json.kind === 'text' ? leafEffect(path, json.text, host) : [];
}

function leafEffect(path: readonly string[], value: string, host: string): readonly Effect[] {
  const [group = '', id = ''] = path;
  const whole = `${path.join('.')}=${value}`;
  if (path.at(-1) === 'isDeleted' && value === 'true') {
    return [effect('delete', `railway.${KINDS[group] ?? 'service'}`, id, { host, with: [whole] })];
  }
  const variables = path.indexOf('variables');
  const name = path[variables + 1];
  const isNull = value === 'null' && variables >= 0 && name !== undefined;
  return isNull ? [effect('delete', 'railway.variable', name, { host, with: [whole] })] : [];
}
