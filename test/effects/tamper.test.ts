import { describe, expect, test } from 'vitest';
import { tamper } from '../../src/effects/inspectors/tamper.js';
import type { Invocation } from '../../src/invocation/invocation.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import type { World } from '../../src/port.js';
import { fakeWorld } from '../support/world.js';

const SHIMS = '/home/me/.local/share/guard/shims';
const guarded = fakeWorld({ env: { PATH: `${SHIMS}:/usr/bin:/bin` } });

/** What tampers in a script: `guard.path rm`, `process.environment LD_PRELOAD`. */
async function found(script: string, world: World = guarded): Promise<readonly string[]> {
  const invocations = await loaded(() => understandScript(script, world));
  const effects = invocations.flatMap(invocation => tamper.inspect(invocation, world));
  return [...new Set(effects.map(effect => `${effect.resource} ${effect.target}`))];
}

async function loaded(read: () => readonly Invocation[]): Promise<readonly Invocation[]> {
  for (;;) {
    try {
      return read();
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

describe('the shims fall off', () => {
  test.each([
    ['PATH=/bin rm x', ['guard.path rm']],
    ['PATH=/usr/bin:/bin git push -f', ['guard.path git']],
    ['env PATH=/bin rm x', ['guard.path rm']],
    ['sudo PATH=/bin rm x', ['guard.path rm']],
    ['env -i git push -f', ['guard.path git']],
    ['env - git push -f', ['guard.path git']],
    ['env -i PATH=/bin git push', ['guard.path git']],
    ['env -u PATH rm x', ['guard.path rm']],
    ['env --unset=PATH rm x', ['guard.path rm']],
    ["env -S 'PATH=/bin rm x'", ['guard.path rm']],
    ['command -p rm x', ['guard.path rm']],
    ['sudo command -p rm x', ['guard.path rm']],
    ['hash -p /bin/rm rm', ['guard.path hash']],
    ['exec -c rm x', ['guard.path rm']],
    ['export PATH=/bin; rm x', ['guard.path rm']],
    ["PATH=/bin sh -c 'rm x'", ['guard.path sh', 'guard.path rm']],
  ])('%s', async (script, expected) => expect(await found(script)).toEqual(expected));
});

describe('other code runs first', () => {
  test.each([
    ['LD_PRELOAD=/tmp/a.so rm x', ['process.environment LD_PRELOAD']],
    ['env LD_PRELOAD=/tmp/a.so rm x', ['process.environment LD_PRELOAD']],
    ['NODE_OPTIONS=--require=/tmp/a.js node x.js', ['process.environment NODE_OPTIONS']],
    ['BASH_ENV=/tmp/x bash -c true', ['process.environment BASH_ENV']],
    ['export DYLD_INSERT_LIBRARIES=/tmp/a; git status', ['process.environment DYLD_INSERT_LIBRARIES']],
  ])('%s', async (script, expected) => expect(await found(script)).toEqual(expected));
});

describe('nothing of the kind', () => {
  test.each([
    'rm x',
    '/bin/rm x',
    'PATH="$PWD/node_modules/.bin:$PATH" eslint .',
    'PATH=$HOME/bin:$PATH make',
    'export PATH=$HOME/bin:$PATH; rm x',
    'export PATH="$PATH:/opt/bin" && ls',
    'env PATH="$HOME/bin:$PATH" ls',
    'env A=1 rm x',
    'env -u HOME ls',
    'command rm x',
    'command -v rm',
    'hash -r',
    'hash',
    'exec ls',
    'echo PATH=/bin rm x',
    'LD_PRELOAD= rm x',
    'NODE_ENV=test node x.js',
    'source venv/bin/activate',
    'PATH=$NEW rm x',
    'nvm use 20',
  ])('%s', async script => expect(await found(script)).toEqual([]));

  test('env -i rm x, where guard has no shims on PATH', async () =>
    expect(await found('env -i rm x', fakeWorld())).toEqual([]));

  test('the data directory may be moved', async () => {
    const world = fakeWorld({ env: { XDG_DATA_HOME: '/d', PATH: '/d/guard/shims/:/bin' } });
    expect(await found('PATH=/bin rm x', world)).toEqual(['guard.path rm']);
    expect(await found('PATH=/d/guard/shims:/bin rm x', world)).toEqual([]);
  });
});
