/** What guard says of objects in a cluster, and what comes back of them: the real kubectl against a stand-in for the API server. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Safety } from '../../src/policy/rule.js';
import { patientLoss } from '../support/loss.js';
import { scratchDirectory } from '../support/scratch.js';
import { Undo } from '../support/snapshots.js';

const PATH = process.env['PATH'] ?? '/usr/bin:/bin';
const hasKubectl =
  spawnSync('kubectl', ['version', '--client'], { env: { PATH, HOME: '/nonexistent' } }).status === 0;

describe.skipIf(!hasKubectl)('kubectl', () => {
  let server: ChildProcess;
  let port: string;
  let home: string;
  let env: Record<string, string>;
  let undo: Undo;

  beforeAll(async () => {
    server = spawn(process.execPath, [join(import.meta.dirname, '../support/cluster.mjs')]);
    const [said] = await once(server.stdout!, 'data');
    port = String(said).trim();
    home = scratchDirectory();
    env = { PATH, HOME: home, KUBECONFIG: join(home, 'config') };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'lab', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'me', namespace: 'shop' } }],
      users: [{ name: 'me', user: {} }],
      'current-context': 'lab',
    };
    writeFileSync(env['KUBECONFIG']!, JSON.stringify(config));
  });
  afterAll(() => server.kill());

  const runs = (script: string) =>
    execFileSync('sh', ['-c', script], { cwd: home, env, encoding: 'utf8', stdio: 'pipe' });
  const curl = (path: string, ...more: readonly string[]) =>
    execFileSync('curl', ['-sS', ...more, `http://127.0.0.1:${port}${path}`], { encoding: 'utf8' });
  const made = (path: string, object: object) =>
    curl(path, '-X', 'POST', '-H', 'content-type: application/json', '-d', JSON.stringify(object));
  const changes = () => JSON.parse(curl('/_log')) as string[];
  const configMap = (name: string, text: string) =>
    made('/api/v1/namespaces/shop/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { app: 'web' } },
      data: { text },
    });

  const secret = (password: string) =>
    made('/api/v1/namespaces/shop/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key' },
      data: { password },
    });

  beforeEach(() => {
    undo = new Undo(env, { preview: { kubectl: true } });
    curl('/api/v1/namespaces/shop', '-X', 'DELETE');
    made('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    for (const name of ['one', 'two', 'three']) configMap(name, `text of ${name}\n`);
    secret('aHVudGVyMg==');
    made('/apis/apps/v1/namespaces/shop/deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 2 },
    });
    changes();
  });

  async function lossBefore(
    script: string,
    safety: Safety = { preview: { kubectl: true } },
  ): Promise<string> {
    const { verdict, loss } = await patientLoss(script, { cwd: home, env }, safety);
    expect(verdict.decision).toBe('confirm');
    return loss;
  }

  /** Every object, without what the server writes. */
  const state = () =>
    (JSON.parse(runs('kubectl get cm,secret,deploy,ns -A -o json')).items as Record<string, unknown>[])
      .map(({ kind, metadata, spec, data }) =>
        JSON.stringify([kind, (metadata as { name: string }).name, spec, data]),
      )
      .toSorted();

  test('kinds and counts, by GET alone', async () => {
    const one = await lossBefore('kubectl delete secret key');
    expect(one).toContain('The cluster has 1 such object: key.');
    expect(await lossBefore('kubectl delete secret --all')).toContain('1 such object: key');
    const all = await lossBefore('kubectl delete namespace shop');
    expect(all).toContain(
      'With 5 objects in them:\n  3 ConfigMap (one, two, three)\n  1 Secret (key)\n  1 Deployment (web)',
    );
    expect(await lossBefore('kubectl delete secret nowhere')).toContain(
      'The cluster has no such object now.',
    );
    expect(changes()).toEqual([]);
    expect(await lossBefore('kubectl delete secret key', {})).not.toContain('The cluster');
    expect(await lossBefore('kubectl delete secret key --token=abc')).toContain(
      'guard did not ask the cluster',
    );
    expect(await lossBefore('kubectl delete secret key --server=http://127.0.0.1:1')).toMatch(
      /guard could not ask the cluster: .*refused/,
    );
  });

  test('the cluster’s own dry run only where policy says so', async () => {
    const loss = await lossBefore('kubectl delete secret key', { preview: { kubectl: 'dry-run' } });
    expect(loss).toContain('The cluster has 1 such object: key.');
    expect(changes()).toEqual(['DELETE /api/v1/namespaces/shop/secrets/key (dry run)']);
    expect(runs('kubectl get secret key -o name')).toContain('key');
  });

  test.each([
    ['kubectl --context lab -n shop delete secret/key'],
    ['kubectl delete -f secret.yaml'],
    ['kubectl delete -f - < secret.yaml'],
    ['kubectl delete ns shop'],
  ])('comes back once a person says yes: %s', async script => {
    writeFileSync(join(home, 'secret.yaml'), 'apiVersion: v1\nkind: Secret\nmetadata: { name: key }\n');
    const before = state();
    const snapshot = await undo.save(script, home);
    expect(changes()).toEqual([]);
    runs(script);
    expect(state()).not.toEqual(before);
    expect(undo.giveBack(snapshot)[0]?.differs).toBe('this writes to the cluster, for everyone who uses it');
    expect(undo.giveBack(snapshot, { all: true })).toEqual([]);
    expect(state()).toEqual(before);
    expect(undo.store.steps(snapshot, undo.env)).toEqual([]);
    const file = join(undo.directory, 'undo', snapshot.id, '0/objects.yaml');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kind: 'List' });
  });

  test('what stands there again is not written over without a yes, and saved before', async () => {
    const snapshot = await undo.save('kubectl delete secret key', home);
    runs('kubectl delete secret key');
    secret('bmV3ZXI=');
    const [step] = undo.giveBack(snapshot);
    expect([step?.text, step?.differs]).toEqual([
      'put Secret shop/key back to its saved definition',
      'one of that name stands there now and differs',
    ]);
    const about = { command: 'guard undo', cwd: home, rules: [] };
    const newer = undo.store.take(
      [step!.changes!],
      about,
      { keep: 1e9, size: 1e9, one: { cap: 1e6, entries: 9, milliseconds: 9999 } },
      env,
    );
    undo.giveBack(snapshot, { all: true });
    const password = () => runs("kubectl get secret key -o jsonpath='{.data.password}'");
    expect(password()).toBe('aHVudGVyMg==');
    undo.giveBack(newer, { all: true });
    expect(Buffer.from(password(), 'base64').toString()).toBe('newer');
  });

  test('a damaged snapshot says so, and sends nothing', async () => {
    const snapshot = await undo.save('kubectl delete secret key', home);
    const file = join(undo.directory, 'undo', snapshot.id, '0/objects.yaml');
    const text = readFileSync(file, 'utf8');
    changes();
    for (const damaged of [text.slice(0, 40), '', '{}']) {
      writeFileSync(file, damaged);
      expect(() => undo.store.steps(snapshot, undo.env)).toThrow(
        expect.objectContaining({ code: 'broken-snapshot', message: 'the snapshot cannot be read' }),
      );
    }
    expect(changes()).toEqual([]);
  });

  test('where the cluster does not answer, nothing is promised', async () => {
    await expect(
      undo.save('kubectl delete secret key --server=http://127.0.0.1:1', home),
    ).rejects.toMatchObject({
      code: 'not-saved',
      message: expect.stringMatching(/the cluster could not be asked: .*refused/),
    });
  });
});
