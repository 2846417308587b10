/** What a mode of chmod would leave its owner. Text alone; judges nothing. */

/** Does the mode take reading or entering from the owner, of directories too (chmod(1))? `-R 644` closes every directory. */
export function closesTree(mode: string): boolean {
  return lostToOwner(mode).size > 0;
}

/** What the owner may not do afterwards: read (`r`), run or enter (`x`). */
function lostToOwner(mode: string): ReadonlySet<string> {
  const lost = new Set<string>();
  if (/^[0-7]{1,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    if ((bits & 0o400) === 0) lost.add('r');
    if ((bits & 0o100) === 0) lost.add('x');
    return lost;
  }
  for (const clause of mode.split(',')) {
    const [, who = '', changes = ''] = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause) ?? [];
    if (who !== '' && !/[ua]/.test(who)) continue;
    for (const [, operator, letters = ''] of changes.matchAll(/([-+=])([rwxXst]*)/g)) {
      const enters = operator === '-' ? letters.includes('x') : /[xX]/.test(letters);
      change(lost, operator!, 'r', letters.includes('r'));
      change(lost, operator!, 'x', enters);
    }
  }
  return lost;
}

/**
 * Would a file without which the system does not work be of no use with it, or anybody's? `isRun`: a program or a directory.
 * `chmod 644 /etc/passwd` is how it should be.
 */
export function breaks(mode: string, isRun: boolean): boolean {
  const lost = lostToOwner(mode);
  const bits = /^[0-7]{1,5}$/.test(mode) ? Number.parseInt(mode, 8) : 0;
  // Set-user-ID on a shell makes everybody root.
  const raises = (bits & 0o6000) !== 0 || /[+=][rwxX]*s/.test(mode);
  return lost.has('r') || (isRun && lost.has('x')) || raises || opens(mode);
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
