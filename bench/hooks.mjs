/** Rows of the hook that a client calls for each tool use, alone and beside another guard's. */

import { certificates } from './judge.mjs';
import { ratio } from './measure.mjs';
import { hookOfOthers } from './others.mjs';

export function hookRows(scratch, pairs) {
  const event = script =>
    JSON.stringify({
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      cwd: scratch.work,
      session_id: 's',
      tool_input: { command: script },
    });
  const harmless = event('ls -la');
  const judged = event('ls && git push --dry-run origin main');
  const hook = (input, more) => ({ ...scratch.with([scratch.hook, 'claude'], more), input });
  const either = { pairs, expected: [0, 2], baseExpected: [0, 2] };
  const bare = (one, input) => ({ ...one, input });
  let others;
  return [
    {
      name: 'hook, harmless / true',
      target: '≤ 2.2',
      measure: () => ratio(hook(harmless), bare(scratch.without(['true']), harmless), { pairs }),
    },
    {
      name: 'hook, harmless / node empty.cjs',
      target: '≤ 1/15',
      measure: () => ratio(hook(harmless), bare(scratch.node(), harmless), { pairs }),
    },
    {
      name: 'hook, judged / node empty.cjs',
      target: '≤ 1.25',
      memory: true,
      measure: () => ratio(hook(judged), bare(scratch.node(), judged), either),
    },
    {
      name: 'hook, judged, with NODE_EXTRA_CA_CERTS / without',
      target: '≤ 1.15',
      measure: () => ratio(hook(judged, certificates()), hook(judged), either),
    },
    ...[
      ['harmless', harmless, '≥ 50'],
      ['judged', judged, '≥ 2'],
    ].map(([name, input, target]) => ({
      name: `cc-safety-net hook / guard hook, ${name}`,
      target,
      measure() {
        others ??= hookOfOthers(scratch.home, scratch.bare);
        return ratio({ ...others, cwd: scratch.work, input }, hook(input), either);
      },
    })),
  ];
}
