/** What kubectl and helm would do, and in which cluster. */

import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/effects/inspect.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { fakeWorld } from '../support/world.js';
import { loaded } from './http/loaded.js';

const kubeconfig = 'apiVersion: v1\nclusters: []\ncurrent-context: kind-dev\nkind: Config\n';
const files = { '/home/me/.kube/config': kubeconfig, '/work/app/prod.yaml': 'current-context: "prod"\n' };

async function effects(script: string, env: Readonly<Record<string, string>> = {}) {
  const world = fakeWorld({ files, env });
  const invocations = await loaded(() => understandScript(script, world));
  const found = await loaded(() => invocations.flatMap(one => inspect(one, world)));
  return found.filter(one => /^(kubernetes|container)\./.test(one.resource));
}

async function shown(script: string) {
  return (await effects(script)).map(one =>
    `${one.action} ${one.resource} ${one.target} ${one.extent}`.replace('  ', ' '),
  );
}

describe('objects', () => {
  test.each([
    ['kubectl delete ns prod', ['delete kubernetes.namespace prod one']],
    ['kubectl delete Namespaces a b', ['delete kubernetes.namespace a b some']],
    [
      'kubectl delete deploy/web svc/web',
      ['delete kubernetes.object web one', 'delete kubernetes.object web one'],
    ],
    ['kubectl delete statefulsets.v1.apps db', ['delete kubernetes.database db one']],
    [
      'kubectl delete po,pvc -l app=x',
      ['delete kubernetes.replaceable some', 'delete kubernetes.volume some'],
    ],
    ['kubectl delete pods --all', ['delete kubernetes.replaceable all']],
    ['kubectl delete -f a.yaml -f b.yaml', ['delete kubernetes.manifest a.yaml b.yaml unknown']],
    [
      "kubectl delete -f - <<'E'\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n---\nkind: Job\nmetadata: { name: a }\nE",
      ['delete kubernetes.volume PersistentVolumeClaim/data one', 'delete kubernetes.replaceable Job/a one'],
    ],
    [
      `echo '{"kind":"List","items":[{"kind":"Secret","metadata":{"name":"s"}}]}' | kubectl delete -f -`,
      ['delete kubernetes.configuration Secret/s one'],
    ],
    ["kubectl delete -f - <<'E'\nkind: [\nE", ['delete kubernetes.manifest - unknown']],
    ['helm template web | kubectl delete -f -', ['delete kubernetes.manifest - unknown']],
    [
      "kubectl replace --force -f - <<'E'\nkind: StatefulSet\nmetadata: { name: pg }\nE",
      ['overwrite kubernetes.manifest StatefulSet/pg unknown'],
    ],
    ['kubectl delete "$KIND" web', ['delete kubernetes.object web one']],
    ['kubectl get pvc -o name | xargs kubectl delete', ['delete kubernetes.object unknown']],
    ['kubectl scale deploy web --replicas 0', ['update kubernetes.object web one']],
    ['kubectl scale deploy web --replicas="$N"', ['update kubernetes.object web one']],
    ['kubectl delete pod', []],
    ['kubectl delete ns prod --dry-run=server', []],
    ['kubectl delete ns prod --dry-run=none', ['delete kubernetes.namespace prod one']],
    ['kubectl delete ns prod --dry-run="$MODE"', ['delete kubernetes.namespace prod one']],
    ['kubectl delete --help', []],
    ['helm un web -n x', ['delete kubernetes.release web one']],
    ['helm upgrade web ./chart', []],
    ['docker rm -f $(docker ps -aq)', ['delete container.container all']],
    ['docker rm -f $(docker ps -aqf name=x)', []],
  ])('%s', async (script, expected) => expect(await shown(script)).toEqual(expected));
});

describe('the cluster', () => {
  test.each([
    ['kubectl delete ns x', {}, 'kind-dev'],
    ['kubectl --context prod delete ns x', {}, 'prod'],
    ['kubectl --context "$C" delete ns x', {}, ''],
    ['kubectl --kubeconfig prod.yaml delete ns x', {}, 'prod'],
    ['KUBECONFIG=/work/app/prod.yaml kubectl delete ns x', {}, 'prod'],
    ['kubectl delete ns x', { KUBECONFIG: '/none:/work/app/prod.yaml' }, 'prod'],
    ['kubectl delete ns x', { KUBECONFIG: '/none' }, ''],
    ['kubectl -s https://10.0.0.1:6443 delete ns x', {}, '10.0.0.1'],
    ['helm uninstall web --kube-context Prod', {}, 'prod'],
    ['HELM_KUBECONTEXT=prod helm uninstall web', {}, 'prod'],
    ['docker exec box kubectl delete ns x', {}, ''],
  ] as const)('%s %j', async (script, env, host) => {
    expect((await effects(script, env))[0]?.host).toBe(host);
  });
});
