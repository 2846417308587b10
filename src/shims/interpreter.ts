/** Chooses the shell that runs a shim, once, at install. Looks at files only; runs nothing. */

import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

export const PRIVILEGED_BASH = '/bin/bash -p';

/**
 * Programs that begin their messages with the name they were called by (`sh: 1: x: not found`). bash alone can give it to
 * them. The others are called by their path, as python must be, which looks for its library from there.
 */
const NAMED =
  words(`bash dash ksh mksh rbash sh zsh cat chgrp chmod chown chroot cp dd env find head install ln ls mkfifo mv
  nice nohup rm rmdir shred stdbuf tail tee timeout truncate unlink xargs`);

/**
 * Of these, builds run thousands that have nothing to say: their shims find out whether they could fail, and only where
 * they might does bash, which starts slowly, give them their name.
 */
const BRISK = words('cp mv rm');

/**
 * Programs that hand their environment on to what may need all of it: an exported function of bash (`BASH_FUNC_f%%`), npm's
 * settings (`npm_config_@scope:registry`). dash and busybox drop variables whose names are no identifiers.
 */
const HANDING_ON =
  words(`bun bunx corepack deno doas ionice make node nodejs npm npx parallel pnpm pnpx script setsid su sudo
  time tsx unshare watch yarn`);

/**
 * What stands after `#!`: dash, which starts in half of bash's time, or a /bin/sh that is dash or busybox. bash in its
 * privileged mode, in which it heeds neither exported functions nor SHELLOPTS, for the programs above and where there is
 * neither.
 */
export function shimInterpreter(tool: string, root = ''): string {
  const hasBash = existsSync(`${root}/bin/bash`);
  if (hasBash && needsBash(tool)) return PRIVILEGED_BASH;
  if (existsSync(`${root}/bin/dash`)) return '/bin/dash';
  if (isSmallShell(`${root}/bin/sh`)) return '/bin/sh';
  return hasBash ? PRIVILEGED_BASH : '/bin/sh';
}

/** The bash by which a shim that another shell runs gives its program the name it was called by; nothing where there is none. */
export function namingBash(root = ''): string | undefined {
  return existsSync(`${root}/bin/bash`) ? '/bin/bash' : undefined;
}

/** Does the program want the name that it was called by? */
export function isNamed(tool: string): boolean {
  return NAMED.has(tool);
}

function needsBash(tool: string): boolean {
  return (NAMED.has(tool) && !BRISK.has(tool)) || HANDING_ON.has(tool);
}

function isSmallShell(path: string): boolean {
  return existsSync(path) && /^(dash|busybox)/.test(basename(realpathSync(path)));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
