/**
 * Tells SQL that cannot matter without parsing it. Sound because PostgreSQL's keywords and function names have no
 * other spelling than these letters in some case, but for `U&"…"` identifiers, which are let through too.
 */

const CAN_MATTER =
  /drop|truncate|delete|update|alter|copy|\bdo\b|grant|revoke|reassign|function|procedure|superuser|bypassrls|lo_unlink|lo_export|pg_terminate_backend|pg_file_|dblink|schedule|u&"/i;

/** Statements that change how the others count: transactions, temporary tables. */
const SETS_STATE = /begin|start|commit|end|rollback|abort|savepoint|release|prepare|temp/i;

const DEFINES_CODE = /function|procedure/i;

/** Starts with a verb that only reads or adds, as far as the certain part shows. */
const PLAIN_START =
  /^(?:\s|--[^\n]*\n|\/\*[^*]*\*\/|\()*(?:select|with|values|table|insert|show|explain|fetch)\b/i;

/** Could any statement in the text have an effect? Comments and strings are searched too. */
export function canMatter(text: string): boolean {
  return CAN_MATTER.test(text);
}

/** Could the text change the meaning of statements after it? */
export function setsState(text: string): boolean {
  return SETS_STATE.test(text);
}

/** Might the text define a function, so that later calls matter? */
export function definesCode(text: string): boolean {
  return DEFINES_CODE.test(text);
}

/** A statement of which a part is unknown, but whose verb is known and harmless. */
export function isPlainStart(text: string): boolean {
  return PLAIN_START.test(text) && !canMatter(text);
}
