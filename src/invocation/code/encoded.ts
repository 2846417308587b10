/** Text that a program carries encoded. Knows no language. */

/** The bytes of Base64, its URL-safe alphabet included; `undefined` where it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  return Uint8Array.from(atob(compact.replace(/=+$/, '')), one => one.charCodeAt(0));
}

/** The text of Base64, or `undefined`. */
export function textFromBase64(text: string): string | undefined {
  const bytes = fromBase64(text);
  return bytes && new TextDecoder().decode(bytes);
}
