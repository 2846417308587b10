/** What guard says of volumes and images: the real docker client against a stand-in for the daemon. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patientLoss } from '../support/loss.js';

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
    const home = mkdtempSync(join(tmpdir(), 'guard-docker-'));
    cwd = join(home, 'My.Shop');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'compose.yaml'), 'services:\n  db:\n    image: postgres\n');
    env = { PATH, HOME: home, DOCKER_HOST: `tcp://127.0.0.1:${port}` };
  });
  afterAll(() => {
    daemon.kill();
    rmSync(join(cwd, '..'), { recursive: true, force: true });
  });

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
