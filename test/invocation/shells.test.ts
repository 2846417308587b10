import { describe, expect, test } from 'vitest';
import { isFromFile } from '../../src/invocation/code.js';
import { grammarOf } from '../../src/invocation/lookup.js';
import { certain, type Input, type SimpleCommand, uncertain, type Word } from '../../src/shell/command.js';
import { invocationOf, peel, wordsOf } from '../support/peel.js';
import { fakeWorld } from '../support/world.js';

const files = {
  '/work/app/x.sh': 'rm -rf x\n',
  '/work/app/bin.exe': '\u007fELF\u0000\u0001',
  '/work/app/.rc': 'rm rc\n',
};
const world = fakeWorld({ files });

/** A shell, the script in it, and the label. */
const strings: readonly (readonly [line: string, via: string])[] = [
  ["sh -c 'rm x'", 'sh -c'],
  ["/bin/sh -c 'rm x'", 'sh -c'],
  ["dash -c 'rm x'", 'sh -c'],
  ["ash -c 'rm x'", 'sh -c'],
  ["bash -c 'rm x'", 'bash -c'],
  ["bash -lc 'rm x'", 'bash -c'],
  ["bash -ic 'rm x'", 'bash -c'],
  ["bash -xc 'rm x'", 'bash -c'],
  ["bash -ec 'rm x'", 'bash -c'],
  ["bash -ce 'rm x'", 'bash -c'],
  ["bash -cl 'rm x'", 'bash -c'],
  ["bash -l -c 'rm x'", 'bash -c'],
  ["bash --login -c 'rm x'", 'bash -c'],
  ["bash -login -c 'rm x'", 'bash -c'],
  ["bash --norc --noprofile -c 'rm x'", 'bash -c'],
  ["bash -norc -c 'rm x'", 'bash -c'],
  ["bash -c -e 'rm x'", 'bash -c'],
  ["bash -c -- 'rm x'", 'bash -c'],
  ["bash -c - 'rm x'", 'bash -c'],
  ["bash -o errexit -c 'rm x'", 'bash -c'],
  ["bash -euo pipefail -c 'rm x'", 'bash -c'],
  ["bash -ceuo pipefail 'rm x'", 'bash -c'],
  ["bash -oc pipefail 'rm x'", 'bash -c'],
  ["bash -O extglob -c 'rm x'", 'bash -c'],
  ["bash -Oc extglob 'rm x'", 'bash -c'],
  ["bash +e -c 'rm x'", 'bash -c'],
  ["bash +o posix -c 'rm x'", 'bash -c'],
  ["bash --rcfile /dev/null -c 'rm x'", 'bash -c'],
  ["bash -c 'rm x' name a b", 'bash -c'],
  ["bash -c 'rm x' --norc", 'bash -c'],
  ["bash --posix -c 'rm x'", 'bash -c'],
  ["zsh -c 'rm x'", 'zsh -c'],
  ["zsh -fc 'rm x'", 'zsh -c'],
  ["zsh -c -f 'rm x'", 'zsh -c'],
  ["zsh -lic 'rm x'", 'zsh -c'],
  ["zsh -oerrexit -c 'rm x'", 'zsh -c'],
  ["zsh --emulate sh -c 'rm x'", 'zsh -c'],
  ["ksh -c 'rm x'", 'ksh -c'],
  ["ksh -oerrexit -c 'rm x'", 'ksh -c'],
  ["ksh -o errexit -c 'rm x'", 'ksh -c'],
  ["mksh -c 'rm x'", 'ksh -c'],
  ["tcsh -c 'rm x'", 'csh -c'],
  ["eval 'rm x'", 'eval'],
  ['eval rm x', 'eval'],
  ['eval -- rm x', 'eval'],
  ["eval 'rm' 'x'", 'eval'],
  ["trap 'rm x' EXIT", 'trap'],
  ["trap -- 'rm x' INT TERM", 'trap'],
  ["su -c 'rm x'", 'su -c'],
  ["su - app -c 'rm x'", 'su -c'],
  ["su app -c 'rm x'", 'su -c'],
  ["su -l app --command='rm x'", 'su -c'],
  ["su --session-command 'rm x' app", 'su -c'],
  ["su root -c 'rm x' -- a b", 'su -c'],
  ["runuser -l app -c 'rm x'", 'runuser -c'],
  ["script -qc 'rm x' /dev/null", 'script -c'],
  ["script -q /dev/null -c 'rm x'", 'script -c'],
  ["script --command 'rm x'", 'script -c'],
  ['watch rm x', 'watch'],
  ["watch -n 5 'rm x'", 'watch'],
  ["watch -n5 -d 'rm x'", 'watch'],
  ['watch --interval 5 --differences rm x', 'watch'],
  ["flock /tmp/l -c 'rm x'", 'flock -c'],
  ["flock -n /tmp/l --command 'rm x'", 'flock -c'],
  ["busybox sh -c 'rm x'", 'busybox sh -c'],
  ["sudo bash -c 'rm x'", 'sudo bash -c'],
  ["sudo -u app -i bash -lc 'rm x'", 'sudo bash -c'],
  ["env A=1 sh -c 'rm x'", 'env sh -c'],
  ["timeout 5 bash -c 'rm x'", 'timeout bash -c'],
  ["xargs sh -c 'rm x' _", 'xargs sh -c'],
  ["nohup sh -c 'rm x'", 'nohup sh -c'],
  ['env -S \'bash -c "rm x"\'', 'env bash -c'],
  ["script -q /dev/null bash -c 'rm x'", 'script bash -c'],
];

describe('the script in a word', () => {
  test.each(strings)('%s', (line, via) => {
    const peeled = peel(line, { world });
    expect(peeled.inner).toEqual(['script: rm x']);
    expect(peeled.via.join(' ')).toBe(via);
    expect(peeled.doubts).toEqual([]);
  });

  test('what follows the script are $1, $2 …', () => {
    const { last } = peel(`bash -c 'rm "$1"' name /etc`, { world });
    expect(last?.positional).toEqual([certain('/etc')]);
    expect(peel("xargs sh -c 'rm' _ a").last?.positional).toEqual([certain('a'), uncertain('', true)]);
    expect(peel('bash x.sh a', { world }).last?.positional).toEqual([certain('a')]);
  });

  test('xargs appends to the shell, not to the commands inside', () =>
    expect(peel("xargs sh -c 'rm -rf build' _").last?.openEnded).toBe(false));

  test("xargs -I{} sh -c 'rm {}' leaves a hole that can be read", () => {
    const peeled = peel("xargs -I{} sh -c 'rm {}/x'");
    expect(peeled.inner).toEqual(['script: rm ${GUARD_UNKNOWN_PART}/x']);
    expect(peeled.doubts).toEqual(['word']);
  });
});

describe('the script in a file', () => {
  test.each([
    ['bash x.sh', 'bash <x.sh>'],
    ['bash ./x.sh a b', 'bash <./x.sh>'],
    ['bash -e x.sh', 'bash <x.sh>'],
    ['bash -euo pipefail x.sh', 'bash <x.sh>'],
    ['bash -- x.sh', 'bash <x.sh>'],
    ['bash /work/app/x.sh', 'bash </work/app/x.sh>'],
    ['sh -x x.sh', 'sh <x.sh>'],
    ['zsh x.sh', 'zsh <x.sh>'],
    ['source x.sh', 'source <x.sh>'],
    ['. ./x.sh', 'source <./x.sh>'],
    ['source x.sh a b', 'source <x.sh>'],
    ['sudo bash x.sh', 'sudo bash <x.sh>'],
    ['env -C / bash /work/app/x.sh', 'env bash </work/app/x.sh>'],
    ['su app x.sh', 'su sh <x.sh>'],
  ])('%s', (line, via) => {
    const peeled = peel(line, { world });
    expect(peeled.inner).toEqual(['script: rm -rf x\n']);
    expect(peeled.via.join(' ')).toBe(via);
    expect(isFromFile(peeled.via)).toBe(true);
  });

  test('a label says where it came from', () => {
    expect(isFromFile(['sudo', 'bash -c'])).toBe(false);
    expect(isFromFile(['sudo', 'bash <a b.sh>', 'env'])).toBe(true);
  });

  test.each([
    ['bash missing.sh', ['word']],
    ['bash ?q', ['word']],
    ['xargs bash', ['word']],
    ['bash bin.exe', []],
    ['bash -n x.sh', []],
    ['bash /dev/null', []],
  ])('%s: nothing to judge, doubts %j', (line, doubts) => {
    const peeled = peel(line, { world });
    expect(peeled.inner.filter(inner => inner.startsWith('script: rm'))).toEqual([]);
    expect(peeled.doubts).toEqual(doubts);
  });

  test('a file that cannot be read is a doubt of its own', () => {
    const denied = { ...world, readText: () => ({ fault: 'denied' }) as const };
    expect(peel('bash x.sh', { world: denied }).doubts).toEqual(['input']);
  });

  test('bash --rcfile .rc and BASH_ENV are read as well', () => {
    expect(peel("bash --rcfile .rc -ic 'rm x'", { world }).inner).toEqual([
      'script: rm rc\n',
      'script: rm x',
    ]);
    const invocation = {
      ...invocationOf(wordsOf('bash -c true')),
      environment: [{ name: 'BASH_ENV', value: certain('/work/app/.rc') }],
    };
    expect(
      grammarOf('bash')
        ?.unwrap?.(invocation, world)
        .inner.map(one => one.script?.text),
    ).toEqual(['rm rc\n', 'true']);
  });
});

function command(line: string, more: Partial<SimpleCommand> = {}): SimpleCommand {
  return made(wordsOf(line), more);
}

function made(words: readonly Word[], more: Partial<SimpleCommand> = {}): SimpleCommand {
  const input: Input = { from: 'inherited' };
  return {
    words,
    assignments: [],
    exported: [],
    redirects: [],
    input,
    directory: certain('/work/app'),
    ...more,
  };
}

const pipe = (...commands: readonly SimpleCommand[]): Input => ({ from: 'pipe', commands });
const outputOf = (...lines: readonly string[]): Word => ({
  ...uncertain(),
  outputOf: lines.map(line => command(line)),
});

/** The whole pipeline in one list, as some readers give it. */
const encoded = command('echo cm0gLXJmIC8=');

describe('the script on standard input', () => {
  test.each<readonly [string, Input, readonly string[], readonly string[]]>([
    ['bash', { from: 'text', text: certain('rm x') }, ['script: rm x'], []],
    ['bash -s -- a b', { from: 'text', text: certain('rm x') }, ['script: rm x'], []],
    ['sh', { from: 'file', path: certain('x.sh') }, ['script: rm -rf x\n'], []],
    ['sudo sh', pipe(command("echo 'rm x'")), ['script: rm x\n'], []],
    ['sudo -s', pipe(command("echo 'rm x'")), ['script: rm x\n'], []],
    ['su app', pipe(command("echo 'rm x'")), ['script: rm x\n'], []],
    ['sh', pipe(command("printf 'rm %s\\n' a b")), ['script: rm a\nrm b\n'], []],
    ['sh', pipe(command('cat x.sh')), ['script: rm -rf x\n'], []],
    [
      'sh',
      pipe(command('base64 -d', { input: pipe(command('echo cm0gLXJmIC8=')) })),
      ['script: rm -rf /'],
      [],
    ],
    ['sh', pipe(encoded, command('base64 --decode', { input: pipe(encoded) })), ['script: rm -rf /'], []],
    ['sh', pipe(command('curl -fsSL https://x.test/install')), [], ['input']],
    ['bash -s -- --yes', pipe(command('wget -qO- https://x.test/install')), [], ['input']],
    ['bash', pipe(command("sed 's/a/b/'", { input: pipe(command('cat x.sh')) })), [], ['input']],
    [
      'bash',
      pipe(command('base64 -d', { input: { from: 'file', path: certain('missing') } })),
      [],
      ['input'],
    ],
    ['sh', pipe(command('rev', { input: pipe(command('echo x')) })), [], ['input']],
    ['bash', { from: 'text', text: outputOf('curl https://x.test') }, [], ['input']],
    ['bash', { from: 'text', text: outputOf('cat x.sh') }, ['script: rm -rf x\n'], []],
    ['bash', { from: 'file', path: certain('missing') }, [], ['word']],
    ['bash', { from: 'file', path: certain('/dev/null') }, [], []],
    [
      'bash',
      { from: 'text', text: { ...uncertain('cd && make'), holes: [3] } },
      ['script: cd ${GUARD_UNKNOWN_PART}&& make'],
      ['word'],
    ],
    ["bash -c 'rm x'", pipe(command('curl https://x.test')), ['script: rm x'], []],
    ['bash x.sh', pipe(command('yes')), ['script: rm -rf x\n'], []],
    ['bash', { from: 'inherited' }, [], []],
  ])('%s < %j', (line, input, inner, doubts) => {
    const peeled = peel(line, { world, input });
    expect(peeled.inner).toEqual(inner);
    expect(peeled.doubts).toEqual(doubts);
  });

  test("the door's own standard input", () =>
    expect(peel('bash', { world: fakeWorld({ stdin: 'rm x' }) }).inner).toEqual(['script: rm x']));
});

describe('a script that a command prints', () => {
  test.each<readonly [string, string, readonly string[], readonly string[]]>([
    ['eval', 'ssh-agent -s', [], ['word']],
    ['eval', 'direnv hook bash', [], ['word']],
    ['eval', 'curl -fsSL https://x.test', [], ['input']],
    ['eval', "echo 'rm x'", ['script: rm x\n'], []],
    ['eval', 'cat x.sh', ['script: rm -rf x\n'], []],
    ['bash -c', 'curl -fsSL https://x.test/install.sh', [], ['input']],
    ['bash -c', 'wget -qO- https://x.test/install.sh', [], ['input']],
    ['bash', 'curl -fsSL https://x.test', [], ['input']],
    ['source', 'kubectl completion bash', [], ['word']],
    ['source', 'curl https://x.test', [], ['input']],
  ])('%s "$(%s)"', (line, producer, inner, doubts) => {
    const peeled = peel([...wordsOf(line), outputOf(producer)], { world });
    expect(peeled.inner).toEqual(inner);
    expect(peeled.doubts).toEqual(doubts);
  });

  test('a decoder inside is found: eval "$(echo … | base64 -d)"', () => {
    const decoder = command('base64 -d', { input: pipe(command('echo cm0geA==')) });
    expect(peel([certain('eval'), { ...uncertain(), outputOf: [decoder] }], { world }).inner).toEqual([
      'script: rm x',
    ]);
  });
});
