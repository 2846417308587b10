import { describe, expect, test } from 'vitest';
import { decisionOn } from '../support/rules.js';
import { fakeWorld } from '../support/world.js';

const makefile = `
BUILD = build
ROOT := /
TARGETS = $(BUILD) dist
.PHONY: all clean nuke

all: compile

compile:
\tnpm run build

clean:
\trm -rf $(BUILD) dist
\t@rm -f *.o

clean-var:
\trm -rf $(TARGETS)

clean-unset:
\trm -rf $(OUT)

nuke: compile
\t-rm -rf $(ROOT)

deploy: nuke
\t@echo deployed

home:
\t@rm -rf $$HOME

long:
\techo a \\
\t&& rm -rf /

inline: ; rm -rf /

say:
\t@echo "rm -rf /"
\t# rm -rf /

both once: compile
\trm -rf $@/node_modules

push:
\tgit push --force origin main

arg:
\trm -rf $(DIR)
`;

const packageJson = JSON.stringify({
  scripts: {
    build: 'tsc -p .',
    clean: 'rimraf dist && rm -rf node_modules',
    nuke: 'rm -rf /',
    pretest: 'rm -rf /',
    test: 'vitest run',
    start: 'node server.js',
    stop: 'git push --force origin main',
    postbuildx: 'rm -rf /',
    buildx: 'tsc',
    nested: 'npm run nuke',
    loop: 'npm run loop',
    say: "echo 'rm -rf /'",
    wipe: 'rm -rf',
    seed: 'node -e "fs.rmSync(\'/\', {recursive: true})"',
    py: 'python scripts/wipe.py',
    drop: "psql postgres://db.example.com/x -c 'DROP TABLE users'",
    lint: 'eslint .',
  },
});

const justfile = `
out := "build"
root := '/'

default: build

build:
    npm run build

clean:
    rm -rf {{out}}

nuke: build
    @rm -rf {{root}}

deploy target='x': nuke
    echo {{target}}

script:
    #!/usr/bin/env bash
    set -e
    rm -rf /

say:
    echo 'rm -rf /'

arg dir:
    rm -rf {{dir}}
`;

const taskfile = `
version: '3'
vars:
  ROOT: /
tasks:
  default:
    cmds:
      - npm run build
  clean:
    cmds:
      - rm -rf node_modules
  nuke:
    desc: rm -rf /
    deps: [default]
    cmds:
      - cmd: rm -rf {{.ROOT}}
  deploy:
    cmds:
      - task: nuke
      - echo done
  short: rm -rf /
  say:
    desc: removes
    cmds:
      - echo "rm -rf /"
`;

const files = {
  '/work/app/Makefile': makefile,
  '/work/app/package.json': packageJson,
  '/work/app/justfile': justfile,
  '/work/app/Taskfile.yml': taskfile,
  '/work/app/deno.json': JSON.stringify({ tasks: { nuke: 'rm -rf /', ok: 'deno test' } }),
  '/work/app/composer.json': JSON.stringify({
    scripts: {
      nuke: '@php -r \'exec("rm -rf /");\'',
      all: ['phpunit', '@nuke'],
      ok: 'phpunit',
      cls: 'App\\Run::now',
    },
  }),
  '/work/app/sub/Makefile': 'all:\n\trm -rf /\n',
  '/work/app/sub/x.txt': 'x',
  '/work/app/scripts/wipe.py': 'import shutil\nshutil.rmtree("/")\n',
  '/work/app/scripts/tidy.py':
    'import os, shutil, sys, tempfile\nd = tempfile.mkdtemp()\nshutil.rmtree(d)\nos.remove(sys.argv[1])\nshutil.rmtree(os.path.join(OUT, "x"))\n',
  '/work/app/scripts/api.py':
    'import os, requests\nrequests.delete(f"{os.environ[\'URL\']}/items/1")\ncursor.execute(query)\nsubprocess.run(cmd, shell=True)\n',
  '/work/app/scripts/wipe.js': 'const fs = require("fs");\nfs.rmSync("/", { recursive: true });\n',
  '/work/app/scripts/tidy.js':
    'const fs = require("fs");\nfs.rmSync(process.env.OUT, { recursive: true });\nfs.unlinkSync(process.argv[2]);\nfs.rmSync("dist", { recursive: true });\n',
  '/work/app/scripts/run.ts': 'const x: string = "a";\nfs.rmSync(x as string, { recursive: true });\n',
  '/work/app/scripts/wipe.rb': 'require "fileutils"\nFileUtils.rm_rf("/")\n',
  '/work/app/scripts/wipe.pl': 'system("rm -rf /");\n',
  '/work/app/scripts/wipe.php': '<?php\nunlink("/etc/passwd");\n',
  '/work/app/scripts/wipe.awk': 'BEGIN { system("rm -rf /") }\n',
  '/work/app/wipe.py': '#!/usr/bin/env python3\nimport shutil\nshutil.rmtree("/")\n',
};
const world = fakeWorld({ files });
const verdict = (script: string) => decisionOn(script, world);

const stops = (rows: readonly string[]) =>
  test.each(rows)('asks: %s', async script => expect(await verdict(script)).not.toBe('allow'));
const runs = (rows: readonly string[]) =>
  test.each(rows)('runs: %s', async script => expect(await verdict(script)).toBe('allow'));

describe('make', () => {
  stops([
    'make nuke',
    'make deploy',
    'make -j4 deploy',
    'make -j 4 nuke',
    'make home',
    'make long',
    'make inline',
    'make push',
    'make clean nuke',
    'make clean BUILD=/',
    'make arg DIR=/',
    'make -C sub',
    'make --directory=sub all',
    'make -f Makefile nuke',
    'make --file=Makefile nuke',
    `make --eval='x: ; rm -rf /' x`,
    'cd sub && make',
    'sudo make nuke',
    'gmake nuke',
  ]);
  runs([
    'make',
    'make all',
    'make clean',
    'make clean-var',
    'make clean-unset',
    'make say',
    'make -n nuke',
    'make --dry-run nuke',
    'make --just-print nuke',
    'make -q nuke',
    'make both',
    'make missing',
    'make -f missing.mk nuke',
    'make --version',
    'make arg DIR=node_modules',
    'make -C missing nuke',
    'cmake --build build',
  ]);
});

describe('package managers', () => {
  stops([
    'npm run nuke',
    'npm run-script nuke',
    'npm run --silent nuke',
    'npm test',
    'npm t',
    'npm stop',
    'npm run buildx',
    'npm run nested',
    'npm run wipe -- /',
    'npm run seed',
    'npm run py',
    'npm run drop',
    'pnpm nuke',
    'pnpm run nuke',
    'pnpm test',
    'yarn nuke',
    'yarn run nuke',
    'yarn wipe /',
    'bun run nuke',
    'bun nuke',
    'node --run nuke',
    'deno task nuke',
    'cd sub && npm run nuke',
    'CI=1 npm test',
    'composer nuke',
    'composer run nuke',
    'composer run-script nuke',
    'composer all',
  ]);
  runs([
    'npm run build',
    'npm run lint -- --fix',
    'npm run clean',
    'npm start',
    'npm run say',
    'npm run loop',
    'npm run missing',
    'npm run',
    'npm install',
    'npm ci',
    'npm --version',
    'npm view x scripts',
    'npm pkg get scripts.nuke',
    'pnpm build',
    'pnpm install',
    'pnpm add nuke-it',
    'yarn',
    'yarn add x',
    'yarn build',
    'bun run build',
    'bun add x',
    'deno task ok',
    'composer ok',
    'composer cls',
    'composer install',
    `npm run wipe -- node_modules`,
  ]);
});

describe('just and task', () => {
  stops([
    'just nuke',
    'just deploy',
    'just deploy prod',
    'just script',
    'just -f justfile nuke',
    'just --command rm -rf /',
    'cd sub && just nuke',
    'task nuke',
    'task deploy',
    'task short',
    'task -t Taskfile.yml nuke',
  ]);
  runs([
    'just',
    'just build',
    'just clean',
    'just say',
    'just --list',
    'just --dry-run nuke',
    'just --show nuke',
    'just missing',
    'task',
    'task clean',
    'task say',
    'task --list',
    'task --dry nuke',
    'task missing',
  ]);
});

describe('program files', () => {
  stops([
    'python scripts/wipe.py',
    'python3 scripts/wipe.py --force',
    'python3 < scripts/wipe.py',
    'cat scripts/wipe.py | python3 -',
    'node scripts/wipe.js',
    'bun scripts/wipe.js',
    'bun run scripts/wipe.js',
    'deno run -A scripts/wipe.js',
    'tsx scripts/run.ts',
    'bun scripts/run.ts',
    'deno run scripts/run.ts',
    'ruby scripts/wipe.rb',
    'perl scripts/wipe.pl',
    'php scripts/wipe.php',
    'php -f scripts/wipe.php',
    'awk -f scripts/wipe.awk',
    './wipe.py',
  ]);
  runs([
    'python scripts/tidy.py',
    'python scripts/api.py',
    'node scripts/tidy.js',
    'node --check scripts/wipe.js',
    'perl -c scripts/wipe.pl',
    'ruby -c scripts/wipe.rb',
    'php -l scripts/wipe.php',
    'cat scripts/wipe.py',
    'python -m py_compile scripts/wipe.py',
    'grep -n rmtree scripts/wipe.py',
  ]);
});
