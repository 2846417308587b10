/** Redirections: which descriptor goes where, and what standard input becomes. Opens nothing. */

import type { HereDoc, Redirection, Redirect as RedirectNode } from 'unbash';
import { certain, type Input, type Redirect, uncertain, type Word } from './command.js';
import type { Expander } from './expand.js';
import type { Exit, State } from './state.js';
import { leaving } from './state.js';
import type { Walker } from './walk.js';

export interface Redirected {
  readonly redirects: readonly Redirect[];
  readonly input: Input;
}

/** Reads redirections in their order; the last that concerns standard input wins. */
export function readRedirects(nodes: readonly Redirection[], expander: Expander): Redirected {
  const redirects: Redirect[] = [];
  let input = expander.state.input;
  for (const node of nodes) {
    const fd = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined;
    if (node.type === 'HereDoc') {
      const text = heredocText(node, expander);
      if ((fd ?? 0) === 0) input = { from: 'text', text };
    } else if (node.type === 'HereString') {
      const text = node.target ? expander.scalar(node.target) : uncertain();
      if ((fd ?? 0) === 0) input = { from: 'text', text: { ...text, text: `${text.text}\n` } };
    } else {
      const target = node.target ? expander.target(node.target) : uncertain();
      const opened = expander.state.opened.get(Number(target.text));
      const redirect = {
        fd: fd ?? (node.operator.startsWith('<') ? 0 : 1),
        operator: node.operator,
        target,
        ...(opened && node.operator === '>&' && { opened }),
      };
      // A descriptor that a variable names (`{fd}>file`) is one above 9.
      redirects.push(node.descriptor?.type === 'FileDescriptorVariable' ? { ...redirect, fd: 10 } : redirect);
      if (redirects.at(-1)!.fd === 0) input = inputOf(node, redirect, input, expander);
    }
  }
  return { redirects, input };
}

function inputOf(node: RedirectNode, redirect: Redirect, before: Input, expander: Expander): Input {
  const { operator, target } = redirect;
  if (operator === '<' || operator === '<>') return expander.inputFrom(node.target, target);
  if (operator === '<&' && target.text === '-') return { from: 'text', text: certain('') };
  if (operator === '<&' && target.text === '0') return before;
  return { from: 'text', text: uncertain() };
}

function heredocText(node: HereDoc, expander: Expander): Word {
  const { text, parts } = node.body;
  // The parser leaves the tabs that `<<-` takes away.
  const untabbed = (of: string, fresh: boolean) =>
    node.operator === '<<-' ? of.replace(fresh ? /^\t+/gm : /(?<=\n)\t+/g, '') : of;
  if (node.delimiter?.quoted) return certain(untabbed(text, true));
  if (!parts) return certain(unescaped(untabbed(text, true)));
  return expander.heredoc(
    parts.map((part, at) =>
      part.type === 'Literal' ? { ...part, value: unescaped(untabbed(part.text, at === 0)) } : part,
    ),
  );
}

/** In an unquoted here-document a backslash escapes `$`, `` ` ``, itself and a newline only. */
function unescaped(text: string): string {
  return text.replace(/\\([$`\\\n])/g, (_, character: string) => (character === '\n' ? '' : character));
}

/** Redirections around a compound command: noted as a command without words. */
export function redirect(
  nodes: readonly Redirection[],
  state: State,
  walker: Walker,
): { readonly input: Input; readonly state: State } {
  const expander = walker.expander(state);
  const { redirects, input } = readRedirects(nodes, expander);
  if (redirects.length > 0) {
    const { directory } = expander.state;
    // It writes nothing itself, so it is no part of what a pipe or a substitution gathers.
    walker.reading.collected(() =>
      walker.reading.emit({
        words: [],
        assignments: [],
        exported: [],
        redirects,
        compound: true,
        input,
        directory,
      }),
    );
    if (redirects.some(one => one.fd === 1)) walker.branching();
  }
  return { input, state: expander.state };
}

/** `exec` with nothing but redirections: the shell's own input and descriptors from here on. */
export function redirectShell(state: State, { redirects, input }: Redirected): Exit {
  const files = redirects.filter(({ fd, operator }) => fd > 2 && !operator.includes('&'));
  if (files.length === 0) return leaving({ ...state, input });
  const opened = new Map([...state.opened, ...files.map(({ fd, target }) => [fd, target] as const)]);
  return leaving({ ...state, input, opened });
}
