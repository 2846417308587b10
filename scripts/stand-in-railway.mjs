/**
 * A stand-in for Railway's API on loopback: real HTTPS, real GraphQL execution over a few volumes, and a record of
 * every request that reached it. Used by the demo and the tests; nothing of it is shipped.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, graphql } from 'graphql';

const schema = buildSchema(`
  type Volume { id: ID! name: String! }
  type Query { volumes: [Volume!]! volume(id: String!): Volume me: String! }
  type Mutation {
    volumeCreate(name: String!): Volume!
    volumeUpdate(volumeId: String!, name: String!): Volume!
    volumeDelete(volumeId: String!): Boolean!
  }
`);

/**
 * Starts it on a free port of 127.0.0.1 with a certificate made for this run. Needs openssl.
 * @returns the port, `volumes` (id → name) as they stand, `received` (method, path, body), `curlrc` (the lines that lead
 *   curl here under Railway's own names), `reset()` and `stop()`.
 */
export async function startRailway() {
  const received = [];
  const volumes = new Map();
  const reset = () => {
    received.length = 0;
    volumes.clear();
    volumes.set('3d2c42fb-1d5c-4a54-9c1f-2f1f8e4f0b7a', 'production-postgres');
  };
  reset();
  const server = createServer(certificate(), (request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', async () => {
      received.push({ method: request.method, path: request.url, body });
      const answer = await execute(body, request.headers['content-type'] ?? '', volumes);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`${JSON.stringify(answer)}\n`);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  const hosts = ['backboard.railway.app', 'backboard.railway.com'];
  return {
    port,
    volumes,
    received,
    reset,
    curlrc: [
      'silent',
      'insecure',
      ...hosts.map(host => `connect-to = "${host}:443:127.0.0.1:${port}"`),
      '',
    ].join('\n'),
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

async function execute(body, type, volumes) {
  let request;
  try {
    request =
      type.startsWith('application/graphql') && !type.includes('json') ? { query: body } : JSON.parse(body);
  } catch {
    return { errors: [{ message: 'not JSON' }] };
  }
  const requests = Array.isArray(request) ? request : [request];
  const answers = [];
  for (const { query, variables, operationName } of requests) {
    const rootValue = {
      me: 'agent',
      volumes: () => [...volumes].map(([id, name]) => ({ id, name })),
      volume: ({ id }) => (volumes.has(id) ? { id, name: volumes.get(id) } : null),
      volumeCreate: ({ name }) => ({ id: name, name: volumes.set(name, name).get(name) }),
      volumeUpdate: ({ volumeId, name }) => ({
        id: volumeId,
        name: volumes.set(volumeId, name).get(volumeId),
      }),
      volumeDelete: ({ volumeId }) => volumes.delete(volumeId),
    };
    answers.push(
      await graphql({ schema, source: query ?? '', rootValue, variableValues: variables, operationName }),
    );
  }
  return Array.isArray(request) ? answers : answers[0];
}

function certificate() {
  const directory = mkdtempSync(join(tmpdir(), 'guard-railway-'));
  try {
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ].concat(['-subj', '/CN=backboard.railway.app', '-keyout', key, '-out', cert]),
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch (cause) {
    throw new Error('openssl is needed for the stand-in API: install the package openssl', { cause });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
