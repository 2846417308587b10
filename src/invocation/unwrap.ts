/**
 * Simple commands → invocations: each command read by its grammar, and every command inside it (behind sudo,
 * sh -c, xargs, an alias) read the same way, ten deep. May not judge; depth and syntax faults become doubts.
 */

import { baseName } from '../paths.js';
import type { World } from '../port.js';
import type { Assignment, Doubt, Input, SimpleCommand, Word } from '../shell/command.js';
import { certain } from '../shell/command.js';
import { readScript } from '../shell/script.js';
import { after } from './aftermath.js';
import { commandsInVariables, optionsInVariables } from './command-variables.js';
import { endsWithContainer } from './fresh.js';
import { readGenerically } from './generic.js';
import type { Grammar, Inner, Reading, Unwrapped } from './grammar.js';
import { commandHandedOn } from './handed-on.js';
import type { Invocation } from './invocation.js';
import { leftForGit } from './left-for-git.js';
import { grammarOf } from './lookup.js';
import { mounted } from './mounts.js';
import { type Outer, outermost, tooDeep, tooMuch, unreadable } from './outer.js';
import { parse, readOtherwise } from './parse.js';
import { unwrapProgramFile } from './program-file.js';
import { elsewhere, hostOf } from './remote.js';
import { scheduledJobs } from './scheduled.js';
import { readableScript } from './words.js';

const MAX_DEPTH = 10;
/** Commands read in one go, and milliseconds of computing: a script that runs itself twice would grow without end. */
const MAX_COMMANDS = 20_000;
const MAX_COMPUTED_MS = 2_000;
/** The time is looked at with every so many commands: asking the system for it costs as much as reading one. */
const TIMED = 8;

/** Reads a script, bounded: every command in it, and what those contain. */
export function understandScript(text: string, world: World): readonly Invocation[] {
  return understandText(text, { from: 'inherited' }, certain(world.cwd), world, outermost(MAX_COMMANDS));
}

/** Reads one simple command and all that it contains, outermost first. Doubts stand in invocations of their own. */
export function understand(
  command: SimpleCommand,
  world: World,
  outer: Outer = outermost(MAX_COMMANDS),
  from = 0,
): readonly Invocation[] {
  if (command.words.length === 0 && command.redirects.length === 0) return [];
  const { invocation, grammar, reading } = read(command, world, outer);
  const { budget } = outer;
  if (budget.left <= 0) return [];
  budget.left -= 1;
  if (budget.left === 0 || (budget.left % TIMED === 0 && (world.computed?.() ?? 0) > MAX_COMPUTED_MS)) {
    budget.left = 0;
    return [invocation, ...unreadable([tooMuch()], invocation, outer)];
  }
  if (outer.fresh && endsWithContainer(invocation)) return [];
  const found = [
    ...behind(command, invocation, grammar, world, outer),
    ...sent(command, invocation, world, outer),
  ];
  // Which of the readings is right nobody knows here: what any of them does is judged.
  for (const { words, at } of reading.perhapsValues ? readOtherwise(command.words, reading, from) : [])
    found.push(...understand({ ...command, words, redirects: [] }, world, outer, at));
  return found;
}

/** bash's own netcat: what a command writes into `/dev/tcp/host/port` (bash(1), REDIRECTION). */
function sent(
  command: SimpleCommand,
  invocation: Invocation,
  world: World,
  outer: Outer,
): readonly Invocation[] {
  return command.redirects.flatMap(({ operator, target, opened }) => {
    const { text } = opened ?? target;
    const [, host, port] = (operator.includes('>') && /^\/dev\/tcp\/([^/]+)\/([^/]+)$/.exec(text)) || [];
    if (!host || !port || command.words.length === 0) return [];
    const input: Input = { from: 'pipe', commands: [{ ...command, redirects: [] }] };
    const inner = { via: '/dev/tcp', words: [certain('nc'), certain(host), certain(port)], input };
    return understandInner(inner, invocation, world, outer);
  });
}

/** They write where cron or git may look. */
const WRITES = /^(tee|cp|mv|install)$/;

/** The command, with those that it runs. */
function behind(
  command: SimpleCommand,
  invocation: Invocation,
  grammar: Grammar | undefined,
  world: World,
  outer: Outer,
): readonly Invocation[] {
  const unwrap = grammar ? grammar.unwrap : unknown;
  // A wrapper hands its variables on to the program that reads them.
  const variables = grammar?.transparent ? [] : commandsInVariables(invocation);
  const isWritten = command.redirects.length > 0 || WRITES.test(invocation.tool);
  const around = isWritten
    ? [...variables, ...scheduledJobs(invocation, world), ...leftForGit(invocation, world)]
    : variables;
  if (!unwrap && around.length === 0) return [invocation];
  if (outer.via.length >= MAX_DEPTH) {
    return [invocation, ...unreadable([tooDeep(MAX_DEPTH)], invocation, outer)];
  }
  const { inner: own, doubts = NO_DOUBTS } = unwrap?.(invocation, world) ?? { inner: [] };
  const { redirects } = command;
  // `sudo git show HEAD:f > f`: what the shell opened for the wrapper is the output of what it runs.
  const [only] = own;
  const handsOn = grammar?.transparent && own.length === 1 && only?.words !== undefined && !only.redirects;
  const inner = [...(handsOn && only ? [{ ...only, redirects }] : own), ...around];
  if (inner.length === 0 && doubts.length === 0) return [invocation];
  // Where there is no such one command, its own redirections are still to be judged.
  const isSeenThrough = grammar?.transparent && inner.length > 0 && (redirects.length === 0 || handsOn);
  return [
    ...(isSeenThrough ? [] : [invocation]),
    ...unreadable(doubts, invocation, outer),
    ...inner.flatMap(one => understandInner(one, invocation, world, outer)),
  ];
}

/** A program that no grammar knows: a script of the project, or a runner of somebody's. */
function unknown(invocation: Invocation, world: World): Unwrapped {
  const file = unwrapProgramFile(invocation, world);
  return file.inner.length > 0 ? file : commandHandedOn(invocation);
}

function read(
  command: SimpleCommand,
  world: World,
  outer: Outer,
): { invocation: Invocation; grammar: Grammar | undefined; reading: Reading } {
  const span = outer.span ?? command.span;
  const program = command.words[0] ?? certain('');
  const name = program.certain ? nameOf(program.text) : '';
  const grammar = grammarOf(name);
  const environment = environmentAround(command, outer);
  const added = optionsInVariables(grammar, environment, outer.clearedEnvironment ? {} : world.env);
  const argv = added.length === 0 ? command.words : [program, ...added, ...command.words.slice(1)];
  const reading: Reading = grammar ? parse(argv, grammar) : readGenerically(argv);
  // Written out, in one order: this is made for every command, and spreading costs more than reading it.
  const invocation: { -readonly [Key in keyof Invocation]: Invocation[Key] } = {
    tool: grammar?.tool ?? name,
    known: grammar !== undefined && !grammar.generic,
    program,
    argv,
    subcommand: reading.subcommand,
    options: reading.options,
    operands: reading.operands,
    operandsBeforeDashes: reading.operandsBeforeDashes,
    unknown: reading.unknown,
    environment,
    clearedEnvironment: outer.clearedEnvironment,
    redirects: command.redirects,
    input: command.input,
    directory: command.directory,
    via: outer.via,
    openEnded: outer.openEnded || command.words.some(word => word.splits),
    doubts: program.certain ? NO_DOUBTS : [{ kind: 'word', why: 'the program that would run is not known' }],
  };
  if (command.variables) invocation.variables = command.variables;
  if (command.compound) invocation.compound = true;
  if (command.absent) invocation.absent = command.absent;
  if (span) invocation.span = span;
  if (outer.remote !== undefined) invocation.remote = outer.remote;
  if (outer.mounts) invocation.mounts = outer.mounts;
  if (outer.fresh) invocation.fresh = outer.fresh;
  return { invocation, grammar, reading };
}

const NO_DOUBTS: readonly Doubt[] = [];

/** The program's name. zsh looks `=name` up in PATH (zshexpn(1), `=' EXPANSION); no program is called so. */
function nameOf(program: string): string {
  return baseName(/^=[\w.+-]+$/.test(program) ? program.slice(1) : program);
}

function environmentAround({ exported, assignments }: SimpleCommand, outer: Outer): readonly Assignment[] {
  if (exported.length === 0 && assignments.length === 0) return outer.environment;
  return [...outer.environment, ...exported, ...assignments];
}

function understandInner(inner: Inner, from: Invocation, here: World, outer: Outer): readonly Invocation[] {
  const remote = inner.remote ? hostOf(inner.remote) : outer.remote;
  const mounts = inner.mounts ?? outer.mounts;
  const fresh = inner.remote ? false : (inner.fresh ?? outer.fresh);
  const world = inner.remote ? elsewhere(here) : inner.mounts ? mounted(here, inner.mounts) : here;
  const changes = inner.environment ?? [];
  const around: Outer = {
    via: [...outer.via, inner.via],
    environment: inner.clearedEnvironment ? changes : [...from.environment, ...changes],
    clearedEnvironment: inner.clearedEnvironment ?? from.clearedEnvironment,
    // Unseen arguments follow the last words; a script's own commands end where they end.
    openEnded: inner.openEnded === true || (inner.words !== undefined && from.openEnded),
    ...(from.span && { span: from.span }),
    budget: outer.budget,
    ...(remote !== undefined && { remote }),
    ...(mounts && { mounts }),
    ...(fresh && { fresh }),
  };
  const directory = inner.directory ?? from.directory;
  const input = inner.input ?? from.input;
  if (inner.words) {
    return understand(
      {
        words: inner.words,
        assignments: [],
        exported: [],
        redirects: inner.redirects ?? [],
        input,
        directory,
      },
      world,
      around,
    );
  }
  if (!inner.script) return [];
  const { script, doubts } = readableScript(inner.script, inner.via);
  return [
    ...unreadable(doubts, from, around),
    ...understandText(script.text, input, directory, world, around, inner),
  ];
}

function understandText(
  text: string,
  input: Input,
  directory: Word,
  world: World,
  outer: Outer,
  { positional, variables = [] }: Pick<Inner, 'positional' | 'variables'> = {},
): readonly Invocation[] {
  const { environment, clearedEnvironment } = outer;
  const around = { world, directory, variables: [...environment, ...variables], clearedEnvironment, input };
  const script = readScript(text, { ...around, ...(positional && { positional }) });
  const from = { directory, input, program: certain(outer.via.at(-1) ?? 'script') };
  return [...unreadable(script.doubts, from, outer), ...inOrder(script.commands, world, outer)];
}

/** Each command in the world that those before it leave. */
function inOrder(commands: readonly SimpleCommand[], world: World, outer: Outer): readonly Invocation[] {
  let at = world;
  return commands.flatMap(command => {
    const found = understand(command, at, outer);
    at = found.reduce((then, one) => after(one, then), at);
    return found;
  });
}
