/** How the SQL clients without commands of their own read their arguments: the table stands in `clients/`. Judges nothing. */

import { sqlClients } from '../clients/command-line.js';
import { type Grammar, type Style, styles } from '../grammar.js';

/** Go's flags and Java's take one dash or two. */
const oneOrTwo: Style = { ...styles.clap, singleDash: true, bundle: false };
const SINGLE = new Set(['influx', 'cbq']);

export const sqlCommandLines: readonly Grammar[] = sqlClients.map(client => ({
  tool: client.tool,
  ...(client.names && { names: client.names }),
  source: client.source,
  style: SINGLE.has(client.tool) ? oneOrTwo : styles.clap,
  options: SINGLE.has(client.tool) ? client.options.replace(/(^|\s)-(\w)\b/g, '$1--$2') : client.options,
}));
