/**
 * A stand-in for a cluster's API server: discovery, and get, list, create, replace and delete of objects in memory, as kubectl
 * asks for them over plain HTTP. Prints its port; answers `GET /_log` with the requests that changed something.
 */

import { createServer } from 'node:http';

const KINDS = {
  v1: {
    namespaces: ['Namespace', false, 'ns'],
    configmaps: ['ConfigMap', true, 'cm'],
    secrets: ['Secret', true],
    events: ['Event', true],
    serviceaccounts: ['ServiceAccount', true, 'sa'],
    persistentvolumeclaims: ['PersistentVolumeClaim', true, 'pvc'],
  },
  'apps/v1': { deployments: ['Deployment', true, 'deploy'], statefulsets: ['StatefulSet', true, 'sts'] },
};

const objects = new Map();
const log = [];
let version = 1;

const status = (code, reason, message) => ({
  code,
  body: {
    kind: 'Status',
    apiVersion: 'v1',
    status: code < 400 ? 'Success' : 'Failure',
    reason,
    message,
    code,
  },
});
const ok = (body, code = 200) => ({ code, body });

function discovery(path) {
  if (path === '/api') return ok({ kind: 'APIVersions', versions: ['v1'] });
  if (path === '/apis') {
    const version = { groupVersion: 'apps/v1', version: 'v1' };
    return ok({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [{ name: 'apps', versions: [version], preferredVersion: version }],
    });
  }
  if (path === '/version') return ok({ major: '1', minor: '32', gitVersion: 'v1.32.0' });
  const groupVersion = { '/api/v1': 'v1', '/apis/apps/v1': 'apps/v1' }[path];
  if (groupVersion === undefined) return undefined;
  const verbs = ['create', 'delete', 'get', 'list', 'update', 'patch'];
  const resources = Object.entries(KINDS[groupVersion]).map(([name, [kind, namespaced, short]]) => ({
    name,
    singularName: kind.toLowerCase(),
    kind,
    namespaced,
    verbs,
    ...(short && { shortNames: [short] }),
  }));
  return ok({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources });
}

function answer(method, url, body) {
  const { pathname, searchParams } = url;
  const found = discovery(pathname);
  if (found) return found;
  const [, groupVersion, rest] = /^\/(?:api|apis)\/(v1|apps\/v1)\/(.+)$/.exec(pathname) ?? [];
  if (rest === undefined) return status(404, 'NotFound', `the server could not find the requested resource`);
  const [, namespace = '', resource, name] =
    /^(?:namespaces\/([^/]+)\/)?([a-z]+)(?:\/([^/]+))?$/.exec(rest) ?? [];
  const [kind] = KINDS[groupVersion][resource] ?? [];
  if (kind === undefined) return status(404, 'NotFound', 'no such resource');
  const key = `${resource}/${namespace}/${name ?? body?.metadata?.name}`;
  const isTried = searchParams.get('dryRun') === 'All' || body?.dryRun?.includes('All');
  if (method !== 'GET') log.push(`${method} ${pathname}${isTried ? ' (dry run)' : ''}`);
  const known = objects.get(key);
  if (method === 'GET' && name === undefined) {
    const selector = searchParams.get('labelSelector')?.split('=');
    const items = [...objects].flatMap(([at, one]) => {
      const isHere = at.startsWith(namespace === '' ? `${resource}/` : `${resource}/${namespace}/`);
      return isHere && (!selector || one.metadata.labels?.[selector[0]] === selector[1]) ? [one] : [];
    });
    return ok({ kind: `${kind}List`, apiVersion: groupVersion, metadata: {}, items });
  }
  if (method === 'POST') {
    if (known) return status(409, 'AlreadyExists', `${resource} "${body.metadata.name}" already exists`);
    if (body.metadata.resourceVersion) return status(400, 'BadRequest', 'resourceVersion should not be set');
    return ok(put(key, namespace, body), 201);
  }
  if (!known) return status(404, 'NotFound', `${resource} "${name}" not found`);
  if (method === 'PUT') return ok(put(key, namespace, body));
  if (method !== 'DELETE') return ok(known);
  if (!isTried) objects.delete(key);
  if (resource === 'namespaces' && !isTried)
    for (const at of objects.keys()) if (at.split('/')[1] === name) objects.delete(at);
  return ok(known);
}

function put(key, namespace, body) {
  version += 1;
  const own = {
    uid: `uid-${version}`,
    resourceVersion: String(version),
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  const metadata = { ...body.metadata, ...own, ...(namespace !== '' && { namespace }) };
  const stored = { ...body, metadata, ...(body.kind === 'Deployment' && { status: { replicas: 1 } }) };
  objects.set(key, stored);
  return stored;
}

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString();
    const url = new URL(request.url, 'http://stand-in');
    const { code, body } =
      url.pathname === '/_log'
        ? ok(log.splice(0))
        : answer(request.method, url, text === '' ? undefined : JSON.parse(text));
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
