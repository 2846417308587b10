/** POSIX paths as text: joining and normalizing, without asking the file system. Knows no tool. */

/** An absolute, normalized path: `.` and `..` resolved by text, no trailing slash (but `/` itself). */
export function absolute(path: string, directory: string): string {
  const whole = path.startsWith('/') ? path : `${directory}/${path}`;
  if (whole.startsWith('/') && !UNSETTLED.test(whole)) return whole;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** An empty part, `.` or `..`, or a slash at the end. */
const UNSETTLED = /\/(?:\.{0,2})(?:\/|$)/;

/** The last part of a path, trailing slashes ignored: `/a/b/` → `b`; `/` → ``. */
export function baseName(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}

/** As people write a path below their home: `~/app`. */
export function tilded(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** A sentence in which each path below the home directory begins with `~`. For people: programs get the whole path. */
export function tildedIn(text: string, home: string): string {
  return text
    .split(`${home}/`)
    .reduce((before, after) => `${before}${/[\w/.-]$/.test(before) ? `${home}/` : '~/'}${after}`);
}

/** True where `path` is `folder` or lies under it; both absolute and normalized. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}
