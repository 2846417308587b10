/** The tokens of psql's scanner (psqlscan.l), as sticky patterns. An unterminated quote runs to the end. */

export const BLANK_OR_OPERATOR = /[\s,.<>=+*!@#%^&|~?`[\]{}]+/y;
export const IDENTIFIER = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
export const NUMBER = /[0-9]+/y;
export const ESCAPE_STRING = /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y;
export const PLAIN_STRING = /(?:[bBxXnN]|[uU]&)?'[^']*(?:'|$)/y;
export const BACKSLASH_STRING = /[nN]?'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y;
export const QUOTED_IDENTIFIER = /(?:[uU]&)?"[^"]*(?:"|$)/y;
export const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
export const VARIABLE =
  /:(?:'([A-Za-z0-9_\u0080-\uffff]+)'|"([A-Za-z0-9_\u0080-\uffff]+)"|\{\?([A-Za-z0-9_\u0080-\uffff]+)\}|([A-Za-z0-9_\u0080-\uffff]+))/y;
export const COMMAND_NAME = /[^\s\\]*/y;
