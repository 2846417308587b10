/** The rules for sudo: the password every time for an answer, none for using an answer up. Pure text. */

import { SYSTEM } from '../../approvals/system.js';

/** A request's number. Classes, not sudo's newer regular expressions, so that every sudo reads it. */
const ID = '[2-9A-Z]'.repeat(4);

/** The text of /etc/sudoers.d/guard for the given user ids. */
export function sudoersText(users: readonly number[]): string {
  const { program } = SYSTEM;
  const answers = [`approve ${ID}`, `reject ${ID}`, 'confirm *'].map(words => `${program} ${words}`);
  return `# Written by \`sudo guard init --system\`, removed by \`sudo guard uninstall --system\`.
# A ticket from an earlier sudo does not count for guard: whoever answers types the password.
Defaults!${program} timestamp_timeout=0, use_pty, !requiretty
${users
  .map(
    uid => `#${uid} ALL=(root) PASSWD: ${answers.join(', ')}
# Uses up what was approved; it can approve nothing.
#${uid} ALL=(root) NOPASSWD: ${program} use-grant ${ID}
`,
  )
  .join('')}`;
}
