/** How far the reading of a log is: on a terminal, after a second, and gone when it ends. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contextOf } from '../../src/cli/context.js';
import { withProgress } from '../../src/cli/log/progress.js';
import { scratchDirectory } from '../support/scratch.js';

const home = scratchDirectory();
const context = contextOf({ HOME: home }, home);
const audit = { ...context, places: { ...context.places, audit: home } };
writeFileSync(join(home, 'log.jsonl'), 'x'.repeat(1_000_000));

let written = '';
const wasTerminal = process.stderr.isTTY;

beforeEach(() => {
  written = '';
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.stderr.isTTY = wasTerminal;
});

function read(isTerminal: boolean, seconds: number): string {
  process.stderr.isTTY = isTerminal;
  const value = withProgress(audit, watch => {
    for (let i = 0; i < 4; i += 1) {
      vi.advanceTimersByTime(seconds * 250);
      watch(250_000);
    }
    return 'read';
  });
  expect(value).toBe('read');
  return written;
}

test('a reading that takes longer than a second says how far it is', () => {
  expect(read(true, 3)).toMatch(/^(\rguard: reading the log, \d\d % of 1 MB)+\r\u001b\[K$/);
});

test('a quick one, and one that nobody watches, says nothing', () => {
  expect(read(true, 0.5)).toBe('');
  expect(read(false, 5)).toBe('');
});
