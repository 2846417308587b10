/**
 * The port through which the core looks at the world: read-only, bounded, and passed to `decide()`.
 * Tests pass a plain object. What cannot be seen is a value here (`fault`), never an exception.
 */

/** Why a file could not be read. `special` is a device, FIFO or socket: reading it could block or have effects. */
export type ReadFault = 'missing' | 'directory' | 'special' | 'denied' | 'fetched';

/** What was read. `complete` is false where the limit cut it off; bytes that are no UTF-8 become U+FFFD. */
export interface Content {
  readonly text: string;
  readonly complete: boolean;
  /** A command before, in the same script, has written it. */
  readonly written?: true;
}

/** Reads a text in chunks of bytes, no `Buffer`s, which are its own only until the next. `take` is false where it wants no more. */
export interface Reading<T> {
  take(chunk: Uint8Array): boolean;
  end(): T;
}

export type PathKind = 'missing' | 'file' | 'directory' | 'symlink' | 'device' | 'fifo' | 'socket' | 'denied';

/** The state of a path now, itself (as lstat gives it), and the real path behind its symlinks. */
export interface PathFacts {
  readonly kind: PathKind;
  /** Bytes; 0 for what has no size. */
  readonly size: number;
  /** The path with every symlink of its existing part resolved. */
  readonly realPath: string;
  /** True where another file system is mounted exactly here. */
  readonly mountPoint: boolean;
  /** When it was last changed, in milliseconds since 1970, where that is known. */
  readonly modified?: number;
}

/** The outcome of a read-only git query. `status` is git's exit status, or -1 where git could not be asked. */
export interface GitAnswer {
  readonly status: number;
  readonly stdout: string;
}

/** Kinds of archives whose names can be listed. */
export type ArchiveKind = 'tar' | 'zip';

/** All that the core may ask. Paths are absolute. Every call is bounded in time and size and never writes. */
export interface World {
  /** Where the judged command would run. */
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the guard lies that judges: the directory of its package, and the node that runs it. */
  readonly program?: { readonly package: string; readonly node: string };
  readText(path: string, limit: number): Content | { readonly fault: ReadFault };
  /** The judged command's standard input, where the door could buffer it; `undefined` where it cannot be known (a terminal). */
  stdin(): Content | undefined;
  /**
   * All of a file, of any size, or of standard input where `path` is `undefined`, through `start`'s reading: done once for each
   * `name`. `undefined` where it cannot be read so, or standard input is a terminal. Time so spent is not counted by `computed`:
   * it ends with the text.
   */
  through?<T>(
    path: string | undefined,
    name: string,
    start: () => Reading<T>,
  ): { readonly value: T } | { readonly fault: ReadFault } | undefined;
  stat(path: string): PathFacts;
  /** What the script has made so far where nothing stood; `over` once a command ran that may have put anything there. */
  readonly made?: ReadonlySet<string> | 'over';
  /** Names in a directory, at most 10,000; empty where it cannot be listed. */
  list(path: string): readonly string[];
  /** The names in an archive, as the program lists them that would unpack it; `undefined` where it cannot in time. */
  names?(path: string, kind: ArchiveKind): readonly string[] | undefined;
  /** Milliseconds since this was first asked, where the door keeps time: previews stop when they took too long. */
  spent?(): number;
  /**
   * Milliseconds of computing since this was first asked: understanding stops when it took too much. Not the clock's, for
   * on a busy machine an everyday command would then be one that is not understood.
   */
  computed?(): number;
  /** Runs the real git for a query that changes nothing and starts no program of the repository's own. `timeout`: ms. */
  git(args: readonly string[], cwd: string, timeout?: number): GitAnswer;
}
