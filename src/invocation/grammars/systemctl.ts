/** The grammars of systemctl, apt, crontab and userdel: how those who run a system are spoken to. Judge nothing. */

import { type CommandGrammar, type Grammar, styles } from '../grammar.js';
import { readInput } from '../input.js';
import { isOn } from '../invocation.js';
import { jobsOf } from '../scheduled.js';

const commands = (names: string): Readonly<Record<string, CommandGrammar>> =>
  Object.fromEntries(names.split(/\s+/).map(name => [name, {}] as const));

const systemctl: Grammar = {
  tool: 'systemctl',
  source: 'systemctl --help, systemd 252',
  style: styles.getopt,
  options: `
    -h, --help
        --version
        --system
        --user
    -H, --host <host>
    -M, --machine <container>
    -t, --type <type>
        --state <state>
        --failed
    -p, --property <name>
    -P <name>
    -a, --all
    -l, --full
    -r, --recursive
        --reverse
        --after
        --before
        --fail
        --message <text>
        --reboot-argument <text>
        --with-dependencies
        --job-mode <mode>
    -T, --show-transaction
        --show-types
        --value
        --check-inhibitors <mode>
    -i
        --kill-whom <whom>
        --kill-who <whom>
    -s, --signal <signal>
        --what <resources>
        --now
        --dry-run
    -q, --quiet
        --wait
        --no-block
        --no-wall
        --no-reload
        --legend <bool>
        --no-legend
        --no-pager
        --no-ask-password
        --global
        --runtime
    -f, --force
        --preset-mode <mode>
        --root <path>
        --image <path>
    -n, --lines <n>
    -o, --output <format>
        --firmware-setup
        --boot-loader-menu <time>
        --boot-loader-entry <name>
        --plain
        --timestamp <format>
        --read-only
        --mkdir
        --marked
  `,
  subcommands: commands(
    `list-units list-sockets list-timers is-active is-failed status show cat help list-dependencies start stop reload
     restart try-restart reload-or-restart isolate kill clean freeze thaw set-property reset-failed list-unit-files
     enable disable reenable preset preset-all is-enabled mask unmask link revert edit get-default set-default
     list-jobs cancel daemon-reload daemon-reexec default rescue emergency halt poweroff reboot kexec exit switch-root
     suspend hibernate hybrid-sleep suspend-then-hibernate is-system-running list-automounts list-machines add-wants
     add-requires bind mount-image try-reload-or-restart service-log-level service-log-target service-watchdogs
     log-level log-target show-environment set-environment unset-environment import-environment`,
  ),
};

const apt: Grammar = {
  tool: 'apt',
  names: ['apt-get', 'aptitude'],
  source: 'apt-get(8), apt(8) 2.6 and aptitude(8) 0.8',
  style: styles.getopt,
  options: `
    -y, --yes, --assume-yes
        --assume-no
    -q, --quiet[=<n>]
    -qq
    -d, --download-only
    -s, --simulate, --just-print, --dry-run, --recon, --no-act
    -f, --fix-broken
    -m, --fix-missing, --ignore-missing
    -u, --show-upgraded
    -V, --verbose-versions
    -b, --compile, --build
    -t, --target-release, --default-release <release>
    -a, --host-architecture <arch>
    -o, --option <option>
    -c, --config-file <file>
        --[no-]install-recommends
        --install-suggests
        --reinstall
        --only-upgrade
        --no-upgrade
        --allow-downgrades
        --allow-remove-essential
        --allow-change-held-packages
        --allow-unauthenticated
        --force-yes
        --purge
        --[no-]remove
        --auto-remove, --autoremove
        --fix-policy
    -h, --help
    -v, --version
  `,
  subcommands: {
    ...commands(
      `update upgrade full-upgrade dist-upgrade install reinstall autoclean auto-clean clean distclean list search show
       edit-sources download source build-dep changelog depends rdepends policy check satisfy showpkg moo why why-not safe-upgrade`,
    ),
    remove: {},
    purge: {},
    autoremove: { aliases: ['auto-remove'] },
    autopurge: {},
  },
};

const crontab: Grammar = {
  tool: 'crontab',
  source: 'crontab(1): Debian cron 3.0pl1, cronie 1.6, macOS',
  style: styles.getopt,
  options: `
    -u <user>
    -l
    -e
    -r
    -i
    -n
    -c
    -s
    -T
    -x <flags>
    -V
    -h
  `,
  /** The table on standard input: its jobs will run. */
  unwrap(invocation, world) {
    const [file] = invocation.operands;
    if (isOn(invocation, '-l', '-r', '-e', '-T', '-V', '-h') || (file && file.text !== '-'))
      return { inner: [] };
    if (invocation.input.from === 'inherited') return { inner: [] };
    const read = readInput(invocation.input, invocation.directory, world);
    return { inner: read ? jobsOf(read.text, 'crontab') : [] };
  },
};

const userdel: Grammar = {
  tool: 'userdel',
  source: 'userdel --help, shadow 4.13',
  style: styles.getopt,
  options: `
    -f, --force
    -h, --help
    -r, --remove
    -R, --root <dir>
    -P, --prefix <dir>
    -Z, --selinux-user
  `,
};

const usermod: Grammar = {
  tool: 'usermod',
  source: 'usermod --help, shadow 4.13',
  style: styles.getopt,
  options: `
    -a, --append
    -b, --badname
    -c, --comment <comment>
    -d, --home <dir>
    -e, --expiredate <date>
    -f, --inactive <days>
    -g, --gid <group>
    -G, --groups <groups>
    -h, --help
    -l, --login <name>
    -L, --lock
    -m, --move-home
    -o, --non-unique
    -p, --password <secret>
    -P, --prefix <dir>
    -r, --remove
    -R, --root <dir>
    -s, --shell <shell>
    -u, --uid <uid>
    -U, --unlock
    -v, --add-subuids <range>
    -V, --del-subuids <range>
    -w, --add-subgids <range>
    -W, --del-subgids <range>
    -Z, --selinux-user <user>
  `,
};

export const systemTools: readonly Grammar[] = [systemctl, apt, crontab, userdel, usermod];
