/**
 * Languages of which only strings are read that stand in a call which runs a command line or removes a path:
 * `lua -e`, `Rscript -e`, `guile -c`, `elixir -e`. May not judge.
 */

import type { Grammar } from '../grammar.js';
import { calls, editor, type Forms, listed } from './editors.js';

const LUA: Forms = {
  runs: [calls(String.raw`\bos\.execute|\bio\.popen`)],
  removes: [calls(String.raw`\bos\.remove`)],
};
const R: Forms = {
  runs: [calls(String.raw`\bsystem`), listed(String.raw`\bsystem2\(`)],
  removes: [calls(String.raw`\bunlink|\bfile\.remove`)],
};
const JULIA: Forms = {
  runs: [/\brun\s*\(\s*`(?<text>[^`]+)`/g, listed(String.raw`\bCmd\(`)],
  removes: [calls(String.raw`\brm`)],
};
const SCHEME: Forms = {
  runs: [calls(String.raw`\(system`), listed(String.raw`\(system\*`)],
  removes: [calls(String.raw`\(delete-file`), calls(String.raw`\(delete-directory`)],
};
const GROOVY: Forms = {
  runs: [/"(?<text>(?:[^"\\]|\\.)*)"\.execute\(/g, /'(?<text>(?:[^'\\]|\\.)*)'\.execute\(/g],
  removes: [/new\s+File\(\s*["'](?<text>[^"']*)["']\s*\)\.(?:deleteDir|delete)\(/g],
};
const SCALA: Forms = {
  runs: [
    /"(?<text>(?:[^"\\]|\\.)*)"\s*\.?\s*!{1,2}/g,
    calls(String.raw`\bProcess`),
    listed(String.raw`\bSeq\(`, String.raw`\s*\.?\s*!`),
  ],
  removes: [calls(String.raw`\bdeleteRecursively|\bos\.remove(?:\.all)?`)],
};
const JAVA: Forms = {
  runs: [
    calls(String.raw`\.exec\(`),
    listed(String.raw`\.exec\(\s*new String\[\]\s*\{`),
    listed(String.raw`\bnew ProcessBuilder\(`),
  ],
  removes: [
    /\bnew\s+(?:java\.io\.)?File\(\s*"(?<text>[^"]*)"\s*\)\.delete(?:OnExit)?\(/g,
    calls(String.raw`\bFiles\.delete(?:IfExists)?\(\s*(?:(?:java\.nio\.file\.)?(?:Path\.of|Paths\.get))`),
  ],
};
const KOTLIN: Forms = {
  runs: JAVA.runs,
  removes: [
    ...JAVA.removes,
    /(?<!\w)(?:java\.io\.)?File\(\s*"(?<text>[^"]*)"\s*\)\.delete(?:Recursively|OnExit)?\(/g,
  ],
};
const ELIXIR: Forms = {
  runs: [
    calls(String.raw`\bSystem\.shell`),
    calls(String.raw`:os\.cmd`),
    listed(String.raw`\bSystem\.cmd\(`),
  ],
  removes: [calls(String.raw`\bFile\.(?:rm_rf|rm|rmdir)!?`)],
};
const ERLANG: Forms = {
  runs: [calls(String.raw`\bos:cmd`)],
  removes: [calls(String.raw`\bfile:(?:delete|del_dir_r|del_dir)`)],
};
const HASKELL: Forms = {
  runs: [calls(String.raw`\b(?:system|callCommand)`), listed(String.raw`\b(?:callProcess|rawSystem)\s`)],
  removes: [calls(String.raw`\bremove(?:DirectoryRecursive|PathForcibly|File)`)],
};
const OCAML: Forms = {
  runs: [calls(String.raw`\bSys\.command`)],
  removes: [calls(String.raw`\bSys\.remove`)],
};
const SWIFT: Forms = { runs: [], removes: [calls(String.raw`\bremoveItem\s*\(\s*atPath:`)] };
export const otherLanguages: readonly Grammar[] = [
  editor('lua', 'luajit lua5.1 lua5.3 lua5.4', 'lua(1), 5.4', /^-e/, LUA, true),
  editor('Rscript', '', 'Rscript(1), 4.2', /^-e$/, R, true),
  editor('julia', '', 'julia(1), 1.10', /^(-e|--eval=?|-E|--print=?)/, JULIA, true),
  editor('guile', 'guile3.0', 'guile(1), 3.0', /^-c$/, SCHEME, true),
  editor('groovy', '', 'groovy(1), 4.0', /^-e$/, GROOVY, true),
  editor('scala', '', 'scala(1), 3.3', /^-e$/, SCALA, true),
  editor('jshell', '', 'jshell(1), OpenJDK 17: snippets on standard input', /^$/, JAVA, true),
  editor('kotlin', '', 'kotlin -help, 1.9: -e, -expression', /^(-e|-expression)$/, KOTLIN),
  editor('elixir', 'iex', 'elixir(1), 1.14: -e, --eval; --rpc-eval', /^(-e|--eval=?)/, ELIXIR, true),
  editor('erl', '', 'erl(1), OTP 25', /^-eval$/, ERLANG, true),
  editor('ghc', 'runghc', 'ghc(1), 9.0', /^-e$/, HASKELL),
  editor('ocaml', '', 'ocaml(1), 5.1', /^-e$/, OCAML, true),
  editor('swift', '', 'swift --help, 5.9', /^-e$/, SWIFT, true),
];
