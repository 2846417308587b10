/** A server on loopback that writes down what it is sent, and a runner for the real clients in a scratch HOME. */

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scratchDirectory } from '../../support/scratch.js';

export interface Received {
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  readonly body: string;
}

/** A running recorder with a scratch directory that serves as working directory and HOME. */
export interface Recorder {
  readonly port: number;
  readonly directory: string;
  /** What was received since the last call. */
  take(): readonly Received[];
  /** Runs a client to its end with this input; its exit status does not matter. */
  run(program: string, words: readonly string[], input: string, env: Record<string, string>): Promise<void>;
  write(name: string, text: string): void;
  close(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ method: request.method ?? '', path: request.url ?? '', body });
      response.end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const directory = scratchDirectory();
  return {
    port,
    directory,
    take: () => received.splice(0),
    run: (program, words, input, env) =>
      new Promise(resolve => {
        const child = execFile(
          program,
          [...words],
          {
            cwd: directory,
            env: { PATH: process.env['PATH'] ?? '', HOME: directory, ...env },
            timeout: 10_000,
          },
          () => resolve(),
        );
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(input);
      }),
    write: (name, text) => writeFileSync(join(directory, name), text),
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}
