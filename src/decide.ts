/**
 * The whole core in one function: request → verdict. The only place where a verdict is made; the shims, hooks,
 * check, tests and benchmarks all call it. Does no I/O of its own and does not throw for bad input.
 */

import { inspect } from './effects/inspect.js';
import { signsOfEffect, signsOfInvocation } from './effects/surroundings/signs.js';
import { after } from './invocation/aftermath.js';
import type { Invocation } from './invocation/invocation.js';
import { markTypedSecrets } from './invocation/secret-input.js';
import { understand, understandScript } from './invocation/unwrap.js';
import { NotLoaded } from './lazy.js';
import { once } from './once.js';
import { evaluate } from './policy/evaluate.js';
import type { Observed, Policy, Verdict } from './policy/rule.js';
import type { World } from './port.js';
import { certain, type SimpleCommand, type Word } from './shell/command.js';

/** What came in through a door: an argv as a shim got it, a script or the edits of an agent's own tools as a hook got them. */
export type Request =
  | { readonly argv: readonly Word[] }
  | { readonly script: string }
  | { readonly commands: readonly SimpleCommand[] };

/** Judges a request. Loads parsers as they are needed; rejects only where one of guard's own files is broken. */
export async function decide(request: Request, policy: Policy, world: World): Promise<Verdict> {
  for (;;) {
    try {
      return decideNow(request, policy, world);
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

function decideNow(request: Request, policy: Policy, world: World): Verdict {
  const invocations =
    'script' in request
      ? understandScript(request.script, world)
      : ('commands' in request ? request.commands : [asCommand(request.argv, world)]).flatMap(command =>
          understand(command, world),
        );
  markTypedSecrets(invocations);
  return evaluate(policy, inspectInOrder(invocations, world), world.env);
}

/** Each command's effects in the world that those before it leave, for what git knew then may be so no longer. */
function inspectInOrder(invocations: readonly Invocation[], world: World): readonly Observed[] {
  let at = world;
  return invocations.map(invocation => {
    const here = at;
    const effects = inspect(invocation, here);
    at = after(invocation, here);
    // Files of links and contexts are read only where a rule asks, and once.
    const own = once(() => signsOfInvocation(invocation, here));
    return {
      invocation,
      effects,
      signs: effect => (effect ? [...signsOfEffect(effect, invocation, here), ...own()] : own()),
    };
  });
}

function asCommand(words: readonly Word[], world: World): SimpleCommand {
  return {
    words,
    assignments: [],
    exported: [],
    redirects: [],
    input: { from: 'inherited' },
    directory: certain(world.cwd),
  };
}
