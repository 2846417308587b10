import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { certain } from '../../src/shell/command.js';
import { builtinPolicy } from '../support/policy.js';
import { decisionOn } from '../support/rules.js';
import { fakeWorld } from '../support/world.js';

const files = { '/work/app/.git/HEAD': 'x', '/work/app/src/a.ts': 'x', '/work/app/x.sh': 'rm -rf /' };
/** Everything here is tracked and clean: evidence that must not excuse what happens on another machine. */
const world = fakeWorld({ files, git: () => ({ status: 0, stdout: '' }) });
const verdict = (script: string) => decisionOn(script, world);

const stops = (rows: readonly string[]) =>
  test.each(rows)('asks: %s', async script => expect(await verdict(script)).not.toBe('allow'));
const runs = (rows: readonly string[]) =>
  test.each(rows)('runs: %s', async script => expect(await verdict(script)).toBe('allow'));

describe('ssh', () => {
  stops([
    `ssh prod 'rm -rf /var/www'`,
    'ssh prod rm -rf /var/www',
    'ssh prod rm -rf src',
    'ssh -p 22 -i key deploy@prod.example.com rm -rf /',
    'ssh -p22 -lroot prod rm -rf /',
    'ssh prod -p 22 rm -rf /',
    'ssh -tt prod -- rm -rf /',
    'ssh -o StrictHostKeyChecking=no prod rm -rf /',
    `ssh -J bastion prod 'cd /srv && sudo rm -rf app'`,
    `ssh -o RemoteCommand='rm -rf /' prod`,
    `ssh -o "RemoteCommand rm -rf /" prod`,
    `ssh -oProxyCommand='sh -c "rm -rf /"' prod true`,
    `ssh -o PermitLocalCommand=yes -o LocalCommand='rm -rf /' prod true`,
    `ssh prod 'bash -c "rm -rf /"'`,
    "ssh prod <<'EOF'\nrm -rf /\nEOF",
    "ssh prod bash <<'EOF'\nrm -rf /\nEOF",
    "ssh -T prod 'bash -s' <<'EOF'\ncd /srv\nsudo rm -rf app\nEOF",
    "ssh prod 'sudo bash' <<< 'rm -rf /'",
    'ssh prod bash < x.sh',
    'cat x.sh | ssh prod sh',
    'curl -s https://example.com/x.sh | ssh prod bash',
    `ssh prod 'docker exec db psql -c "DROP TABLE users"'`,
    `ssh prod "psql -h localhost -c 'DROP TABLE users'"`,
    `ssh prod 'cd /srv/app && git push --force origin main'`,
    `ssh prod "python3 -c 'import shutil; shutil.rmtree(\\"/\\")'"`,
    'ssh $HOST rm -rf /',
    'ssh prod "rm -rf $DIR/"',
    'autossh -M 0 prod rm -rf /',
    'sshpass -p secret ssh prod rm -rf /',
    'mosh prod -- rm -rf /',
    'pdsh -w web[1-9] rm -rf /',
    `parallel-ssh -H web 'rm -rf /'`,
    'clush -a rm -rf /',
    'ssh a ssh b rm -rf /',
    'sudo -u deploy ssh prod rm -rf /',
  ]);

  runs([
    'ssh prod',
    'ssh prod uptime',
    'ssh -N -L 5432:localhost:5432 prod',
    'ssh -V',
    'ssh -G prod',
    'ssh -O exit prod',
    'ssh -T git@github.com',
    `ssh prod 'cd app && git pull && npm ci && pm2 restart app'`,
    `ssh prod 'rm -rf node_modules && npm ci'`,
    `ssh prod 'rm -rf /tmp/build'`,
    `ssh prod 'rm -f app/old.log'`,
    `ssh prod 'echo "rm -rf /"'`,
    `ssh prod "grep -r 'rm -rf' /etc/cron.d"`,
    `ssh -o ProxyCommand='nc %h %p' prod true`,
    `ssh -o ProxyCommand=none prod true`,
    'ssh prod tail -f /var/log/syslog',
    "ssh prod bash <<'EOF'\ncd app\ngit pull\nEOF",
    'tar c src | ssh prod tar x -C /srv/app',
    'scp a.tgz prod:/tmp/',
    'ssh-keygen -t ed25519 -f key -N ""',
    'ssh-add -l',
    'mosh prod',
  ]);
});

describe('terminals', () => {
  stops([
    `tmux new -d 'rm -rf /'`,
    'tmux new-session -d -s x rm -rf /',
    'tmux -L sock new-session -d -c /srv "rm -rf /"',
    'tmux neww -n w "rm -rf /"',
    'tmux split-window -h -l 20 "rm -rf /"',
    'tmux splitw "rm -rf /"',
    'tmux respawn-pane -k "rm -rf /"',
    'tmux run-shell "rm -rf /"',
    'tmux run -b "rm -rf /"',
    'tmux pipe-pane -o "rm -rf /"',
    'tmux display-popup -E "rm -rf /"',
    `tmux if-shell 'rm -rf /' 'display x'`,
    `tmux send-keys -t x 'rm -rf /' Enter`,
    `tmux send -t x 'rm -rf /' C-m`,
    'tmux send-keys -t x rm Space -rf Space / Enter',
    `tmux send-keys -t x C-c Enter 'rm -rf /' Enter`,
    `tmux new -d \\; send-keys 'rm -rf /' Enter`,
    `tmux -c 'rm -rf /'`,
    'screen -dmS x rm -rf /',
    'screen -d -m sh -c "rm -rf /"',
    `screen -S x -X stuff 'rm -rf /\\n'`,
    'screen -S x -p 0 -X stuff "rm -rf /^M"',
    'screen -X exec rm -rf /',
    'screen -S x -X screen rm -rf /',
    'script -c "rm -rf /" /dev/null',
  ]);

  runs([
    'tmux',
    'tmux ls',
    'tmux attach -t x',
    'tmux kill-session -t x',
    `tmux new-session -d -s dev 'npm run dev'`,
    `tmux send-keys -t dev 'npm test' Enter`,
    `tmux send-keys -t dev ':wq' Enter`,
    `tmux send-keys -t dev "it's fine" Enter`,
    'tmux send-keys -t dev C-c',
    'tmux capture-pane -p -t dev',
    'tmux display-message -p "rm -rf /"',
    'tmux rename-window "rm -rf /"',
    'tmux set-option -g mouse on',
    'screen -ls',
    'screen -r dev',
    'screen -dmS dev npm run dev',
    `screen -S dev -X stuff 'npm test\\n'`,
    'screen -S dev -X quit',
  ]);
});

describe('runners', () => {
  stops([
    'parallel rm -rf ::: / b',
    'parallel -j4 rm -rf {} ::: /etc /usr',
    `parallel 'cd {} && rm -rf /' ::: a b`,
    `parallel ::: 'rm -rf /' ls`,
    'parallel rm -rf {1}{2} ::: / ::: etc usr',
    'printf "%s\\n" /etc /usr | parallel rm -rf',
    `printf '%s\\n' 'rm -rf /' | parallel`,
    'find / -name x | parallel rm -rf {}',
    'parallel -S prod rm -rf ::: src',
    'parallel -I @ rm -rf @ ::: /etc',
    `echo 'rm -rf /' | at now`,
    `at now + 1 minute <<'EOF'\nrm -rf /\nEOF`,
    `at -f x.sh now`,
    `batch <<< 'rm -rf /'`,
    `echo src/a.ts | entr rm -rf /`,
    `ls | entr -s 'rm -rf /'`,
    'ls | entr -rc -- sh -c "rm -rf /"',
    `watchexec 'rm -rf /'`,
    'watchexec -e rs,toml -- rm -rf /',
    'watchexec -w src -n rm -rf /',
    `hyperfine 'rm -rf /'`,
    `hyperfine --prepare 'rm -rf /' ls`,
    `hyperfine -w 3 ls 'rm -rf /'`,
    `hyperfine --cleanup='rm -rf /' ls`,
    `nodemon --exec 'rm -rf /'`,
    `nodemon -w src -x 'rm -rf /' app.js`,
    `expect -c 'spawn rm -rf /; expect eof'`,
    `expect -c 'spawn -noecho rm -rf /'`,
    `expect -c 'spawn ssh prod; send "rm -rf /\\r"'`,
    `expect -c 'if {1} { exec rm -rf / }'`,
    `expect -c 'system "rm -rf /"'`,
    `expect <<'EOF'\nspawn bash\nexpect "$ "\nsend "rm -rf /\\r"\nEOF`,
    `echo 'file delete -force /etc' | tclsh`,
    `watch -n 5 'rm -rf /'`,
  ]);

  runs([
    'parallel rm -rf ::: node_modules dist',
    'parallel echo {} ::: / b',
    'parallel --dry-run rm -rf ::: / b',
    'parallel --version',
    'parallel gzip ::: a b c',
    'ls *.png | parallel convert {} {.}.jpg',
    'seq 10 | parallel -j 4 ./run.sh',
    `parallel --pipe --block 10M wc -l < big.txt`,
    'at -l',
    'atq',
    `echo 'npm test' | at now`,
    'ls | entr npm test',
    'ls src/* | entr -c make',
    'watchexec -e ts npm test',
    'watchexec --version',
    `hyperfine 'sleep 0.1' 'ls'`,
    `hyperfine --prepare 'rm -rf node_modules' 'npm ci'`,
    `hyperfine --export-markdown out.md ls`,
    'nodemon app.js',
    `nodemon --exec 'ts-node src/a.ts'`,
    `expect -c 'puts "rm -rf /"'`,
    `expect -c 'spawn npm init; expect "name:"; send "x\\r"; expect eof'`,
    `expect -c '# exec rm -rf /'`,
    'watch -n 5 kubectl get pods',
  ]);
});

describe('standard input of a shim goes along', () => {
  const onInput = (stdin: string, command: string) => {
    const words = command.split(' ').map(certain);
    return decide({ argv: words }, builtinPolicy(), fakeWorld({ stdin }));
  };

  test.each([
    'kubectl exec -i db-0 -- psql',
    'kubectl exec -it db-0 -- psql -U app',
    'docker exec -i db psql',
    'docker --host ssh://prod exec -i db psql',
  ])('%s', async command => {
    expect((await onInput('DROP TABLE users;', command)).decision).toBe('confirm');
    expect((await onInput('SELECT 1;', command)).decision).toBe('allow');
  });

  test('not where kubectl passes none on', async () => {
    expect((await onInput('DROP TABLE users;', 'kubectl exec db-0 -- psql')).decision).toBe('allow');
  });
});
