/** What a verdict looks like outside: sentences, JSON, and the refusal that an agent reads. Judges nothing. */

export { explain } from './report/explain.js';
export { toJson } from './report/json.js';
export { refusal } from './report/refusal.js';
