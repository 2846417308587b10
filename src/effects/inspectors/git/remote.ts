/** Which repository a push goes to: its name, host, and what the configuration says of it. Decides nothing. */

import { type Setting, settingIn, settingsOf } from '../../../invocation/grammars/git/settings.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import { certain, type Word } from '../../../shell/command.js';
import { Repository } from './repository.js';

/** A remote repository as a push would reach it. */
export interface Remote {
  /** The name or address as given; empty where it cannot be known. */
  readonly name: string;
  /** Lower case; empty for this machine or where it cannot be known. */
  readonly host: string;
  /** `remote.<name>.push`, in order. */
  readonly refspecs: readonly Word[];
  readonly mirror: boolean;
  /** `push.default`. */
  readonly pushDefault: string;
}

/** The remote of that name, or git's choice where none is given (git-config(1): pushRemote, pushDefault, remote). */
export function remoteOf(given: Word | undefined, invocation: Invocation, world: World): Remote {
  const settings = settingsOf(invocation, world, '^(remote|branch|push|url)\\.');
  const name = given ? given.text : defaultRemote(settings, invocation, world);
  const of = (key: string) =>
    settings.filter(one => one.key === `remote.${name}.${key}`).map(one => one.value);
  const address = of('pushurl').at(-1) ?? of('url').at(-1) ?? certain(name);
  return {
    name,
    host: hostOf(rewritten(address.text, settings)),
    refspecs: of('push'),
    mirror: /^(true|yes|on|1)$/i.test(of('mirror').at(-1)?.text ?? ''),
    pushDefault: settingIn(settings, 'push.default')?.text ?? 'simple',
  };
}

function defaultRemote(settings: readonly Setting[], invocation: Invocation, world: World): string {
  const branch = new Repository(invocation, world).currentBranch()?.slice('refs/heads/'.length);
  const chosen =
    settingIn(settings, `branch.${branch}.pushremote`) ??
    settingIn(settings, 'remote.pushdefault') ??
    settingIn(settings, `branch.${branch}.remote`);
  return chosen?.text ?? 'origin';
}

/** url.<base>.pushInsteadOf and insteadOf: the longest prefix wins. */
function rewritten(address: string, settings: readonly Setting[]): string {
  for (const kind of ['pushinsteadof', 'insteadof']) {
    const fitting = settings
      .filter(
        ({ key, value }) =>
          key.startsWith('url.') && key.endsWith(`.${kind}`) && address.startsWith(value.text),
      )
      .sort((a, b) => b.value.text.length - a.value.text.length)[0];
    if (!fitting) continue;
    return fitting.key.slice('url.'.length, -kind.length - 1) + address.slice(fitting.value.text.length);
  }
  return address;
}

/** The host in an address: a URL, or `user@host:path` as ssh writes it (git-push(1), GIT URLS). */
function hostOf(address: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]*)/i.exec(address);
  if (url) return url[1]!.toLowerCase();
  const scp = /^(?:[^/@:]+@)?(\[[^\]]*\]|[^/:]+):/.exec(address);
  return scp ? scp[1]!.toLowerCase() : '';
}
