/** What git says to read-only queries, each asked once: starting it costs more than all else of a judgement. Judges nothing. */

import { GitFiles } from './git-files/answers.js';
import type { GitAnswer } from './port.js';
import { QuietGit } from './quiet-git.js';

/** git's answers for one command: from the repository's files where these say it all, else from git itself. Each question once. */
export class GitAnswers {
  readonly #git: QuietGit;
  readonly #files: GitFiles;
  readonly #known = new Map<string, GitAnswer>();

  constructor(env: Readonly<Record<string, string | undefined>>) {
    const files = new GitFiles(env);
    this.#files = files;
    this.#git = new QuietGit(env, cwd => files.settings(cwd));
  }

  answer(args: readonly string[], cwd: string, timeout?: number): GitAnswer {
    // What the configuration says of some keys is looked up in all of it.
    const pattern = patternAsked(args);
    if (pattern) return matching(this.answer([...args.slice(0, -2), '--list'], cwd, timeout), pattern);
    const key = [cwd, ...args].join('\0');
    const known = this.#known.get(key);
    if (known) return known;
    const read = this.#files.answer(args, cwd);
    if (read) {
      this.#known.set(key, read);
      return read;
    }
    const { status, stdout } = this.#git.run(args, cwd, timeout === undefined ? {} : { timeout });
    const answer = { status, stdout: stdout.toString() };
    // An answer that time cut off is none for who has more time.
    if (status !== -1 || timeout === undefined) this.#known.set(key, answer);
    return answer;
  }
}

/** The pattern of `git config -z --get-regexp PATTERN` over all files, whatever stands before it. */
function patternAsked(args: readonly string[]): RegExp | undefined {
  const [command, nul, option, pattern] = args.slice(-4);
  const isAsked = command === 'config' && nul === '-z' && option === '--get-regexp';
  return isAsked && pattern !== undefined ? new RegExp(pattern) : undefined;
}

/** The settings of `git config -z --list` whose keys match, as `--get-regexp` answers. */
function matching({ status, stdout }: GitAnswer, pattern: RegExp): GitAnswer {
  if (status !== 0) return { status, stdout };
  const entries = stdout.split('\0').filter(entry => entry !== '' && pattern.test(entry.split('\n', 1)[0]!));
  return { status: entries.length > 0 ? 0 : 1, stdout: entries.map(entry => `${entry}\0`).join('') };
}
