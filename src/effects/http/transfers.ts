/** What curl does over protocols other than HTTP: files of FTP and SFTP servers, mail. Decides nothing. */

import { type Effect, effect } from '../effect.js';
import type { HttpRequest } from './request.js';
import { resourcePath } from './url.js';

/** FTP and SFTP commands that remove something, with curl's prefixes for "after", "later" and "may fail". */
const REMOVING = /^[-+*]*(?:DELE|RMD|XRMD|rm|rmdir)\s+(.+)$/i;

/** The effects of a transfer that is no HTTP. */
export function otherProtocol(request: HttpRequest): readonly Effect[] {
  const { url } = request;
  const more = { host: url.host, words: request.words };
  const own = customCommand(request);
  if (/^(s?ftps?|scp)$/.test(url.scheme)) {
    return [...request.quotes, ...own].flatMap(command => {
      const [, removed] = REMOVING.exec(command.text.trim()) ?? [];
      return removed === undefined ? [] : [effect('delete', 'ftp.file', removed, more)];
    });
  }
  if (/^(imaps?|pop3s?)$/.test(url.scheme)) {
    const removing = own.filter(command =>
      /^(DELE\b|EXPUNGE\b|STORE\b.*\\Deleted|DELETE\b)/i.test(command.text),
    );
    return removing.map(() => effect('delete', 'mail.message', resourcePath(url.path), more));
  }
  return [];
}

function customCommand(request: HttpRequest): HttpRequest['quotes'] {
  return /^(GET|HEAD|POST|PUT)$/.test(request.method.text) ? [] : [request.method];
}
