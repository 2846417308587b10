/**
 * Re-enacts the incident of April 2026 in a scratch HOME, against a stand-in API on loopback: without guard the
 * volume is gone; with guard the same curl is refused; then a human approves. Run by `npm run demo`.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn as spawnPty } from '@lydell/node-pty';
import { Chalk } from 'chalk';
import { startRailway } from './stand-in-railway.mjs';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const chalk = new Chalk({ level: process.stdout.isTTY && !process.env.NO_COLOR ? 1 : 0 });
const VOLUME = '3d2c42fb-1d5c-4a54-9c1f-2f1f8e4f0b7a';
const COMMAND = `curl -X POST https://backboard.railway.app/graphql/v2 \\
  -H "Authorization: Bearer demo-token" -H "Content-Type: application/json" \\
  -d '{"query":"mutation { volumeDelete(volumeId: \\"${VOLUME}\\") }"}'`;

const say = text => process.stdout.write(`${text}\n`);
const title = text => say(`\n${chalk.bold(text)}`);

if (!existsSync(join(dist, 'judge.cjs'))) {
  say('guard is not built yet: run `npm run setup` first.');
  process.exit(1);
}

const home = mkdtempSync(join(tmpdir(), 'guard-demo-'));
const railway = await startRailway();
try {
  process.exitCode = (await demo()) ? 0 : 1;
} finally {
  await railway.stop();
  rmSync(home, { recursive: true, force: true });
}

async function demo() {
  writeFileSync(join(home, '.curlrc'), railway.curlrc);
  title('The agent runs this. The API is a stand-in on loopback with one volume, production-postgres.');
  say(chalk.cyan(COMMAND));

  title('1. Without guard');
  await agent();
  const gone = !railway.volumes.has(VOLUME);
  report(gone, 'The volume is gone, and its backups with it.');

  railway.reset();
  title('2. With guard on PATH, the same command');
  install();
  const refused = await agent();
  const kept = refused.status === 126 && railway.volumes.has(VOLUME) && railway.received.length === 0;
  report(kept, 'Refused. Nothing reached the API; the volume is still there.');

  title('3. A human approves, at their own terminal');
  const id = /guard approve (\w+)/.exec(refused.text)?.[1] ?? '';
  say(
    chalk.dim(
      '(the demo plays the human: it reads the question on a terminal and types the name that it asks for)',
    ),
  );
  const approved = await human(['approve', id]);
  const retried = await agent();
  const ran = approved && retried.status === 0 && !railway.volumes.has(VOLUME);
  report(ran, 'The agent tries again within a minute, and the command runs, once.');

  railway.reset();
  const again = await agent(true);
  const once = again.status === 126 && railway.volumes.has(VOLUME);
  report(once, 'A third try is refused again: the approval was for one run.');
  return gone && kept && ran && once;
}

function report(ok, text) {
  say(ok ? chalk.green(`=> ${text}`) : chalk.red(`=> this did not happen: ${text}`));
}

function environment() {
  const shims = join(home, '.local/share/guard/shims');
  const path = (process.env.PATH ?? '/usr/bin:/bin')
    .split(':')
    .filter(entry => !existsSync(join(entry, '.guard-shims')));
  return { HOME: home, PATH: [shims, ...path].join(':'), TERM: 'xterm', LANG: process.env.LANG ?? 'C.UTF-8' };
}

/** Runs the command as an agent does: no terminal, its marker in the environment. */
function agent(quiet = false) {
  const env = { ...environment(), CLAUDECODE: '1' };
  const child = spawn('/bin/sh', ['-c', COMMAND], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      text += chunk;
    });
  }
  return new Promise(resolve => {
    child.on('close', status => {
      if (!quiet) say(text.trimEnd().replace(/^/gm, '   '));
      resolve({ status, text });
    });
  });
}

function install() {
  // The demo itself holds the terminal on which its human types, so its own program is named as one.
  const config = join(home, '.config/guard');
  mkdirSync(config, { recursive: true, mode: 0o700 });
  writeFileSync(join(config, 'policy.yaml'), 'presence:\n  terminals: [node]\n', { mode: 0o600 });
  const made = spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'init', '--yes'], {
    env: environment(),
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`guard init failed:\n${made.stdout}${made.stderr}`);
}

/** Answers guard's question on a real pty; resolves to whether guard was satisfied. */
function human(words) {
  const terminal = spawnPty(process.execPath, [join(dist, 'cli.cjs'), ...words], {
    cwd: home,
    env: environment(),
    cols: 100,
  });
  let text = '';
  let typed = false;
  return new Promise(resolve => {
    terminal.onData(data => {
      text += data;
      const target = /Type (\S+) to go on/.exec(text)?.[1];
      if (target && !typed) {
        typed = true;
        setTimeout(() => terminal.write(`${target}\r`), 300);
      }
    });
    terminal.onExit(({ exitCode }) => {
      say(
        text
          .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
          .replace(/\r/g, '')
          // The question is drawn anew for each key: only its last state is shown.
          .replace(/\? Type .*(?=✔ Type )/s, '')
          .trim()
          .replace(/^/gm, '   '),
      );
      resolve(exitCode === 0);
    });
  });
}
