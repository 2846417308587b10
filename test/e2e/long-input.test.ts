/** Standard input of many megabytes through guard's shims: what is let pass arrives whole, and what would destroy is found in it. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as httpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { install } from '../support/installed.js';

const guard = install();
const digest = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** What arrived, each upload or connection by its digest. */
const arrived: string[] = [];
const web = httpServer((request, answer) => {
  const hash = createHash('sha256');
  request.on('data', part => hash.update(part));
  request.on('end', () => {
    arrived.push(hash.digest('hex'));
    answer.end('ok');
  });
});
/** As much of Redis as `redis-cli --pipe` needs: it waits for the answer to its last ECHO. */
const redis = createServer(socket => {
  const parts: Buffer[] = [];
  socket.on('data', part => {
    parts.push(part);
    const last = Buffer.concat(parts.slice(-2)).toString('latin1');
    const echo = /\r\n\*2\r\n\$4\r\nECHO\r\n\$20\r\n([\s\S]{20})\r\n$/.exec(last);
    if (!echo) return;
    const whole = Buffer.concat(parts);
    arrived.push(digest(whole.subarray(0, whole.length - echo[0].length)));
    socket.end(`$20\r\n${echo[1]}\r\n`);
  });
  socket.on('error', () => {});
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listen = (server: Server) => new Promise<void>(done => void server.listen(0, '127.0.0.1', done));

beforeAll(async () => {
  await Promise.all([listen(web), listen(redis)]);
  expect((await guard.guard('shim', 'install', 'curl', 'sh', 'redis-cli')).status).toBe(0);
});
afterAll(() => {
  web.close();
  redis.close();
});

/** The script's exit status, and what arrived while it ran. */
async function run(script: string) {
  arrived.length = 0;
  const { status, stdout } = await guard.sh(script);
  return { status, stdout, arrived: [...arrived] };
}

const JSON_HEAD = '{"variables":{"file":"';
const FILLING = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVph';
const fill = (megabytes: number) => `yes ${FILLING} | tr -d '\\n' | head -c ${megabytes}000000`;
const filled = (megabytes: number) =>
  FILLING.repeat(Math.ceil((megabytes * 1e6) / FILLING.length)).slice(0, megabytes * 1e6);

describe('curl', () => {
  test('an upload', async () => {
    const found = await run(
      `head -c 12000000 /dev/urandom > image; cat image | curl -s -T - http://127.0.0.1:${portOf(web)}/image`,
    );
    expect(found).toMatchObject({ status: 0, arrived: [digest(readFileSync(join(guard.work, 'image')))] });
  });

  const post = (tail: string) =>
    run(
      `{ printf '%s' '${JSON_HEAD}'; ${fill(9)}; printf '%s' '${tail}'; } | curl -s --connect-to '::127.0.0.1:${portOf(web)}' --data-binary @- http://api.example.com/graphql`,
    );

  test('a query behind a long value', async () => {
    const tail = '"},"query":"query { me { id } }"}';
    expect(await post(tail)).toMatchObject({ status: 0, arrived: [digest(JSON_HEAD + filled(9) + tail)] });
  });

  test('a mutation behind a long value', async () => {
    expect(await post('"},"query":"mutation { volumeDelete(volumeId: 1) }"}')).toMatchObject({
      status: 126,
      arrived: [],
    });
  });
});

describe('sh', () => {
  const installer = (last: string) =>
    run(
      `{ echo "base64 -d >unpacked <<'EOF'"; yes ${FILLING}${FILLING} | head -n 120000; echo EOF; echo '${last}'; } | sh`,
    );

  test('an installer that carries what it installs', async () => {
    const found = await installer('wc -c <unpacked');
    expect(found.status).toBe(0);
    expect(found.stdout.trim()).toBe(String((120_000 * 72 * 3) / 4));
  });

  test('one that deletes behind it', async () => {
    expect((await installer('rm -rf "$HOME"')).status).toBe(126);
    expect(existsSync(guard.home)).toBe(true);
  });

  test('bytes behind its exit', async () => {
    const found = await run(`{ printf 'echo installed\\nexit 3\\n'; head -c 8000000 /dev/urandom; } | sh`);
    expect(found).toMatchObject({ status: 3, stdout: 'installed\n' });
  });
});

describe('redis-cli --pipe', () => {
  const one = '*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\na\\r\\n$8\\r\\nFLUSHALL\\r\\n';
  const send = (tail: string, client = 'redis-cli') =>
    run(
      `{ yes "$(printf '${one}')" | head -n 1050000; printf '${tail}'; } | ${client} -p ${portOf(redis)} --pipe`,
    );

  test('values', async () => {
    const text = one.replaceAll('\\r\\n', '\r\n').repeat(150_000);
    const found = await send('');
    expect(found.arrived).toEqual([digest(text)]);
    expect(found).toEqual(await send('', '/usr/bin/redis-cli'));
  });

  test('a command that empties the database, behind many values', async () => {
    expect(await send('*1\\r\\n$8\\r\\nFLUSHALL\\r\\n')).toMatchObject({ status: 126, arrived: [] });
  });
});
