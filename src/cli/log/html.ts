/** The pieces of the report's page: escaped text, tables, a timeline as SVG. Knows no file. */

import type { AuditRecord } from '../../audit/entry.js';

/** Text that may stand in elements and quoted attributes. */
export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, character => names[character] ?? '');
}

/** A whole page. `parts` are HTML. The policy lets the page load nothing and run nothing, whatever stands in a command. */
export function page(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${parts.join('\n')}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --ran: #3a7; --refused: #c33; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h2 { margin-top: 2rem; font-size: 1.15rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; }
td, th { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; vertical-align: top; overflow-wrap: break-word; }
td.what-refused, td.what-rejected, td.what-fault { color: var(--refused); font-weight: 600; }
td.what-approved { color: var(--ran); font-weight: 600; }
td.command { font-family: ui-monospace, monospace; font-size: .9em; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 12rem; }
td.time, td[class^='what'] { white-space: nowrap; }
.key::before { content: '■ '; }
.key.ran { color: var(--ran); }
.key.refused { color: var(--refused); }
.numbers { display: flex; flex-wrap: wrap; gap: 2rem; }
.numbers b { font-size: 1.6rem; }
details { border-bottom: 1px solid var(--line); padding: .4rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
svg { width: 100%; height: 7rem; }
svg .ran { fill: var(--ran); }
svg .refused { fill: var(--refused); }
`;

/** A table; the cells are text. A column is styled by its head's name. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map(name => `<th>${escapeHtml(name)}</th>`).join('');
  const body = rows.map(row => `<tr>${row.map((text, i) => cell(head[i] ?? '', text)).join('')}</tr>`);
  return `<table><thead><tr>${heads}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function cell(column: string, text: string): string {
  const name = column === 'what' ? `what-${text}` : column;
  return `<td class="${escapeHtml(name)}">${escapeHtml(text)}</td>`;
}

const BARS = 60;

/** How many commands ran and were refused, over the span of the records, in equal parts of time. */
export function timeline(records: readonly AuditRecord[]): string {
  const shown = records.filter(({ kind }) => kind === 'intent' || kind === 'refused');
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return '<p>Nothing happened.</p>';
  const from = Date.parse(first.time);
  const span = Math.max(1, Date.parse(last.time) - from);
  const bars = Array.from({ length: BARS }, () => ({ ran: 0, refused: 0 }));
  for (const { kind, time } of shown) {
    const bar = bars[Math.min(BARS - 1, Math.max(0, Math.floor(((Date.parse(time) - from) / span) * BARS)))];
    if (bar) bar[kind === 'intent' ? 'ran' : 'refused'] += 1;
  }
  const most = Math.max(...bars.map(({ ran, refused }) => ran + refused));
  const rects = bars.flatMap(({ ran, refused }, i) => {
    const when = new Date(from + (span * i) / BARS).toISOString().replace('T', ' ').slice(0, 16);
    const high = (count: number) => (count / most) * 95;
    const title = `<title>${when}: ${ran} ran, ${refused} refused</title>`;
    return [
      ran > 0 ? rect('ran', i, 100 - high(ran), high(ran), title) : '',
      refused > 0 ? rect('refused', i, 100 - high(ran + refused), high(refused), title) : '',
    ];
  });
  return `<svg viewBox="0 0 ${BARS * 10} 100" preserveAspectRatio="none" role="img" aria-label="commands over time">${rects.join('')}</svg><p><span class="key ran">ran</span> <span class="key refused">refused</span></p>`;
}

function rect(name: string, at: number, y: number, height: number, title: string): string {
  return `<rect class="${name}" x="${at * 10}" y="${y.toFixed(1)}" width="8" height="${height.toFixed(1)}">${title}</rect>`;
}
