/** Edits by agents' own tools and patches: judged like a shell's writes, and let pass where hooks stay as they are. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { fileEdit } from '../../src/invocation/file-edit.js';
import { certain } from '../../src/shell/command.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const HOOKS = '"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"guard"}]}]}';
const files = {
  '/work/app/.git/config': '[core]\n',
  '/work/app/src/a.ts': 'one\ntwo\n',
  '/work/app/.claude/settings.json': `{${HOOKS}}`,
  '/home/me/.gemini/settings.json': `{ // mine\n${HOOKS}, }`,
  '/home/me/.codex/config.toml': 'model = "a"\n[features]\nhooks = true\n',
  '/home/me/.bashrc': '# >>> guard >>>\n. env.sh\n# <<< guard <<<\nalias a=b\n',
  '/home/me/.claude/notes.md': 'x',
};
const world = fakeWorld({ files });

async function verdictOf(tool: 'Write' | 'Edit', path: string, after?: string) {
  const command = {
    ...fileEdit(tool, certain(path), after),
    assignments: [],
    exported: [],
    directory: certain(world.cwd),
  };
  const verdict = await decide({ commands: [command] }, await builtinPolicy(), world);
  return [verdict.decision, ...new Set(verdict.matches.map(match => match.rule.id))].join(' ');
}

const ASKED = 'confirm tamper.agent-settings';

describe.each([
  ['Write', 'src/a.ts', 'x', 'allow'],
  ['Write', 'src/new.ts', 'x', 'allow'],
  ['Edit', 'src/a.ts', 'x', 'allow'],
  ['Edit', '/home/me/.claude/notes.md', 'y', 'allow'],
  ['Edit', '.git/config', '[core]\n[alias]\n', 'confirm files.overwrite-kept'],
  ['Edit', '/etc/hosts', undefined, 'confirm files.overwrite-system'],
  ['Write', '/home/me/.config/guard/policy.yaml', '', 'deny files.tamper'],
  ['Edit', '/home/me/.config/guard/policy.yaml', '', 'deny files.tamper'],
  // Claude: a permission may be added, a hook may not go.
  ['Write', '.claude/settings.json', `{"permissions":{"allow":["Bash(ls)"]},${HOOKS}}`, 'allow'],
  ['Edit', '.claude/settings.json', `{"permissions":{"allow":["Bash(ls)"]},${HOOKS}}`, 'allow'],
  ['Write', '.claude/settings.local.json', '{"permissions":{"allow":["Bash(ls)"]}}', 'allow'],
  ['Write', '.claude/settings.local.json', '{"disableAllHooks":true}', ASKED],
  ['Write', '.claude/settings.local.json', '{"env":{"CLAUDE_CODE_SHELL_PREFIX":"./x"}}', ASKED],
  ['Write', '.claude/settings.local.json', '{"env":{"CLAUDE_CODE_SIMPLE":"1"}}', ASKED],
  ['Write', '.claude/settings.local.json', '{"env":{"CLAUDE_CODE_MAX_OUTPUT_TOKENS":"1"}}', 'allow'],
  ['Write', '.claude/settings.json', '{}', ASKED],
  ['Edit', '.claude/settings.json', undefined, ASKED],
  ['Edit', '.claude/settings.json', '{', ASKED],
  ['Write', '.claude/settings.local.json', '{"env":{"PATH":"/usr/bin"}}', ASKED],
  ['Write', '.claude/settings.local.json', '{"env":{"CI":"1"}}', 'allow'],
  ['Edit', '/home/me/.gemini/settings.json', `{"ui":{},${HOOKS}}`, 'allow'],
  ['Edit', '/home/me/.gemini/settings.json', `{${HOOKS},"hooksConfig":{"disabled":["guard"]}}`, ASKED],
  ['Edit', '/home/me/.codex/config.toml', 'model = "b"\n[features]\nhooks = true\n', 'allow'],
  ['Edit', '/home/me/.codex/config.toml', 'model = "b"\n[features]\nhooks = false\n', ASKED],
  [
    'Edit',
    '/home/me/.codex/config.toml',
    'x = [\n["y"]\n]\n[features]\nhooks = true\nfeatures.hooks = false\n',
    ASKED,
  ],
  [
    'Edit',
    '/home/me/.codex/config.toml',
    '[features]\nhooks = true\n["f\\u0065atures"]\nhooks = false\n',
    ASKED,
  ],
  ['Write', '.claude/settings.json', `{"a":1,${HOOKS},"hooks":{}}`, ASKED],
  ['Write', '.claude/settings.json', `{'a':1,${HOOKS}}`, ASKED],
  ['Write', '/home/me/.config/opencode/plugins/guard.js', '', ASKED],
  ['Write', '/etc/claude-code/managed-settings.json', '{}', ASKED],
  // The shell's start-up file: guard's own lines stay.
  ['Edit', '/home/me/.bashrc', `${files['/home/me/.bashrc']}alias c=d\n`, 'allow'],
  ['Edit', '/home/me/.bashrc', 'alias a=b\n', 'confirm files.overwrite-system tamper.startup-files'],
] as const)('%s %s', (tool, path, after, expected) => {
  test(`of ${JSON.stringify(after)}: ${expected}`, async () => {
    expect(await verdictOf(tool, path, after)).toBe(expected);
  });
});

describe('apply_patch, which Codex carries out without starting a program', () => {
  const patch = (...lines: readonly string[]) =>
    `apply_patch <<'EOF'\n*** Begin Patch\n${lines.join('\n')}\n*** End Patch\nEOF`;

  test.each([
    ['a new file', patch('*** Add File: src/b.ts', '+x'), 'allow'],
    ['a hunk', patch('*** Update File: src/a.ts', '@@', '-one', '+uno', ' two'), 'allow'],
    [
      'hooks switched off',
      patch('*** Add File: .claude/settings.local.json', '+{"disableAllHooks":true}'),
      'confirm',
    ],
    [
      'a permission',
      patch('*** Add File: .claude/settings.local.json', '+{"permissions":{"allow":["Bash(ls)"]}}'),
      'allow',
    ],
    ['settings deleted', patch('*** Delete File: .claude/settings.json'), 'confirm'],
    ['settings moved', patch('*** Update File: .claude/settings.json', '*** Move to: x.json'), 'confirm'],
    [
      'a hunk that keeps the hooks',
      patch('*** Update File: /home/me/.codex/config.toml', '@@', '-model = "a"', '+model = "b"'),
      'allow',
    ],
    [
      'a hunk that does not fit',
      patch('*** Update File: /home/me/.codex/config.toml', '@@', '-model = "z"', '+model = "b"'),
      'confirm',
    ],
    ["guard's own files", patch('*** Delete File: /home/me/.config/guard/policy.yaml'), 'deny'],
    [
      'as an argument',
      `apply_patch '*** Begin Patch\n*** Delete File: .git/config\n*** End Patch'`,
      'confirm',
    ],
    ['no patch at all', 'apply_patch --help', 'allow'],
  ])('%s', async (_name, script, expected) => {
    expect((await decide({ script }, await builtinPolicy(), world)).decision).toBe(expected);
  });
});

describe('the directory in which an agent has its hooks', () => {
  test.each([
    ['mv .claude .claude.bak', 'confirm'],
    ['mv ~/.gemini /srv/old', 'confirm'],
    ['rm -rf .claude', 'confirm'],
    ['cp -r ~/dotfiles/.codex ~/', 'confirm'],
    ['cp -r ~/dotfiles/codex/. ~/.codex/', 'confirm'],
    // Without hooks in it, or into it without the settings, nothing changes for them.
    ['mv ~/.cursor ~/.cursor.old', 'allow'],
    ['cp -r ~/dotfiles/skills/. ~/.codex/', 'allow'],
    ['mv ~/.codex/skills ~/.codex/old-skills', 'allow'],
  ])('%s → %s', async (script, expected) => {
    const more = {
      '/home/me/.cursor/mcp.json': '{}',
      '/home/me/.codex/skills/a.md': 'x',
      '/home/me/dotfiles/.codex/config.toml': 'model = "b"\n',
      '/home/me/dotfiles/codex/config.toml': 'model = "b"\n',
      '/home/me/dotfiles/skills/b.md': 'x',
    };
    const there = fakeWorld({ files: { ...files, ...more }, git: gitWithAll });
    expect((await decide({ script }, await builtinPolicy(), there)).decision).toBe(expected);
  });
});

/** A repository that has every file as it is. */
function gitWithAll(args: readonly string[]) {
  return { status: 0, stdout: args.includes('ls-files') ? 'H .claude/settings.json\0' : '' };
}
