/** What guard says of volumes and images: the real docker client against a stand-in for the daemon. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patientLoss } from '../support/loss.js';
import { scratchDirectory } from '../support/scratch.js';

const PATH = process.env['PATH'] ?? '/usr/bin:/bin';
const hasDocker = spawnSync('docker', ['--version'], { env: { PATH } }).status === 0;

describe.skipIf(!hasDocker)('docker', () => {
  let daemon: ChildProcess;
  let port: string;
  let cwd: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    daemon = spawn(process.execPath, [join(import.meta.dirname, '../support/daemon.mjs')]);
    const [said] = await once(daemon.stdout!, 'data');
    port = String(said).trim();
    const home = scratchDirectory();
    cwd = join(home, 'My.Shop');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'compose.yaml'), 'services:\n  db:\n    image: postgres\n');
    env = { PATH, HOME: home, DOCKER_HOST: `tcp://127.0.0.1:${port}` };
  });
  afterAll(() => daemon.kill());

  async function lossBefore(script: string, docker = true): Promise<string> {
    const { verdict, loss } = await patientLoss(script, { cwd, env }, { preview: { docker } });
    expect(verdict.decision).toBe('confirm');
    return loss;
  }

  test.each([
    [
      'docker volume rm pgdata nowhere',
      '1 volume would go:\n  pgdata: 2.5GB, used by db (running), old (exited)\nThere is no volume nowhere now.',
    ],
    ['docker volume prune -f', '1 volume would go:\n  0a1b: 4kB, used by no container'],
    [
      'docker volume prune -af',
      '3 volumes would go:\n  myshop_cache: 2kB, used by no container\n  spare: 3kB, used by no container\n  0a1b',
    ],
    ['docker system prune --volumes -f', '1 volume would go:\n  0a1b'],
    [
      'docker compose down -v',
      '2 volumes would go:\n  myshop_db: 1kB, used by shop-db (running)\n  myshop_cache: 2kB, used by no container',
    ],
    ['docker-compose -p myshop down --volumes', '2 volumes would go:\n  myshop_db'],
    ['sudo docker volume rm pgdata', 'guard did not ask the docker daemon: it runs as another user'],
    ['docker -H tcp://127.0.0.1:1 volume rm pgdata', 'guard could not ask the docker daemon: '],
  ])('%s', async (script, said) => {
    expect(await lossBefore(script)).toContain(said);
    expect(await lossBefore(script, false)).not.toMatch(/volumes? would go|guard (did|could) not/);
  });

  test('nothing but questions reaches the daemon', async () => {
    await lossBefore('docker volume rm pgdata');
    const asked: readonly string[] = JSON.parse(
      execFileSync('curl', ['-sS', `http://127.0.0.1:${port}/_log`], { encoding: 'utf8' }),
    );
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter(one => !/^(GET|HEAD) \/(_ping|system\/df|containers\/json)$/.test(one))).toEqual([]);
  });
});

describe('podman and nerdctl, by what their own lists say', () => {
  // As podman 4.3.1 prints them; the blanks of its tables are two or more.
  const PODMAN = `case "$*" in
'volume ls --format json') echo '[{"Name":"pgdata","Labels":{}},{"Name":"spare","Labels":{},"Anonymous":true},
  {"Name":"shop_db","Labels":{"com.docker.compose.project":"myshop"}}]' ;;
'system df -v') printf '%s\\n' 'Images space usage:' '' 'REPOSITORY  TAG  IMAGE ID' '' \\
  'Local Volumes space usage:' '' 'VOLUME NAME  LINKS       SIZE' 'pgdata       2           2.5GB' \\
  'spare        0           3kB' 'shop_db      1           1kB' ;;
'ps -a --filter volume=pgdata --format {{.Names}} ({{.State}})') echo 'db (running)' ;;
'ps -a --filter volume=shop_db '*) echo 'shop-db (exited)' ;;
*) echo "Error: not a question: $*" >&2; exit 125 ;;
esac`;
  const NERDCTL = `case "$*" in
'--namespace=k8s.io volume ls --size --format {{json .}}'|'volume ls --size --format {{json .}}')
  echo '{"Driver":"local","Labels":"","Mountpoint":"/x","Name":"pgdata","Scope":"local","Size":"2.3 GiB"}'
  echo '{"Driver":"local","Labels":"","Mountpoint":"/y","Name":"spare","Scope":"local","Size":"3.0 KiB"}' ;;
*'ps -a --filter volume=pgdata --format {{.Names}} ({{.Status}})') echo 'db (Up)' ;;
*'ps -a --filter volume=spare '*) ;;
*) echo "not a question: $*" >&2; exit 1 ;;
esac`;
  let cwd: string;
  let env: Record<string, string>;
  beforeAll(() => {
    cwd = join(scratchDirectory(), 'myshop');
    mkdirSync(cwd);
    for (const [name, body] of Object.entries({ podman: PODMAN, nerdctl: NERDCTL }))
      writeFileSync(join(cwd, '..', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    env = { PATH: `${join(cwd, '..')}:${PATH}`, HOME: cwd };
  });

  test.each([
    [
      'podman volume rm pgdata nowhere',
      '1 volume would go:\n  pgdata: 2.5GB, used by db (running)\nThere is no',
    ],
    ['podman volume prune -f', '1 volume could go:\n  spare: 3kB, used by no container'],
    ['podman compose down -v', '1 volume would go:\n  shop_db: 1kB, used by shop-db (exited)'],
    ['nerdctl -n k8s.io volume rm pgdata', '1 volume would go:\n  pgdata: 2.3 GiB, used by db (Up)'],
    ['nerdctl volume prune -af', '1 volume would go:\n  spare: 3.0 KiB, used by no container'],
    ['finch volume rm pgdata', 'guard could not ask nerdctl: finch is not installed.'],
  ])('%s', async (script, said) => {
    const { verdict, loss } = await patientLoss(script, { cwd, env }, { preview: { docker: true } });
    expect(verdict.decision).toBe('confirm');
    expect(loss).toContain(said);
  });
});
