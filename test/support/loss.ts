/** What guard says would be lost, with all the time that a busy machine needs: how long it may take is not what such a test is about. */

import { askingWith } from '../../src/clients/index.js';
import { decide } from '../../src/decide.js';
import type { Safety, Verdict } from '../../src/policy/rule.js';
import { lossOf } from '../../src/question.js';
import { loadSubprocess } from '../../src/subprocess.js';
import { realWorld } from '../../src/world.js';
import { builtinPolicy } from './policy.js';

const PATIENT_MS = 30_000;

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The sentences, and the verdict that they belong to. `safety`: what the policy gives leave to. */
export async function patientLoss(
  script: string,
  place: Place,
  safety: Safety,
): Promise<{ readonly loss: string; readonly verdict: Verdict }> {
  await loadSubprocess();
  const world = { ...realWorld(place), spent: () => 0 };
  const verdict = await decide({ script }, builtinPolicy(), world);
  const ask = askingWith(safety, world);
  return { verdict, loss: lossOf(verdict, world, matches => ask(matches, PATIENT_MS)).join('\n') };
}
