/** The list of agents' clients. A new one is a file beside this one and a line here. */

import type { HookAdapter } from './adapter.js';
import { claude } from './claude.js';
import { codex } from './codex.js';
import { copilot } from './copilot.js';
import { cursor } from './cursor.js';
import { gemini } from './gemini.js';
import { opencode } from './opencode.js';

export const adapters: readonly HookAdapter[] = [claude, codex, gemini, copilot, opencode, cursor];
