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
      record: (kind, _verdict, { reason, request }) => {
        seen.push([kind, reason, request].filter(Boolean).join(' '));
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
