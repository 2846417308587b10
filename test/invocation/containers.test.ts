/** docker, kubectl and machines: how they read their options, and the commands that they run inside. */

import { describe, expect, test } from 'vitest';
import { mounted } from '../../src/invocation/mounts.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { loaded } from '../effects/http/loaded.js';
import { fakeWorld } from '../support/world.js';

const world = fakeWorld();
const read = (script: string) => loaded(() => understandScript(script, world));

describe('the command inside', () => {
  test.each([
    ['docker exec -it db psql -c "select 1"', 'psql -c select 1'],
    ['docker exec -u root -w /srv db rm -rf x', 'rm -rf x'],
    ['docker container exec db sh -c "rm x"', 'rm x'],
    ['docker -H ssh://prod exec db ls', 'ls'],
    ['docker run --rm -it --name t -e A=1 postgres:16 psql -h db', 'psql -h db'],
    ['docker run --entrypoint rm alpine -rf /x', 'rm -rf /x'],
    ['docker run --rm hashicorp/terraform:1.9 destroy', 'terraform destroy'],
    ['docker run amazon/aws-cli@sha256:aa s3 ls', 'aws s3 ls'],
    ['podman run --rm -v .:/x alpine ls', 'ls'],
    ['docker compose -f a.yml exec -T db dropdb app', 'dropdb app'],
    ['docker-compose run --rm --entrypoint sh web -c "rm y"', 'rm y'],
    ['kubectl exec -it pg-0 -c pg -n prod -- psql -c x', 'psql -c x'],
    ['kubectl exec pg-0 -- sh -c "dropdb app"', 'dropdb app'],
    ['kubectl run t --rm -i --image=postgres -- psql -h db', 'psql -h db'],
    ['kubectl debug node/n -it --image=busybox -- chroot /host rm -rf /var', 'rm -rf /var'],
    ['oc rsh pg-0 dropdb app', 'dropdb app'],
    ['minikube kubectl -- -n x delete pvc data', 'kubectl -n x delete pvc data'],
    ['minikube -p dev ssh "sudo rm -rf /data"', 'rm -rf /data'],
    ['k3s kubectl delete ns shop', 'kubectl delete ns shop'],
    ['vagrant ssh web -c "rm -rf /srv"', 'rm -rf /srv'],
    ['lxc exec web --user 0 -- rm -rf /srv', 'rm -rf /srv'],
    ['multipass exec vm -- rm -rf /srv', 'rm -rf /srv'],
    ['limactl shell --workdir / default rm -rf /srv', 'rm -rf /srv'],
    ['crictl exec -it 3f2b rm -rf /srv', 'rm -rf /srv'],
    ['ansible web -i prod -b -m shell -a "rm -rf /srv"', 'rm -rf /srv'],
    ['ansible all -a "reboot now"', 'reboot now'],
    ["salt '*' cmd.run 'rm -rf /srv'", 'rm -rf /srv'],
  ])('%s', async (script, inside) => {
    const last = (await read(script)).at(-1);
    expect(last?.argv.map(word => word.text).join(' ')).toBe(inside);
  });

  test.each([
    'docker exec db',
    'docker run --rm alpine',
    'docker ps',
    'docker compose up -d web',
    'kubectl get pods -- x',
    'kubectl run web --image=nginx',
    'ansible all -m ping',
    'ansible web -m apt -a "name=nginx state=present"',
    'vagrant ssh',
    'minikube start',
  ])('none in %s', async script => expect(await read(script)).toHaveLength(1));
});

describe('paths below a mount are this machine’s', () => {
  test.each([
    ['docker run -v /:/host alpine rm -rf /host/etc', '/etc'],
    ['docker run -v "$PWD":/app alpine rm -rf /app/src', '/work/app/src'],
    ['docker run --mount type=bind,source=/srv,target=/data alpine rm -rf /data/', '/srv'],
    ['docker run -v ./src:/app/src:ro alpine rm -rf /app/src', '/work/app/src'],
    ['docker run -v pgdata:/data alpine rm -rf /data/base', '/data/base'],
    ['docker run -v /srv:/data alpine rm -rf /database', '/database'],
    ['docker run -v ./src:/app/src alpine sh -c "rm -rf /app/src"', '/work/app/src'],
    ['docker run -v ./src:/app/src alpine sh -c "cd /app && rm -rf /app/src"', '/work/app/src'],
  ])('%s', async (script, path) => {
    const inner = (await read(script)).at(-1)!;
    const inside = mounted(world, inner.mounts ?? []);
    expect(inside.stat(inner.argv.at(-1)!.text).realPath).toBe(path);
  });

  test('the working directory too, where one is mounted', async () => {
    const inside = (await read('docker run -v "$PWD":/app -w /app/web node rm -rf dist')).at(-1);
    expect(inside?.directory).toEqual({ text: '/work/app/web', certain: true });
    const outside = (await read('docker run -v "$PWD":/app node rm -rf dist')).at(-1);
    expect(outside?.directory.certain).toBe(false);
  });
});

test('a container sees only the environment that it is given', async () => {
  const inside = (await read('PGHOST=prod docker run -e PGUSER=app postgres psql')).at(-1);
  expect(inside?.clearedEnvironment).toBe(true);
  expect(inside?.environment.map(({ name }) => name)).toEqual(['PGUSER']);
});

describe('options', () => {
  test.each([
    ['docker rm -fv web', '--force --volumes', 'web'],
    ['docker compose down -vt0', '--volumes --timeout', ''],
    ['docker run -it --rm alpine ls -v', '--interactive --tty --rm', 'alpine ls -v'],
    ['kubectl delete pod web --dry-run=none', '!--dry-run', 'web'],
    ['kubectl delete pod web --dry-run', '--dry-run', 'web'],
    ['kubectl logs -f web', '--follow', 'web'],
    ['kubectl --context prod -n x delete -f a.yaml', '--context --namespace --filename', ''],
    ['terraform -chdir=infra apply -auto-approve=false', '--chdir !--auto-approve', ''],
    ['terraform apply --var a=b plan.out', '--var', 'plan.out'],
    ['pulumi -C infra dn -yf', '--cwd --yes --skip-preview', ''],
    ['helm -n prod un web --wait', '--namespace --wait', 'web'],
  ])('%s', async (script, options, operands) => {
    const [invocation] = await read(script);
    const text = invocation?.options.map(use => (use.negated ? '!' : '') + use.name).join(' ');
    expect(text).toBe(options);
    const left = invocation?.operands.map(word => word.text).filter(word => word !== 'pod');
    expect(left?.join(' ')).toBe(operands);
    expect(invocation?.unknown).toEqual([]);
  });
});
