/** What people are shown of text that somebody else chose: what deceives is marked, what is ordinary is left alone. */

import { describe, expect, test } from 'vitest';
import { inShort, printable, visible } from '../src/text.js';

describe('is shown by its code points', () => {
  test.each([
    ['a Cyrillic letter in a Latin word', 'git push origin m\u0430in', 'git push origin m\\u{430}in'],
    ['in a host', 'curl https://\u0430pi.example.com', 'curl https://\\u{430}pi.example.com'],
    [
      'a whole word of such letters',
      'git branch -D \u0440\u043e\u0440',
      'git branch -D \\u{440}\\u{43e}\\u{440}',
    ],
    ['a Greek letter in a Latin word', 'pr\u03bfd', 'pr\\u{3bf}d'],
    ['what reads as small capitals', 'bran\u0441h-to\u043aen', 'bran\\u{441}h-to\\u{43a}en'],
    ['a Latin letter in a Cyrillic word', 'отч\u0061т', 'отч\\u{61}т'],
    ['Armenian', 'ho\u057dt', 'ho\\u{57d}t'],
    ['Cherokee', '\u13aait', '\\u{13aa}it'],
    ['Lisu', '\ua4d0\ua4e1', '\\u{a4d0}\\u{a4e1}'],
    ['a phonetic letter', '\u0261it push', '\\u{261}it push'],
    ['full width', 'rm \uff4d\uff41', 'rm \\u{ff4d}\\u{ff41}'],
    ['mathematical letters', '\u{1d426}ain', '\\u{1d426}ain'],
    ['a ligature', 'con\ufb01g', 'con\\u{fb01}g'],
    ['directions', 'a\u202eb\u2066c\u2069\u061c', 'a\\u{202e}b\\u{2066}c\\u{2069}\\u{61c}'],
    ['no width', 'ma\u200bin\u200d\u2060\ufeff', 'ma\\u{200b}in\\u{200d}\\u{2060}\\u{feff}'],
    ['a soft hyphen', 'ma\u00adin', 'ma\\u{ad}in'],
    ['tags', 'x\u{e0041}\u{e007f}', 'x\\u{e0041}\\u{e007f}'],
    ['fillers', 'a\u3164b\u115f\u2800', 'a\\u{3164}b\\u{115f}\\u{2800}'],
    ['blanks that are no spaces', 'rm\u00a0-rf\u2003x', 'rm\\u{a0}-rf\\u{2003}x'],
    ['variation selectors', 'main\ufe00', 'main\\u{fe00}'],
    ['a mark without a letter', '-\u0301 \u0302x', '-\\u{301} \\u{302}x'],
    ['a heap of marks', `a${'\u0301'.repeat(20)}`, `a${'\\u{301}'.repeat(20)}`],
    ['a stroke through a letter', 'o\u0338', 'o\\u{338}'],
    ['a slash that is none', 'api.example.com\u2044.evil.test', 'api.example.com\\u{2044}.evil.test'],
    ['a dash that is none', 'rm \u2013rf x', 'rm \\u{2013}rf x'],
    ['half a character', 'a\ud800b', 'a\\u{d800}b'],
    ['control characters', 'a\x1b[2J\x07\x9b\r\n', 'a\\u{1b}[2J\\u{7}\\u{9b}\\u{d}\\u{a}'],
    ['private use', '\ue000', '\\u{e000}'],
  ])('%s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(visible(shown)).toBe(shown);
  });
});

test.each([
  'übung.txt',
  'u\u0308bung.txt',
  '日本語.md',
  '資料\u3000２０２６ＡＢ.xlsx',
  'отчёт_v2.docx',
  'git commit -m "исправил а, не б, с тестами"',
  'резюмеCV.pdf',
  'с новым годом',
  'отчёт-с-планом.txt',
  'Ελληνικά αρχεία/α-και-β',
  'Δt-λ.csv',
  '10 kΩ, 5 µs, 20 °C, ½, 1ª, n², …',
  'naïve façade — “quoted” – done',
  'Ajout\u00a0: «\u00a0le test\u00a0» 1\u202f000',
  'العربية ملف.txt',
  'می\u200cخواهم',
  'हिन्दी क्\u200dष',
  'ไทยน้ำ',
  'tiếng Việt.txt'.normalize('NFD'),
  'שָׁלוֹם',
  '한국어 파일',
  '한국어'.normalize('NFD'),
  'adımız İstanbul',
  'ŋ ɓ ɗ ɛ ɔ ə',
  '👩‍💻 fix: ❤️ 🇩🇪 1️⃣ ✔️ 👍🏽',
  'Straße 漢字かな混じりABC',
  'a·b × c ± d → e ✓ │ └── x',
])('%s is shown as it is', text => expect(visible(text)).toBe(text));

test('a long text is shown by its beginning and its end, never half a character or half an escape', () => {
  expect(inShort('a'.repeat(100), 100)).toBe('a'.repeat(100));
  expect(inShort(`${'a'.repeat(500)}${'z'.repeat(500)}`, 8)).toBe('aaaaaa[… 992 characters more …]zz');
  for (let most = 40; most < 60; most += 1) {
    const shown = inShort(visible('\u202e'.repeat(100)), most).replaceAll('\\u{202e}', '');
    expect(shown).toMatch(/^\[… \d+ characters more …]$/);
    expect(inShort('👩'.repeat(100), most)).not.toMatch(/\p{Cs}/u);
  }
});

test('what goes to a terminal keeps guard’s colours and lines, and JSON stays JSON', () => {
  const hostile = '\x1b]0;title\x07\x1b[2J\x1b[8m\r\x9b1;1H\u202eend';
  const shown = printable(`\x1b[31mdeny\x1b[39m\t${hostile}\nnext`);
  expect(shown.startsWith('\x1b[31mdeny\x1b[39m\t')).toBe(true);
  expect(shown.slice(15)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(shown.endsWith('\nnext')).toBe(true);
  expect(JSON.parse(printable(JSON.stringify({ hostile }, null, 2)))).toEqual({ hostile });
});
