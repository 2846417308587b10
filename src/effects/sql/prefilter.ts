/**
 * Tells SQL that cannot matter without parsing it, by its words (`invocation/sql/words.ts`). Sound because PostgreSQL's
 * keywords and the names of functions have no other spelling than these letters in some case, but for `U&"…"`
 * identifiers, which are let through too.
 */

import { meaningOf } from '../../invocation/sql/words-in.js';

/** Words anywhere, strings and comments included: for a text of which a part is unknown, so that quotes prove nothing. */
const CAN_MATTER =
  /drop|truncate|delete|update|alter|copy|\bdo\b|grant|revoke|reassign|function|procedure|superuser|bypassrls|lo_unlink|lo_export|pg_terminate_backend|pg_file_|dblink|schedule|u&"/i;

/** Starts with a verb that only reads or adds, as far as the certain part shows. */
const PLAIN_START =
  /^(?:\s|--[^\n]*\n|\/\*[^*]*\*\/|\()*(?:select|with|values|table|insert|show|explain|fetch)\b/i;

/** What a query string may do: have an effect, or change the meaning of those after it. `names`: functions defined before it. */
export function meaningOfQuery(text: string, names: Iterable<string>) {
  return meaningOf(text, 'postgres', names);
}

/** A statement of which a part is unknown, but whose verb is known and harmless. */
export function isPlainStart(text: string): boolean {
  return PLAIN_START.test(text) && !CAN_MATTER.test(text);
}
