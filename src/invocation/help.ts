/** Does an invocation only print its tool's help? Nearly every parser answers `--help` before it does anything. May not judge. */

import type { Invocation } from './invocation.js';

/** They hand `--help` on as an argument, or leave it out, and do what they were told. */
const TAKES_HELP_AS_ARGUMENT = new Set(
  'service rc-service invoke-rc.d initctl supervisorctl redis-cli'.split(' '),
);
/** Their `-h` is another option (`shutdown -h`), or help only where it stands alone (git, which its inspector knows). */
const OTHER_H = new Set('shutdown halt poweroff reboot ip git'.split(' '));

/**
 * True where the tool prints help or its version and does nothing else. `--help` counts anywhere among the options; `-h`
 * only as the last word, where it can have no value, and not where the tool's grammar says that it means something else.
 */
export function onlyHelps(invocation: Invocation): boolean {
  const { argv, tool } = invocation;
  const last = argv.at(-1);
  if (argv.length < 2 || last === undefined || TAKES_HELP_AS_ARGUMENT.has(tool)) return false;
  if (isGiven(invocation, '--help') || isGiven(invocation, '-help')) return true;
  if (argv.length === 2 && isGiven(invocation, '--version')) return true;
  return last.text === '-h' && last.certain && !OTHER_H.has(tool) && isGiven(invocation, '-h');
}

function isGiven(invocation: Invocation, spelling: string): boolean {
  const { argv, options, unknown } = invocation;
  const isMeant = (name: string) => name === spelling || name === '--help';
  const isThis = (at: number) => argv[at]?.text === spelling && argv[at].certain;
  return (
    options.some(use => !use.negated && !use.value && isThis(use.at) && isMeant(use.name)) ||
    unknown.some(word => word.text === spelling && word.certain)
  );
}
