/** Commands of a container that was made for them and act on nothing else. May not judge. */

import type { Invocation } from './invocation.js';

/** Programs whose whole work is the system that they run in: packages, users, services. */
const OF_THE_SYSTEM = new Set(
  `apt apt-get aptitude dpkg apk dnf microdnf yum rpm zypper pacman emerge pip pip3 useradd userdel usermod groupdel
   deluser delgroup adduser addgroup systemctl service update-rc.d rc-update chkconfig crontab`.split(/\s+/),
);

/** Does all that the invocation acts on end with its container? */
export function endsWithContainer({ fresh, tool, redirects }: Invocation): boolean {
  return fresh !== undefined && redirects.length === 0 && OF_THE_SYSTEM.has(tool);
}
