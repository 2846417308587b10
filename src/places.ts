/** Where guard's files live: XDG base directories (basedir-spec 0.8). Only names; touches nothing. */

import { absolute } from './paths.js';

/**
 * The variable by which shims, the hook and the installed `guard exec` tell the judge where the guard is that they belong to. They
 * set it for that one call, over whatever the command's own HOME and XDG_* say: a test suite has a scratch HOME, and is no
 * less guarded for it.
 */
export const PLACES_VARIABLE = 'GUARD_PLACES';

/** Root's own guard, which `sudo guard init --system` puts there. Fixed: what names another place could be set by an agent. */
export const SYSTEM_PROGRAM = '/usr/local/sbin/guard';

/** Where it keeps its program and its log. */
export const SYSTEM_LIBRARY = '/usr/local/lib/guard';
export const SYSTEM_LOG = '/var/log/guard';

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

/** The places of the installation that asks, or else of the user whose environment this is. */
export function placesOf(env: Readonly<Record<string, string | undefined>>): Places {
  const [home, config, state, data] = pinnedBy(env[PLACES_VARIABLE]) ?? basesOf(env);
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

/** The package that runs here, and its node; nothing where another program (a test) has loaded this. */
export function programHere(): { readonly program?: { readonly package: string; readonly node: string } } {
  const [node = '', script = ''] = process.argv;
  const [, top] = /^(.+)\/dist\/(?:judge|cli)\.cjs$/.exec(script) ?? [];
  return top === undefined ? {} : { program: { package: top, node } };
}

/** The value of PLACES_VARIABLE for what the calling user installs there. */
export function pinOf({ home, config, state, data }: Bases): string {
  return JSON.stringify([process.geteuid?.(), home, config, state, data]);
}

type Bases = Pick<Places, 'home' | 'config' | 'state' | 'data'>;
type BaseNames = readonly [home: string, config: string, state: string, data: string];

/** Nothing for another user, who keeps policy and log at home: root's files among a user's could not be written by that user. */
function pinnedBy(pin: string | undefined): BaseNames | undefined {
  if (!pin) return undefined;
  const [uid, ...bases] = listIn(pin);
  return uid === process.geteuid?.() && isBases(bases) ? bases : undefined;
}

/** Empty for what no installation wrote: the variable is then one of the caller's own. */
function listIn(pin: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(pin);
    return Array.isArray(value) ? value : [];
  } catch (fault) {
    if (fault instanceof SyntaxError) return [];
    throw fault;
  }
}

function isBases(bases: readonly unknown[]): bases is BaseNames {
  return bases.length === 4 && bases.every(base => typeof base === 'string' && base.startsWith('/'));
}

/** Relative XDG values are invalid and ignored, as the spec says. */
function basesOf(env: Readonly<Record<string, string | undefined>>): BaseNames {
  const home = absolute(env['HOME'] ?? '/', '/');
  const xdg = (name: string, fallback: string) => {
    const value = env[name];
    return value?.startsWith('/') ? absolute('guard', value) : absolute(`${fallback}/guard`, home);
  };
  return [
    home,
    xdg('XDG_CONFIG_HOME', '.config'),
    xdg('XDG_STATE_HOME', '.local/state'),
    xdg('XDG_DATA_HOME', '.local/share'),
  ];
}
