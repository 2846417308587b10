/** What `guard scan` finds in the files of a project, and what it leaves alone. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dist, type Installed, install } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';

let guard: Installed;

beforeAll(() => {
  guard = install();
});

/** Writes the files, scans them, and gives `file:line rule` of each finding. */
async function scan(files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const project = scratchDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  const ended = await guard.run(
    process.execPath,
    [join(dist, 'cli.cjs'), 'scan', ...(options.length > 0 ? options : ['--json']), '.'],
    { cwd: project },
  );
  const found =
    options.length > 0
      ? []
      : JSON.parse(ended.stdout).findings.map((one: Found) => `${one.file}:${one.line} ${one.rule}`);
  return { ...ended, found };
}

interface Found {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

describe('finds', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a shell script', { 'clean.sh': '#!/bin/sh\nset -e\n\nrm -rf /\n' }, 'clean.sh:4 files.delete-root'],
    [
      'a script by its first line',
      { 'bin/deploy': '#!/usr/bin/env bash\ngit push --force origin main\n' },
      'bin/deploy:2 git.push-force',
    ],
    [
      'a Dockerfile',
      { Dockerfile: 'FROM debian\nRUN apt-get update && \\\n    rm -rf /etc\n' },
      'Dockerfile:3 files.delete-system',
    ],
    [
      'a Dockerfile in exec form',
      { Dockerfile: 'FROM debian\nRUN ["rm", "-rf", "/etc"]\n' },
      'Dockerfile:2 files.delete-system',
    ],
    [
      'a here-document in a Dockerfile',
      { Dockerfile: 'FROM debian\nRUN <<EOF\ntrue\nrm -rf /etc\nEOF\n' },
      'Dockerfile:4 files.delete-system',
    ],
    [
      'a workflow',
      {
        '.github/workflows/ci.yml':
          'jobs:\n  a:\n    steps:\n      - run: |\n          npm ci\n          git push --force origin main\n',
      },
      '.github/workflows/ci.yml:6 git.push-force',
    ],
    [
      'GitLab CI',
      { '.gitlab-ci.yml': 'job:\n  script:\n    - make\n    - psql -c "DROP TABLE users"\n' },
      '.gitlab-ci.yml:4 sql.wipe',
    ],
    ['a Makefile', { Makefile: 'clean:\n\t@echo $$HOME\n\t-rm -rf ~\n' }, 'Makefile:3 files.delete-home'],
    [
      "a Makefile's own variables",
      {
        Makefile: 'OUT = /etc\nsay = $(foreach a,$(sort $(b)),$(c))\nclean:\n\t$(say)\n\trm -rf $(OUT)/app\n',
      },
      'Makefile:5 files.delete-system',
    ],
    [
      'PowerShell in a workflow',
      {
        '.github/workflows/w.yml':
          'jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: Remove-Item -Recurse -Force C:\\Users\n',
      },
      '.github/workflows/w.yml:5 files.delete-outside',
    ],
    [
      'PowerShell for the runners of a matrix',
      {
        '.github/workflows/w.yml':
          'jobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [windows-2022, windows-2025]\n    steps:\n      - run: Remove-Item -Recurse -Force C:\\Users\n',
      },
      '.github/workflows/w.yml:8 files.delete-outside',
    ],
    [
      'bash for the runners of a matrix',
      {
        '.github/workflows/w.yml':
          'jobs:\n  a:\n    runs-on: ${{ matrix.target.os }}-latest\n    strategy:\n      matrix:\n        include:\n          - target: { os: ubuntu }\n          - target: { os: windows }\n    steps:\n      - run: rm -rf /etc/app\n      - run: if (Test-Path a) { echo }\n',
      },
      '.github/workflows/w.yml:10 files.delete-system',
    ],
    [
      'JavaScript in a workflow',
      {
        '.github/workflows/js.yml':
          "jobs:\n  a:\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: require('fs').rmSync('/etc', {recursive:true})\n",
      },
      '.github/workflows/js.yml:6 files.delete-system-directory',
    ],
    [
      'a Dockerfile for PowerShell',
      {
        Dockerfile:
          '# escape=`\nFROM servercore\nSHELL ["powershell", "-Command"]\nRUN if (Test-Path a) { `\n    Remove-Item -Recurse -Force C:\\Users }\n',
      },
      'Dockerfile:4 files.delete-outside',
    ],
    [
      'package.json',
      { 'package.json': '{\n  "scripts": {\n    "nuke": "git push --force origin main"\n  }\n}\n' },
      'package.json:3 git.push-force',
    ],
    ['a justfile', { justfile: 'nuke:\n    git push --force origin main\n' }, 'justfile:2 git.push-force'],
    [
      'a crontab',
      { 'etc/cron.d/job': '0 3 * * * root rm -rf /etc\n' },
      'etc/cron.d/job:1 files.delete-system',
    ],
    [
      'a statement of an SQL file',
      { 'wipe.sql': 'BEGIN;\n-- all of them\nDELETE\n  FROM users;\nCOMMIT;\n' },
      'wipe.sql:3 sql.wipe',
    ],
    [
      'a migration',
      { 'm/1_age.up.sql': 'ALTER TABLE users\n  DROP COLUMN age;\n' },
      'm/1_age.up.sql:1 sql.drop-column',
    ],
    [
      "MySQL's",
      { 'a.sql': 'CREATE TABLE `a` (b int) ENGINE=InnoDB;\n# DROP TABLE b\nTRUNCATE `a`;\n' },
      'a.sql:3 sql.wipe',
    ],
    [
      "SQL Server's",
      { 'a.sql': 'CREATE TABLE dbo.a (b int)\nGO\nDROP TABLE dbo.b\nGO\n' },
      'a.sql:3 sql.wipe',
    ],
    ["SQLite's", { 'a.sql': 'PRAGMA foreign_keys=off;\nDROP TABLE a;\n' }, 'a.sql:2 sql.wipe'],
    [
      'a dialect that only verbs tell',
      { 'a.sql': 'SELECT 1;\nCREATE OR REPLACE TABLE d.t AS SELECT 1;\n' },
      'a.sql:2 sql.wipe',
    ],
    ['a command behind another', { 'x.sh': 'cd app\nsudo env A=1 git push -f\n' }, 'x.sh:2 git.push-force'],
  ])('%s', async (_name, files, finding) => {
    const { found, status } = await scan(files);
    expect(found).toContain(finding);
    // Several rules may stop the same command; no other line may.
    const places = found.map((one: string) => one.split(' ')[0]);
    expect(new Set(places)).toEqual(new Set([finding.split(' ')[0]]));
    expect(status).toBe(1);
  });
});

describe('leaves alone', () => {
  test.each<[string, Record<string, string>]>([
    ['values that only the run knows', { 'x.sh': 'rm -rf "$BUILD_DIR"\ncd "$1" && rm -rf dist\n' }],
    ['text', { 'x.sh': 'echo "rm -rf /"\n# rm -rf /\ncat <<EOF\ngit push --force\nEOF\n' }],
    [
      'what is no shell',
      {
        'Dockerfile.md': '# Dockerfile\n\nRUN ["a\n',
        '.github/workflows/x.yml':
          'on: push\njobs:\n  a:\n    runs-on: windows-2022\n    defaults:\n      run: { shell: pwsh }\n    steps:\n      - run: |\n          if (!($env:A)) { throw "${{ inputs.why }}" }\n      - shell: python\n        run: print("rm -rf /")\n      - uses: actions/github-script@v7\n        with:\n          script: |\n            const { data } = await github.rest.issues.get({ ...context.repo });\n            if (data.locked) { return; }\n',
        '.github/workflows/os.yml':
          'on: push\njobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix: ${{ fromJson(needs.a.outputs.m) }}\n    steps:\n      - run: |\n          if (!($env:A)) { throw "${{ inputs.why }}" }\n  b:\n    runs-on: [self-hosted, windows]\n    steps:\n      - run: |\n          if ($a) { foreach ($x in $y) { echo $x } }\n',
        Makefile: 'all:\n\t$(foreach a,$(sort $(b)),cc $(a);)\n\tcc -o $@ $(filter %.o,$^)\n',
      },
    ],
    [
      'a Dockerfile',
      {
        Dockerfile:
          'FROM node\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
    ],
    ['a Makefile', { Makefile: 'clean:\n\trm -rf build $(OBJS)\n\nbuild: clean\n\tcc -o app app.c\n' }],
    [
      'a workflow',
      {
        '.github/workflows/ci.yml':
          'name: rm -rf /\njobs:\n  a:\n    steps:\n      - run: npm test -- ${{ matrix.x }}\n',
      },
    ],
    [
      'SQL that takes back what it does',
      {
        'a.sql':
          "BEGIN;\nDELETE FROM users;\nROLLBACK;\nCREATE TEMP TABLE t (a int);\nDROP TABLE t;\nSELECT 'DROP TABLE t';\n",
      },
    ],
    [
      'ways back of migrations',
      {
        'm/1.down.sql': 'DROP TABLE a;\n',
        'm/2.sql': '-- +goose Up\nCREATE TABLE a (b int);\n-- +goose Down\nDROP TABLE a;\n',
        'm/3.sql': '-- migrate:up\nCREATE TABLE a (b int);\n\n-- migrate:down\nDROP TABLE a;\n',
        'revert/a.sql': 'DROP TABLE a;\n',
      },
    ],
    ["a template's queries", { 'models/a.sql': "select * from {{ ref('a') }} where b = 'delete'\n" }],
    [
      'files of other kinds',
      { 'README.md': '    rm -rf /\n', 'x.py': 'import os\n', 'data.yml': 'run: rm -rf /\n' },
    ],
    ["others' code", { 'node_modules/a/x.sh': 'rm -rf /\n' }],
  ])('%s', async (_name, files) => {
    const { found, status } = await scan(files);
    expect(found).toEqual([]);
    expect(status).toBe(0);
  });
});

test('shows the statement, without its secrets', async () => {
  const { stdout } = await scan({ 'a.sql': "ALTER ROLE app\n  PASSWORD 'hunter2-secret';\n" });
  const { findings } = JSON.parse(stdout);
  expect(findings).toMatchObject([{ line: 1, kind: 'SQL file', rule: 'sql.privileges' }]);
  expect(findings[0].command).toBe("ALTER ROLE app PASSWORD '[redacted]'");
});

test('prints a table for people', async () => {
  writeFileSync(join(guard.work, 'x.sh'), 'git push --force origin main\n');
  const { stdout } = await guard.guard('scan', '.');
  expect(stdout).toContain('x.sh:1');
  expect(stdout).toContain('1 finding in 1 file with shell text or SQL.');
});

test('prints SARIF that names file, line and rule', async () => {
  const { stdout, status } = await scan({ 'x.sh': 'true\ngit push --force origin main\n' }, '--sarif');
  const sarif = JSON.parse(stdout);
  expect(sarif.version).toBe('2.1.0');
  expect(sarif.runs[0].tool.driver.rules[0].id).toBe('git.push-force');
  expect(sarif.runs[0].results[0]).toMatchObject({
    ruleId: 'git.push-force',
    ruleIndex: 0,
    level: 'warning',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'x.sh' }, region: { startLine: 2 } } }],
  });
  expect(status).toBe(1);
});

test('says which file it could not read, and reads the rest', async () => {
  const { stderr, stdout, found } = await scan({ 'package.json': '{nonsense', 'x.sh': 'git push --force\n' });
  expect(stderr).toContain('package.json: not read');
  expect(JSON.parse(stdout).notRead).toMatchObject([{ file: 'package.json' }]);
  expect(found).toEqual(['x.sh:1 git.push-force']);
});

test('a path that is not there is a fault with the next step', async () => {
  const ended = await guard.guard('scan', 'no-such-folder');
  expect(ended.status).toBe(2);
  expect(ended.stderr).toContain('no-such-folder');
});
