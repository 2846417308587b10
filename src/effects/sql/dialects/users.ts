/** Accounts of other dialects: passwords changed, logins locked. Decides nothing. */

import { type Effect, effect } from '../../effect.js';
import type { Piece } from './tokens.js';

/** New users and changed ones: passwords and accounts. */
export function userEffects({ tokens }: Piece): readonly Effect[] {
  const words = tokens.map(token => (token.kind === 'string' ? "''" : token.text));
  if (words[0] !== 'alter' || (words[1] !== 'user' && words[1] !== 'login' && words[1] !== 'role')) return [];
  const name = tokens.slice(2).find(token => !['if', 'exists'].includes(token.text))?.text ?? '';
  const text = words.join(' ');
  if (/ (identified|password)\b/.test(text)) return [passwordOf(name)];
  if (/ account lock| disable$/.test(text))
    return [effect('update', 'sql.role', name, { with: ['role.canlogin=false'] })];
  return [];
}

export function passwordOf(name: string): Effect {
  return effect('update', 'sql.role', name, { with: ['role.password=changed'] });
}
