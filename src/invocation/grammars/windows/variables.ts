/** Variables of a PowerShell script whose values are written out in it: `$d = "dist"; Remove-Item $d`. Runs nothing. */

const NAME = String.raw`\$(?:\{(\w+)\}|(\w+))`;
const ASSIGNED = new RegExp(String.raw`^\s*${NAME}\s*=\s*([\s\S]*?)\s*$`);
/** Every other way to give one a value: `$d += "x"`, `$i++`, `foreach ($d in …)`, `[string]$d = …`. */
const CHANGED = new RegExp(String.raw`${NAME}\s*(?:[-+*/%?]*=|\+\+|--|in\b)`, 'gi');
/** Ways in which any of them may get a value: cmdlets, parameters that name one, lists, scopes, code from elsewhere. */
const ANY_CHANGED = new RegExp(
  [
    String.raw`\b(?:set|new|clear|remove)-variable\b|(?:^|[\s|;({])(?:set|sv|nv|clv|rv|iex)\s|\binvoke-expression\b`,
    String.raw`\s-(?:out|pipeline|error|warning|information)v\w*\b|\s-(?:ov|pv|ev|wv|iv)\b`,
    String.raw`\bvariable:|\$\{?(?:script|global|local|private):|\[ref\]|^\s*\.\s`,
    String.raw`${NAME}\s*,[^=]*=|,\s*${NAME}\s*=`,
  ].join('|'),
  'i',
);
/** A string without anything to be worked out, or a bare path behind Join-Path. */
const LITERAL = /^(?:"([^"$`]*)"|'([^']*)')$/;
const JOINED = /^Join-Path\s+(?:-Path\s+)?(\S+)\s+(?:-ChildPath\s+)?(\S+)$/i;

/**
 * Gives the text of each statement, asked in order, with the values that are known there in place of the variables. `depth`:
 * how many blocks it stands in. What is set in a block may be set or not.
 */
export function knownVariables(): (statement: string, depth: number) => string {
  const values = new Map<string, string>();
  return (statement, depth) => {
    const [, braced, bare, right] = ASSIGNED.exec(statement) ?? [];
    const name = (braced ?? bare)?.toLowerCase();
    if (name !== undefined && right !== undefined) {
      const value = depth > 0 ? undefined : writtenOut(withValues(right, values));
      if (value === undefined) values.delete(name);
      else values.set(name, value);
      return statement;
    }
    if (ANY_CHANGED.test(statement)) values.clear();
    for (const [, one, other] of statement.matchAll(CHANGED))
      values.delete((one ?? other ?? '').toLowerCase());
    return withValues(statement, values);
  };
}

function writtenOut(text: string): string | undefined {
  const [, folder, child] = JOINED.exec(text) ?? [];
  if (folder !== undefined && child !== undefined) {
    const [parent, name] = [/^\$PWD$/i.test(folder) ? '.' : writtenOut(folder), writtenOut(child)];
    return parent === undefined || name === undefined ? undefined : `${parent}/${name}`;
  }
  const [, double, single] = LITERAL.exec(text) ?? [];
  return double ?? single;
}

/** Single quotes keep a variable's name as it is. */
function withValues(text: string, values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return text;
  const quoted = new RegExp(String.raw`'[^']*'|("[^"]*")|${NAME}(?![\w:])`, 'g');
  return text.replace(quoted, (whole, double?: string, braced?: string, bare?: string) => {
    if (double !== undefined) return `"${named(double.slice(1, -1), values)}"`;
    const value = values.get((braced ?? bare ?? '').toLowerCase());
    return value === undefined ? whole : `"${value}"`;
  });
}

function named(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    new RegExp(`${NAME}(?![\\w:])`, 'g'),
    (whole, braced?: string, bare?: string) => values.get((braced ?? bare ?? '').toLowerCase()) ?? whole,
  );
}
