/** A stand-in for a docker daemon: `system df` and `ps` of a few volumes, images and containers. Prints its port; a GET of `/_log` tells what was asked. */

import { createServer } from 'node:http';

const volume = (Name, Size, RefCount, Labels = {}) => ({
  Name,
  Driver: 'local',
  Mountpoint: `/var/lib/docker/volumes/${Name}/_data`,
  Labels,
  Scope: 'local',
  UsageData: { Size, RefCount },
});
const project = { 'com.docker.compose.project': 'myshop' };
const volumes = [
  volume('pgdata', 2_500_000_000, 2),
  volume('myshop_db', 1_000, 1, project),
  volume('myshop_cache', 2_000, 0, project),
  volume('spare', 3_000, 0),
  volume('0a1b', 4_000, 0, { 'com.docker.volume.anonymous': '' }),
];
const container = (name, State, source) => ({
  Id: `${name}0123456789ab`,
  Names: [`/${name}`],
  Image: 'postgres:16',
  ImageID: 'sha256:feed0123456789abfeed0123456789abfeed0123456789abfeed0123456789ab',
  Command: 'postgres',
  Created: 1,
  Ports: [],
  Labels: {},
  State,
  Status: State,
  HostConfig: {},
  NetworkSettings: { Networks: {} },
  Mounts: [{ Type: 'volume', Name: source }],
});
const containers = [
  container('db', 'running', 'pgdata'),
  container('old', 'exited', 'pgdata'),
  container('shop-db', 'running', 'myshop_db'),
];
const images = [
  {
    Id: 'sha256:feed0123456789abfeed0123456789abfeed0123456789abfeed0123456789ab',
    RepoTags: ['postgres:16'],
    RepoDigests: [],
    ParentId: '',
    Created: 1,
    Size: 400_000_000,
    SharedSize: 0,
    Containers: 3,
    Labels: {},
  },
];
const log = [];

function answer(path, filters) {
  if (path === '/_ping') return 'OK';
  if (path === '/_log') return log.splice(0);
  if (path.endsWith('/system/df'))
    return { LayersSize: 0, Images: images, Containers: containers, Volumes: volumes, BuildCache: [] };
  if (!path.endsWith('/containers/json')) return undefined;
  const [name] = Object.keys(filters.volume ?? {});
  return containers.filter(one => name === undefined || one.Mounts[0].Name === name);
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://stand-in');
  if (pathname !== '/_log') log.push(`${request.method} ${pathname.replace(/^\/v[\d.]+/, '')}`);
  const found = answer(pathname, JSON.parse(searchParams.get('filters') ?? '{}'));
  const headers = { 'api-version': '1.50', 'content-type': 'application/json' };
  response.writeHead(found === undefined ? 404 : 200, headers);
  response.end(
    request.method === 'HEAD' ? undefined : JSON.stringify(found ?? { message: 'page not found' }),
  );
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
