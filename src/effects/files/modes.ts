/** What a mode of chmod would leave its owner. Text alone; judges nothing. */

/** Does the mode take reading or entering from the owner, of directories too (chmod(1))? `-R 644` closes every directory. */
export function closesTree(mode: string): boolean {
  if (/^[0-7]{1,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o500) !== 0o500;
  const lost = new Set<string>();
  for (const clause of mode.split(',')) {
    const [, who = '', changes = ''] = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause) ?? [];
    if (who !== '' && !/[ua]/.test(who)) continue;
    for (const [, operator, letters = ''] of changes.matchAll(/([-+=])([rwxXst]*)/g)) {
      const enters = operator === '-' ? letters.includes('x') : /[xX]/.test(letters);
      change(lost, operator!, 'r', letters.includes('r'));
      change(lost, operator!, 'x', enters);
    }
  }
  return lost.size > 0;
}

function change(lost: Set<string>, operator: string, letter: string, isNamed: boolean): void {
  if (operator === '-' ? isNamed : operator === '=' && !isNamed) lost.add(letter);
  else if (operator !== '-' && isNamed) lost.delete(letter);
}

/** May others write afterwards, or is it another's: an owner in the place of a mode? */
export function opens(mode: string): boolean {
  if (/^[0-7]{1,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o022) !== 0;
  return mode === '' || /(^|,)([ugoa]*[goa][ugoa]*|)[-+=rwxXst]*[+=][rxXst]*w/.test(mode);
}
