import { describe, expect, test } from 'vitest';
import { GuardError } from '../src/errors.js';
import { type Answer, type GateDoors, gate } from '../src/gate.js';
import type { Decision, Verdict } from '../src/policy/rule.js';

const full = new GuardError('cannot-write', 'the disk is full');

/** Doors that write down who came through. */
function doors(decision: Decision, more: Partial<GateDoors> = {}): { doors: GateDoors; seen: string[] } {
  const seen: string[] = [];
  const verdict: Verdict = { decision, matches: [], understood: [] };
  return {
    seen,
    doors: {
      decide: async () => verdict,
      record: (kind, _verdict, { reason, request, snapshot }) => {
        seen.push([kind, reason, request, snapshot].filter(Boolean).join(' '));
      },
      recordLost: () => {
        seen.push('lost');
      },
      takeGrant: () => undefined,
      lockedBy: () => undefined,
      countRefusal: () => [],
      awaitAnswer: async () => ({ kind: 'open' }),
      passOn: () => {
        seen.push('passed on');
      },
      ask: async () => ({ kind: 'absent', why: 'there is no terminal to ask on' }),
      leaveRequest: () => '7F3K',
      mayRunSaved: () => false,
      save: () => ({ kind: 'none' }),
      ...more,
    },
  };
}

const answering = (answer: Answer): Partial<GateDoors> => ({ ask: async () => answer });
const failing: Partial<GateDoors> = {
  record: () => {
    throw full;
  },
};

describe('allow', () => {
  test('runs, recorded before it starts', async () => {
    const { doors: made, seen } = doors('allow');
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['intent']);
  });

  test('runs when the log cannot be written, and the loss is noted', async () => {
    const { doors: made, seen } = doors('allow', failing);
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['lost']);
  });
});

describe('confirm', () => {
  test("left to the client's prompt: recorded, passed on, and the question is handed out", async () => {
    const left: Answer = { kind: 'client', question: 'Push?', reason: 'left to the prompt of Claude Code' };
    const { doors: made, seen } = doors('confirm', answering(left));
    expect(await gate(made)).toMatchObject({ run: true, question: 'Push?' });
    expect(seen).toEqual(['intent left to the prompt of Claude Code', 'passed on']);
  });

  test('runs when the person approves', async () => {
    const { doors: made, seen } = doors('confirm', answering({ kind: 'approved' }));
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['intent approved on the terminal', 'passed on']);
  });

  test('is refused when the person does not, and leaves no request', async () => {
    const { doors: made, seen } = doors('confirm', answering({ kind: 'rejected', why: 'Esc was pressed' }));
    expect(await gate(made)).toMatchObject({ run: false, why: 'Esc was pressed' });
    expect(seen).toEqual(['refused Esc was pressed']);
  });

  test('is refused where nobody is, and leaves a request', async () => {
    const { doors: made, seen } = doors('confirm');
    expect(await gate(made)).toMatchObject({ run: false, request: '7F3K' });
    expect(seen).toEqual(['refused there is no terminal to ask on 7F3K']);
  });

  test('runs by a grant without asking', async () => {
    const { doors: made, seen } = doors('confirm', {
      takeGrant: () => ({ reason: 'approved', request: 'AB2C' }),
    });
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['intent approved AB2C', 'passed on']);
  });

  test('does not run when its record cannot be written, though approved', async () => {
    const { doors: made } = doors('confirm', { ...failing, ...answering({ kind: 'approved' }) });
    await expect(gate(made)).rejects.toBe(full);
  });

  test('is refused when nobody is there and the log cannot be written', async () => {
    const { doors: made } = doors('confirm', failing);
    expect(await gate(made)).toMatchObject({ run: false });
  });
});

describe('a rule that demands more than can be proved', () => {
  test('is refused, and no request is left', async () => {
    const { doors: made, seen } = doors('confirm', answering({ kind: 'beyond', why: 'it demands H2' }));
    const outcome = await gate(made);
    expect(outcome).toMatchObject({ run: false, why: 'it demands H2' });
    expect(outcome).not.toHaveProperty('request');
    expect(seen).toEqual(['refused it demands H2']);
  });
});

describe('where nobody is there', () => {
  test('it waits for the answer, and runs by the grant', async () => {
    let approved = false;
    const { doors: made, seen } = doors('confirm', {
      takeGrant: () => (approved ? { reason: 'approved', request: '7F3K' } : undefined),
      awaitAnswer: async () => {
        approved = true;
        return { kind: 'approved' };
      },
    });
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['intent approved 7F3K', 'passed on']);
  });

  test('an answer that left no grant is a refusal', async () => {
    const { doors: made } = doors('confirm', { awaitAnswer: async () => ({ kind: 'approved' }) });
    expect(await gate(made)).toMatchObject({ run: false, request: '7F3K' });
  });

  test('a rejection elsewhere leaves no request', async () => {
    const { doors: made } = doors('confirm', {
      awaitAnswer: async () => ({ kind: 'over', why: 'the user rejected it' }),
    });
    expect(await gate(made)).toMatchObject({ run: false, why: 'the user rejected it' });
    expect(await gate(made)).not.toHaveProperty('request');
  });

  test('a deed tried in too many forms is refused without a request, and that is recorded', async () => {
    const { doors: locking, seen } = doors('confirm', { countRefusal: () => ['delete sql.table users'] });
    await gate(locking);
    expect(seen).toEqual([
      'locked tried in three forms, refused in every form: delete sql.table users',
      'refused there is no terminal to ask on 7F3K',
    ]);
    const { doors: locked } = doors('confirm', { lockedBy: () => 'it was tried in 3 forms' });
    const outcome = await gate(locked);
    expect(outcome).toMatchObject({ run: false, why: 'it was tried in 3 forms' });
    expect(outcome).not.toHaveProperty('request');
  });
});

describe('deny', () => {
  test('is refused without asking, whatever was granted', async () => {
    const { doors: made, seen } = doors('deny', {
      takeGrant: () => ({ reason: 'approved', request: 'AB2C' }),
      ...answering({ kind: 'approved' }),
    });
    expect((await gate(made)).run).toBe(false);
    expect(seen).toEqual(['refused policy forbids it']);
  });
});

describe('what a command takes', () => {
  const saved: Partial<GateDoors> = { save: () => ({ kind: 'saved', id: 'SNAP1' }) };
  const failed: Partial<GateDoors> = { save: () => ({ kind: 'failed', why: 'the disk is full' }) };

  test('is saved once a person approved, and the record names the snapshot', async () => {
    const { doors: made, seen } = doors('confirm', { ...answering({ kind: 'approved' }), ...saved });
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['intent approved on the terminal SNAP1', 'passed on']);
  });

  test('cannot be saved: the person is asked again, and told', async () => {
    let asked = 0;
    const ask: GateDoors['ask'] = async () => {
      asked += 1;
      return { kind: 'approved' };
    };
    const { doors: made, seen } = doors('confirm', { ask, ...failed });
    expect((await gate(made)).run).toBe(true);
    expect(asked).toBe(2);
    expect(seen).toEqual(['intent approved on the terminal', 'passed on']);
  });

  test('cannot be saved: an approval that did not know is none', async () => {
    const takeGrant = () => ({ reason: 'approved', request: '7F3K' });
    const { doors: made } = doors('confirm', { takeGrant, ...failed });
    expect(await gate(made)).toMatchObject({ run: false, request: '7F3K' });
    const knowing = doors('confirm', { takeGrant: () => ({ ...takeGrant(), unsaved: true }), ...failed });
    expect((await gate(knowing.doors)).run).toBe(true);
  });

  test('replaces the question only where policy says so and all of it was saved', async () => {
    const policy = { mayRunSaved: () => true };
    const { doors: made, seen } = doors('confirm', { ...policy, ...saved });
    expect((await gate(made)).run).toBe(true);
    expect(seen).toEqual(['intent policy: saved first SNAP1', 'passed on']);
    expect((await gate(doors('confirm', { ...policy, ...failed }).doors)).run).toBe(false);
    expect((await gate(doors('deny', { ...policy, ...saved }).doors)).run).toBe(false);
  });
});
