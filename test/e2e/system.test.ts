/** Level H1 on a machine of its own: real sudo, a real password, real ptys; nothing of the real /etc is touched. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quote } from '../../src/text.js';
import { type Machine, machine, PASSWORD } from '../support/machine.js';
import { type Terminal, terminal } from '../support/terminal.js';

const node = process.execPath;
const outside = { work: '/', env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TERM: 'xterm' } };

/** A person's terminal on the machine. */
const person = (on: Machine, script: string) => terminal(outside, `exec ${quote(on.asUser(script))}`);
const cli = (on: Machine, ...words: readonly string[]) =>
  `${node} ${on.guard}/dist/cli.cjs ${words.join(' ')}`;

async function password(shell: Terminal, typed = PASSWORD): Promise<void> {
  await shell.until(/password for guardtest: /);
  shell.type(`${typed}\r`);
}

const pushes = `set -e; rm -rf repo remote.git; git init -q --bare remote.git; git init -q -b main repo; cd repo
git config user.email a@example.com; git config user.name a
git commit -q --allow-empty -m one; git remote add origin ../remote.git; git push -q origin main
git commit -q --allow-empty -m theirs; git push -q origin main; git reset -q --hard HEAD~1; git commit -q --allow-empty -m ours`;
const push = 'cd repo && git push -q --force origin main';
const remote = 'git -C remote.git log --format=%s main';

function prepare(on: Machine): void {
  on.user(`mkdir -p -m 700 .config/guard; umask 077
printf 'presence:\\n  terminals: [node]\\nrules:\\n  git.clean: { enabled: false }\\n' > .config/guard/policy.yaml
${cli(on, 'init', '--yes', '--no-rc')} >/dev/null`);
  on.user(`export PATH=/usr/bin:/bin; ${pushes}`);
}

async function setUp(on: Machine): Promise<Terminal> {
  const shell = person(on, `sudo ${cli(on, 'init', '--system')}; echo status $?`);
  await password(shell);
  await shell.until(/Do this\?/);
  shell.type('y\r');
  await shell.until(/status \d+/, 60);
  return shell;
}

describe('set up', () => {
  let on: Machine;
  let before: string;
  const everything = `find /etc/guard /etc/sudoers.d /usr/local/sbin /usr/local/lib/guard /var/lib/guard /var/log/guard -type f 2>/dev/null | sort | xargs sha256sum`;
  const requestIn = (text: string) => /guard approve (\w{4})/.exec(text)?.[1] ?? '';

  beforeAll(async () => {
    on = machine();
    prepare(on);
    before = on.root(everything);
    const shell = await setUp(on);
    expect(shell.screen()).toContain('status 0');
  }, 120_000);
  afterAll(() => on?.end());

  test('shows and writes root-owned files; the person’s policy goes with it', () => {
    const owners = `stat -c '%U %a %n' /usr/local/sbin/guard /usr/local/lib/guard/dist/cli.cjs /etc/guard/policy.yaml /etc/sudoers.d/guard /var/log/guard /var/lib/guard/23451/grants`;
    expect(on.root(owners)).toBe(`root 755 /usr/local/sbin/guard
root 644 /usr/local/lib/guard/dist/cli.cjs
root 644 /etc/guard/policy.yaml
root 440 /etc/sudoers.d/guard
root 700 /var/log/guard
root 755 /var/lib/guard/23451/grants
`);
    expect(on.root('cat /etc/guard/policy.yaml')).toMatch(/level: H1[\s\S]*git.clean/);
    expect(on.root('visudo -c')).toContain('/etc/sudoers.d/guard: parsed OK');
  });

  test('an agent is refused; sudo guard approve lets it run once', async () => {
    const refused = on.user(`CLAUDECODE=1; export CLAUDECODE; ${push}`);
    expect(refused).toContain('status 126');
    expect(refused).toContain('sudo /usr/local/sbin/guard approve');
    const id = requestIn(refused);
    expect(on.user(`CLAUDECODE=1 sudo -n /usr/local/sbin/guard approve ${id}`)).toContain(
      'password is required',
    );
    const shell = person(on, `sudo /usr/local/sbin/guard approve ${id}`);
    await password(shell);
    await shell.until(/git push -q --force origin main[\s\S]*Type main to go on/);
    shell.type('main\r');
    await shell.until(/Approved\./);
    expect(on.user(push)).toMatch(/^(?:guard: what this takes is saved; .*\n)?status 0\n$/);
    expect(on.user(remote)).toMatch(/^ours\n/);
    expect(on.user(push)).toContain('status 126');
    expect(on.root('cat /var/log/guard/log.jsonl')).toMatch(/"kind":"approved"[\s\S]*"kind":"intent"/);
  });

  test('a wrong password approves nothing, and nobody rides on a ticket', async () => {
    on.user(`export PATH=/usr/bin:/bin; ${pushes}`);
    const id = requestIn(on.user(push));
    const wrong = person(on, `sudo /usr/local/sbin/guard approve ${id}; echo status $?`);
    await password(wrong, 'wrong');
    await wrong.until(/Sorry, try again/);
    wrong.kill('SIGKILL');
    const rider = person(on, `sudo true && sudo -n /usr/local/sbin/guard approve ${id}; echo status $?`);
    await password(rider);
    await rider.until(/password is required[\s\S]*status 1/);
    expect(on.user(push)).toContain('status 126');
  });

  test('grants that the agent’s user forges, copies or plants count for nothing', () => {
    const forged = on.user(`PATH=/usr/bin:/bin; cd /var/lib/guard/23451
for state in approved used granting; do mkdir -m 700 -p requests/$state; for f in requests/pending/*.json; do
  sed 's/"loss"/"approved":{"wall":'$(date +%s)'000,"up":1},"loss"/' "$f" > requests/$state/$(basename $f); chmod 600 requests/$state/*; done; done
cp requests/pending/*.json grants/approved/; ln -s ../../requests/approved/x grants/approved/AAAA.json; rm -rf grants; mv grants old`);
    expect(forged.match(/Permission denied|cannot (?:remove|move)/g)?.length).toBeGreaterThanOrEqual(4);
    expect(on.user(push)).toContain('status 126');
    expect(on.user(`sudo -n /usr/local/sbin/guard use-grant AAAA`)).toContain('status 3');
    expect(on.user(`sudo -n /usr/local/sbin/guard use-grant ../x`)).toContain('password is required');
    expect(on.user(`sudo -n /usr/local/sbin/guard use-grant AAAA approve`)).toContain('password is required');
    on.user('PATH=/usr/bin:/bin; rm -rf /var/lib/guard/23451/requests/*');
  });

  test('a question at the person’s own terminal is answered through sudo, once for all that is inside', async () => {
    const shell = person(on, `cd repo; env git push -q --force origin main; echo status $?`);
    await password(shell);
    await shell.until(/Type main to go on/);
    shell.type('main\r');
    await shell.until(/status 0/);
    expect(on.user(remote)).toMatch(/^ours\n/);
  });

  test('what loosens guard is root’s: the user’s own file can only tighten', async () => {
    on.user(
      `printf 'presence: { level: H0 }\\nrules: { git.push-force: { enabled: false } }\\n' > .config/guard/policy.yaml`,
    );
    on.user(`export PATH=/usr/bin:/bin; ${pushes}`);
    expect(on.user(push)).toContain('status 126');
    on.user(`printf 'presence: { level: H0 }\\n' > repo/.guard.yaml`);
    expect(on.user(push)).toContain('status 126');
    const refused = on.user('guard rule disable git.push-force');
    expect(refused).toContain('sudo /usr/local/sbin/guard rule disable git.push-force');
    const shell = person(on, 'sudo /usr/local/sbin/guard rule disable git.push-force');
    await password(shell);
    await shell.until(/Type yes to go on/);
    shell.type('yes\r');
    await shell.until(/Switched off/);
    on.user('PATH=/usr/bin:/bin; rm .config/guard/policy.yaml repo/.guard.yaml');
    expect(on.user(push)).toBe('status 0\n');
    expect(on.root('stat -c %a /etc/guard/policy.yaml')).toBe('644\n');
    expect(on.user('guard shim remove git </dev/null')).not.toContain('Removed');
  });

  test('uninstall --system wants the password too, and leaves everything as it was', async () => {
    expect(on.user('sudo -n /usr/local/sbin/guard uninstall --system')).toContain('password is required');
    const shell = person(on, 'sudo /usr/local/sbin/guard uninstall --system; echo status $?');
    await password(shell);
    await shell.until(/Type yes to go on/);
    shell.type('yes\r');
    await shell.until(/status 0/);
    expect(on.root(everything)).toBe(before);
    expect(on.root('ls -d /etc/guard /var/lib/guard /usr/local/lib/guard 2>&1 | grep -c "No such"')).toBe(
      '3\n',
    );
  });
});

describe('refused, plainly', () => {
  const cases = [
    [
      'where sudo asks for no password',
      { sudoers: 'guardtest ALL=(ALL) NOPASSWD: ALL\n' },
      /sudo asks guardtest for no password/,
    ],
    [
      'for a member of docker',
      { group: 'docker' },
      /is in the group docker, and so is root without a password/,
    ],
  ] as const;
  test.each(cases)('%s', async (_where, made, message) => {
    const on = machine(made);
    try {
      const shell = person(on, `sudo ${cli(on, 'init', '--system', '--yes')}; echo status $?`);
      if (!('sudoers' in made)) await password(shell);
      await shell.until(/status 125/, 30);
      expect(shell.screen().replace(/\s+/g, ' ')).toMatch(message);
      expect(on.root('ls /etc/sudoers.d/guard /usr/local/sbin/guard 2>&1 | grep -c "No such"')).toBe('2\n');
    } finally {
      on.end();
    }
  });

  test('where root itself is what the agent runs as', () => {
    const on = machine();
    try {
      expect(on.root(`${cli(on, 'init', '--system', '--yes')} || true`)).toContain('H1 would prove nothing');
    } finally {
      on.end();
    }
  });
});
