/** Where guard's files live: XDG base directories (basedir-spec 0.8). Only names; touches nothing. */

import { absolute } from './paths.js';

/** Root's own guard, which `sudo guard init --system` puts there. Fixed: what names another place could be set by an agent. */
export const SYSTEM_PROGRAM = '/usr/local/sbin/guard';

/** Absolute paths of all that guard reads and writes. */
export interface Places {
  readonly home: string;
  /** policy.yaml, rules/*.yaml */
  readonly config: string;
  /** audit, requests, grants, spool */
  readonly state: string;
  /** shims, compiled policy */
  readonly data: string;
  readonly shims: string;
  /** The program that agents' hooks call. */
  readonly hook: string;
  readonly userPolicy: string;
  readonly userRules: string;
  readonly systemConfig: string;
  /** What `sudo guard init --system` makes: it is there where H1 is set up. */
  readonly systemState: string;
  readonly audit: string;
  readonly requests: string;
  readonly spool: string;
  /** Snapshots of what commands were about to take. */
  readonly undo: string;
  /** What `guard init` wrote and where, for `guard uninstall`. */
  readonly manifest: string;
}

/** The places of the user whose environment this is. Relative XDG values are invalid and ignored, as the spec says. */
export function placesOf(env: Readonly<Record<string, string | undefined>>): Places {
  const home = absolute(env['HOME'] ?? '/', '/');
  const xdg = (name: string, fallback: string) => {
    const value = env[name];
    return value?.startsWith('/') ? absolute('guard', value) : absolute(`${fallback}/guard`, home);
  };
  const config = xdg('XDG_CONFIG_HOME', '.config');
  const state = xdg('XDG_STATE_HOME', '.local/state');
  const data = xdg('XDG_DATA_HOME', '.local/share');
  return {
    home,
    config,
    state,
    data,
    shims: `${data}/shims`,
    hook: `${data}/guard-hook`,
    userPolicy: `${config}/policy.yaml`,
    userRules: `${config}/rules`,
    systemConfig: '/etc/guard',
    systemState: '/var/lib/guard',
    audit: `${state}/audit`,
    requests: `${state}/requests`,
    spool: `${state}/spool`,
    undo: `${state}/undo`,
    manifest: `${data}/manifest.json`,
  };
}
