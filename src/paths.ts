/** POSIX paths as text: joining and normalizing, without asking the file system. Knows no tool. */

/** An absolute, normalized path: `.` and `..` resolved by text, no trailing slash (but `/` itself). */
export function absolute(path: string, directory: string): string {
  const parts: string[] = [];
  const whole = path.startsWith('/') ? path : `${directory}/${path}`;
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The last part of a path, trailing slashes ignored: `/a/b/` → `b`; `/` → ``. */
export function baseName(path: string): string {
  return /([^/]*)\/*$/.exec(path)![1]!;
}

/** True where `path` is `folder` or lies under it; both absolute and normalized. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}
