/** curl's URL globs: `{a,b}` lists and `[1-9]`, `[001-100:10]`, `[a-z]` ranges, as many as they make, bounded. */

/** More URLs than this are not read one by one. */
const MAX_URLS = 200;

/** All URLs of a glob, in curl's order. `complete` is false where there are more than are listed. */
export function expandGlob(text: string): { readonly urls: readonly string[]; readonly complete: boolean } {
  let urls = [''];
  let rest = text;
  while (rest !== '') {
    const choices = next(rest);
    rest = rest.slice(choices.length);
    if (choices.of.length * urls.length > MAX_URLS)
      return { urls: urls.map(url => url + choices.of[0]), complete: false };
    urls = urls.flatMap(url => choices.of.map(choice => url + choice));
  }
  return { urls, complete: true };
}

/** What stands at the start of the text: a set, a range, or plain characters. */
function next(text: string): { readonly of: readonly string[]; readonly length: number } {
  const address = /^[^[\]{}\\]*\/\/(?:[^/@[]*@)?\[[0-9a-f:.%]+\]/i.exec(text);
  if (address) return { of: [address[0]], length: address[0].length };
  const list = /^\{([^{}]*)\}/.exec(text);
  if (list) return { of: list[1]!.split(','), length: list[0].length };
  const range = /^\[(\d+|[a-z])-(\d+|[a-z])(?::(\d+))?\]/i.exec(text);
  if (range) {
    const members = rangeOf(range[1]!, range[2]!, Number(range[3] ?? 1));
    if (members.length > 0) return { of: members, length: range[0].length };
  }
  const escaped = /^\\([{}[\]])/.exec(text);
  if (escaped) return { of: [escaped[1]!], length: 2 };
  const plain = /^[^[\]{}\\]+|^./s.exec(text)![0];
  // An IPv6 address in a URL starts after the slashes; plain text stops before them so that it is seen whole.
  return { of: [plain], length: plain.length };
}

function rangeOf(from: string, to: string, step: number): readonly string[] {
  const digits = /^\d/.test(from);
  if (digits !== /^\d/.test(to) || step < 1) return [];
  const start = digits ? Number(from) : from.charCodeAt(0);
  const end = digits ? Number(to) : to.charCodeAt(0);
  const members: string[] = [];
  for (let n = start; n <= end && members.length <= MAX_URLS; n += step) {
    members.push(
      digits ? `${n}`.padStart(from.startsWith('0') ? from.length : 0, '0') : String.fromCharCode(n),
    );
  }
  return members;
}
