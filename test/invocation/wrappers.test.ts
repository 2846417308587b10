import { describe, expect, test } from 'vitest';
import { certain, uncertain } from '../../src/shell/command.js';
import { peel, wordsOf } from '../support/peel.js';
import { fakeWorld } from '../support/world.js';

/** A wrapped command, what is inside, and the wrappers. */
const rows: readonly (readonly [line: string, inner: string, via: string])[] = [
  // sudo, doas, pkexec
  ['sudo rm -rf x', 'rm -rf x', 'sudo'],
  ['/usr/bin/sudo rm -rf x', 'rm -rf x', 'sudo'],
  ['sudo -u postgres psql -c x', 'psql -c x', 'sudo'],
  ['sudo -upostgres rm x', 'rm x', 'sudo'],
  ['sudo --user postgres rm x', 'rm x', 'sudo'],
  ['sudo --user=postgres rm x', 'rm x', 'sudo'],
  ['sudo -u postgres -g adm -- rm -f x', 'rm -f x', 'sudo'],
  ['sudo -E rm x', 'rm x', 'sudo'],
  ['sudo -EH rm x', 'rm x', 'sudo'],
  ['sudo -nEu app rm x', 'rm x', 'sudo'],
  ['sudo --preserve-env=PATH rm x', 'rm x', 'sudo'],
  ['sudo --preserve-env rm x', 'rm x', 'sudo'],
  ['sudo -i rm x', 'rm x', 'sudo'],
  ['sudo -s rm x', 'rm x', 'sudo'],
  ['sudo -k rm x', 'rm x', 'sudo'],
  ['sudo -b rm x', 'rm x', 'sudo'],
  ['sudo -p "pw: " rm x', 'rm x', 'sudo'],
  ['sudo -D /srv rm x', 'rm x', 'sudo'],
  ['sudo -T 5 rm x', 'rm x', 'sudo'],
  ['sudo A=1 B=2 rm x', 'rm x', 'sudo'],
  ['sudo -u app A=1 rm x', 'rm x', 'sudo'],
  ['sudo -S -p "" rm x', 'rm x', 'sudo'],
  ['sudo sudo rm x', 'rm x', 'sudo sudo'],
  ['doas rm x', 'rm x', 'doas'],
  ['doas -u www rm x', 'rm x', 'doas'],
  ['doas -n -u www rm x', 'rm x', 'doas'],
  ['pkexec rm x', 'rm x', 'pkexec'],
  ['pkexec --user app rm x', 'rm x', 'pkexec'],
  // env
  ['env rm x', 'rm x', 'env'],
  ['env A=1 rm x', 'rm x', 'env'],
  ['env A=1 B= rm x', 'rm x', 'env'],
  ['/usr/bin/env rm x', 'rm x', 'env'],
  ['env -i rm x', 'rm x', 'env'],
  ['env - rm x', 'rm x', 'env'],
  ['env - A=1 rm x', 'rm x', 'env'],
  ['env -i A=1 rm x', 'rm x', 'env'],
  ['env -u HOME rm x', 'rm x', 'env'],
  ['env -uHOME rm x', 'rm x', 'env'],
  ['env --unset=HOME rm x', 'rm x', 'env'],
  ['env --uns HOME rm x', 'rm x', 'env'],
  ['env -C /srv rm x', 'rm x', 'env'],
  ['env --chdir=/srv rm x', 'rm x', 'env'],
  ['env -v rm x', 'rm x', 'env'],
  ['env -- rm x', 'rm x', 'env'],
  ['env -- A=1 rm x', 'rm x', 'env'],
  ["env -S 'rm -f k'", 'rm -f k', 'env'],
  ["env '-Srm -f k'", 'rm -f k', 'env'],
  ["env -S 'rm -f' k", 'rm -f k', 'env'],
  ["env --split-string='rm -f k'", 'rm -f k', 'env'],
  ["env --split-string 'rm -f k'", 'rm -f k', 'env'],
  ["env -iS 'A=1 rm -f k'", 'rm -f k', 'env'],
  ["env -vS 'rm -f k'", 'rm -f k', 'env'],
  ["env -S '-i A=1 rm -f k'", 'rm -f k', 'env'],
  ['env -S \'rm "a b" c\'', 'rm a b c', 'env'],
  ["env -S 'rm a\\_b'", 'rm a b', 'env'],
  ["env -S 'rm x # y'", 'rm x', 'env'],
  ["env -S 'rm ${X}'", 'rm ?', 'env'],
  ['env -S "env -S \'rm x\'"', 'rm x', 'env env'],
  ['env --block-signal=INT rm x', 'rm x', 'env'],
  ['env -P /bin rm x', 'rm x', 'env'],
  ['genv rm x', 'rm x', 'env'],
  // priorities, time limits, buffers, sessions
  ['nice rm x', 'rm x', 'nice'],
  ['nice -n 5 rm x', 'rm x', 'nice'],
  ['nice -n5 rm x', 'rm x', 'nice'],
  ['nice -5 rm x', 'rm x', 'nice'],
  ['nice --5 rm x', 'rm x', 'nice'],
  ['nice --adjustment=5 rm x', 'rm x', 'nice'],
  ['nice --adj 5 rm x', 'rm x', 'nice'],
  ['nice -n 5 -- rm x', 'rm x', 'nice'],
  ['ionice rm x', 'rm x', 'ionice'],
  ['ionice -c3 rm x', 'rm x', 'ionice'],
  ['ionice -c 2 -n 0 rm x', 'rm x', 'ionice'],
  ['ionice -t rm x', 'rm x', 'ionice'],
  ['nohup rm x', 'rm x', 'nohup'],
  ['nohup -- rm x', 'rm x', 'nohup'],
  ['timeout 5 rm x', 'rm x', 'timeout'],
  ['timeout 1m rm x', 'rm x', 'timeout'],
  ['timeout -- 5 rm x', 'rm x', 'timeout'],
  ['timeout -k 2 5 rm x', 'rm x', 'timeout'],
  ['timeout -k2 5 rm x', 'rm x', 'timeout'],
  ['timeout -s KILL 5 rm x', 'rm x', 'timeout'],
  ['timeout -sKILL 5 rm x', 'rm x', 'timeout'],
  ['timeout --signal=KILL --kill-after=3s 5 rm x', 'rm x', 'timeout'],
  ['timeout --preserve-status --foreground -v 5 rm x', 'rm x', 'timeout'],
  ['timeout --fore 5 rm x', 'rm x', 'timeout'],
  ['timeout ? rm x', 'rm x', 'timeout'],
  ['gtimeout 5 rm x', 'rm x', 'timeout'],
  ['stdbuf -oL rm x', 'rm x', 'stdbuf'],
  ['stdbuf -o0 -e L rm x', 'rm x', 'stdbuf'],
  ['stdbuf --output=L rm x', 'rm x', 'stdbuf'],
  ['setsid rm x', 'rm x', 'setsid'],
  ['setsid -w rm x', 'rm x', 'setsid'],
  ['setsid -fw rm x', 'rm x', 'setsid'],
  ['chrt 5 rm x', 'rm x', 'chrt'],
  ['chrt -o 0 rm x', 'rm x', 'chrt'],
  ['chrt -T 1 -P 2 -D 2 -d 0 rm x', 'rm x', 'chrt'],
  ['taskset 1 rm x', 'rm x', 'taskset'],
  ['taskset -c 0-3 rm x', 'rm x', 'taskset'],
  ['time rm x', 'rm x', 'time'],
  ['time -p rm x', 'rm x', 'time'],
  ['/usr/bin/time -f %e -o log rm x', 'rm x', 'time'],
  ['/usr/bin/time -v rm x', 'rm x', 'time'],
  ['chroot / rm x', 'rm x', 'chroot'],
  ['chroot --userspec=me:me /srv rm x', 'rm x', 'chroot'],
  ['unshare -r rm x', 'rm x', 'unshare'],
  ['unshare --map-root-user -n -- rm x', 'rm x', 'unshare'],
  ['unshare -R /srv -w / rm x', 'rm x', 'unshare'],
  ['setpriv --reuid 1000 --clear-groups rm x', 'rm x', 'setpriv'],
  ['fakeroot -- rm x', 'rm x', 'fakeroot'],
  ['fakeroot rm x', 'rm x', 'fakeroot'],
  ['unbuffer -p rm x', 'rm x', 'unbuffer'],
  ['caffeinate -dims -t 5 rm x', 'rm x', 'caffeinate'],
  ['proxychains4 -q -f p.conf rm x', 'rm x', 'torsocks'],
  // tracers and services
  ['strace rm x', 'rm x', 'strace'],
  ['strace -f -e trace=file -o log rm x', 'rm x', 'strace'],
  ['strace -fo log rm x', 'rm x', 'strace'],
  ['strace -E A=1 rm x', 'rm x', 'strace'],
  ['ltrace -f -o log rm x', 'rm x', 'ltrace'],
  ['nsenter -t 1 -m -u rm x', 'rm x', 'nsenter'],
  ['systemd-run --user --scope rm x', 'rm x', 'systemd-run'],
  ['systemd-run -p CPUQuota=5% -- rm x', 'rm x', 'systemd-run'],
  // builtins
  ['command rm x', 'rm x', 'command'],
  ['command -- rm x', 'rm x', 'command'],
  ['command -p rm x', 'rm x', 'command -p'],
  ['builtin cd x', 'cd x', 'builtin'],
  ['exec rm x', 'rm x', 'exec'],
  ['exec -a ls rm x', 'rm x', 'exec'],
  ['exec -c rm x', 'rm x', 'exec'],
  ['exec -cla ls rm x', 'rm x', 'exec'],
  ['noglob rm x', 'rm x', 'noglob'],
  // other users
  ['su -s /bin/rm app x', '/bin/rm x', 'su'],
  ['runuser -u app -- rm -rf x', 'rm -rf x', 'runuser'],
  ['runuser -u app rm x', 'rm x', 'runuser'],
  // strings and words
  ['watch -x rm x', 'rm x', 'watch'],
  ['flock /tmp/l rm -rf x', 'rm -rf x', 'flock'],
  ['flock -n /tmp/l rm x', 'rm x', 'flock'],
  ['flock -w 5 -E 3 /tmp/l rm x', 'rm x', 'flock'],
  ['script -q /dev/null rm -rf x', 'rm -rf x', 'script'],
  // busybox
  ['busybox rm -rf x', 'rm -rf x', 'busybox'],
  ['toybox rm -rf x', 'rm -rf x', 'toybox'],
  ['busybox timeout 3 rm x', 'rm x', 'busybox timeout'],
  ['busybox env A=1 rm x', 'rm x', 'busybox env'],
  // xargs, its input unknown
  ['xargs rm -rf', 'rm -rf …', 'xargs'],
  ['xargs -0 rm', 'rm …', 'xargs'],
  ['xargs -0r rm', 'rm …', 'xargs'],
  ['xargs -n1 -P4 rm', 'rm …', 'xargs'],
  ['xargs -n 1 -P 4 rm', 'rm …', 'xargs'],
  ['xargs --max-args=1 --max-procs 4 rm', 'rm …', 'xargs'],
  ["xargs -d '\\n' rm", 'rm …', 'xargs'],
  ['xargs -r -t rm -f', 'rm -f …', 'xargs'],
  ['xargs -L 1 rm', 'rm …', 'xargs'],
  ['xargs -l rm', 'rm …', 'xargs'],
  ['xargs -a list rm', 'rm …', 'xargs'],
  ['xargs -I{} rm {}', 'rm ?', 'xargs'],
  ['xargs -I {} rm x/{}', 'rm x/?', 'xargs'],
  ['xargs -I % git push % --force', 'git push ? --force', 'xargs'],
  ['xargs -i rm {}', 'rm ?', 'xargs'],
  ['xargs --replace=X rm X', 'rm ?', 'xargs'],
  ['xargs -J % mv % dest', 'mv ? dest', 'xargs'],
  ['xargs env A=1 rm', 'rm …', 'xargs env'],
  // several
  ['sudo env A=1 nice -n 5 timeout 5 rm -rf x', 'rm -rf x', 'sudo env nice timeout'],
  ['nohup setsid stdbuf -oL command rm x', 'rm x', 'nohup setsid stdbuf command'],
  // a program that is not known
  ['? rm -rf x', 'rm -rf x', 'an unknown program'],
  ['? -rf x', 'rm -rf x', 'an unknown program'],
  ['?q -rf x', 'rm -rf x', 'an unknown program'],
  ['?q -r -f x', 'rm -r -f x', 'an unknown program'],
  ['?q --recursive --force x', 'rm --recursive --force x', 'an unknown program'],
  ['? git push -f', 'git push -f', 'an unknown program'],
  ['sudo ? rm -rf x', 'rm -rf x', 'sudo an unknown program'],
  ['sudo ? git push', 'git push', 'sudo an unknown program'],
  ['?q push --force', 'git push --force', 'an unknown program'],
  ['? reset --hard', 'git reset --hard', 'an unknown program'],
];

describe('what a wrapper runs', () => {
  test.each(rows)('%s', (line, inner, via) => {
    const peeled = peel(line);
    expect(peeled.inner).toEqual([inner]);
    expect(peeled.via.join(' ')).toBe(via);
  });
});

describe('what runs nothing', () => {
  test.each([
    'sudo -l',
    'sudo -l rm x',
    'sudo -v',
    'sudo -K',
    'sudo -V',
    'sudo -e /etc/hosts',
    'sudoedit /etc/hosts',
    'sudo A=1',
    'sudo',
    'doas -C /etc/doas.conf rm x',
    'doas -L',
    'env',
    'env A=1',
    'env -0',
    'env --help',
    'env --version',
    'nice',
    'nice --version',
    'nohup --help',
    'timeout --help',
    'timeout 5',
    'ionice -p 12',
    'ionice -c3 -p 12',
    'taskset -p 1',
    'taskset -pc 0 12',
    'chrt -p 12',
    'chrt -m',
    'command -v rm',
    'command -V rm',
    'command -pv rm',
    'command',
    'exec',
    'builtin',
    'strace -p 12',
    'strace --help',
    'xargs',
    'xargs --help',
    'busybox',
    'busybox --list',
    'su',
    'su - app',
    'flock 9',
    'flock -u 9',
    'watch',
    'script',
    'script log.txt',
    'bash --version',
    'bash -n deploy.sh',
    'bash -o noexec x.sh',
    'sh -n x.sh',
    'zsh -n x.zsh',
    'bash',
    'sh -i',
    'zsh -l',
    'eval',
    'trap',
    'trap -p',
    'trap - EXIT',
    'trap -l',
    "trap '' INT",
    'source',
    'time',
    '? --version',
    '?q -m pytest',
    '?q rm',
    '? rm web',
    '? -r x',
    '?q file.txt',
    '? -f docker-compose.yml up',
  ])('%s', line => {
    expect(peel(line).inner.filter(inner => inner !== 'script: ' && inner !== 'sh')).toEqual([]);
  });
});

describe('xargs with input that is known', () => {
  const input = (text: string) => ({ input: { from: 'text', text: certain(text) } as const });
  test.each([
    ['xargs rm -rf', '/ /etc\n', ['rm -rf / /etc']],
    ['xargs rm', 'a\n"b c"\n', ['rm a b c']],
    ['xargs -0 rm', 'a b\0c\0', ['rm a b c']],
    ["xargs -d '\\n' rm", 'a b\nc\n', ['rm a b c']],
    ['xargs -d, rm', 'a,b', ['rm a b']],
    ['xargs -I{} rm x/{}', 'a b\n  c\n', ['rm x/a b', 'rm x/c']],
    ['xargs -i git branch -D {}', 'main\n', ['git branch -D main']],
    ['xargs -I % % x', 'rm\n', ['rm x']],
    ['xargs rm', '', ['rm']],
    ['xargs', 'rm x', []],
    ['xargs rm', "it's", ['rm …']],
    ['xargs -E END rm', 'a END b', ['rm …']],
  ] as const)('%s < %j', (line, text, inner) => expect(peel(line, input(text)).inner).toEqual(inner));

  test('items from a file', () => {
    const world = fakeWorld({ files: { '/work/app/list': 'a\nb\n' } });
    expect(peel('xargs -a list rm', { world }).inner).toEqual(['rm a b']);
  });

  test('more than 64 items stay unseen', () =>
    expect(peel('xargs rm', input('x\n'.repeat(65))).inner).toEqual(['rm …']));
});

describe('what the wrapper changes around the command', () => {
  test.each([
    [
      'env A=1 B=2 rm',
      {
        environment: [
          ['A', '1'],
          ['B', '2'],
        ],
      },
    ],
    ['env -u PATH rm', { environment: [['PATH', '']] }],
    ['env -i PATH=/bin rm', { environment: [['PATH', '/bin']], clearedEnvironment: true }],
    ['env - rm', { environment: [], clearedEnvironment: true }],
    ['exec -c rm', { clearedEnvironment: true }],
    ['sudo PATH=/bin rm', { environment: [['PATH', '/bin']] }],
    ['env -C /srv rm', { directory: '/srv' }],
    ['env -C sub rm', { directory: '/work/app/sub' }],
    ['sudo -D /srv rm', { directory: '/srv' }],
    ['strace -E A=1 rm', { environment: [['A', '1']] }],
  ] as const)('%s', (line, expected) => {
    const { last } = peel(line);
    const found = {
      ...('environment' in expected && {
        environment: last?.environment?.map(one => [one.name, one.value.text]),
      }),
      ...('clearedEnvironment' in expected && { clearedEnvironment: last?.clearedEnvironment }),
      ...('directory' in expected && { directory: last?.directory?.text }),
    };
    expect(found).toEqual(expected);
  });
});

test('env FILE=$x keeps the value uncertain and finds the command', () => {
  const peeled = peel([certain('env'), uncertain('A='), ...wordsOf('rm x')]);
  expect(peeled.inner).toEqual(['rm x']);
  expect(peeled.last?.environment).toEqual([{ name: 'A', value: { text: '', certain: false } }]);
});
