/** The words of this folder: one HTTP request as a client would send it. Says nothing about whether that is allowed. */

import type { Word } from '../../shell/command.js';
import type { Url } from './url.js';

export interface Header {
  /** Lower case. */
  readonly name: string;
  readonly value: Word;
}

/** One field of a multipart form. */
export interface Part {
  readonly name: string;
  readonly value: Word;
}

/** One transfer, as far as the command line and the files it names tell. */
export interface HttpRequest {
  /** As sent; upper case unless the user typed it otherwise. Uncertain after `-X "$METHOD"`. */
  readonly method: Word;
  readonly url: Url;
  readonly headers: readonly Header[];
  /** Undefined where none is sent; uncertain where it cannot be read. Multipart bodies are in `parts`. */
  readonly body: Word | undefined;
  readonly parts: readonly Part[];
  /** The Unix socket that it goes to instead of the network. */
  readonly socket?: Word;
  /** FTP, SFTP, IMAP, POP3 commands that are sent around the transfer, in order. */
  readonly quotes: readonly Word[];
  /** Absolute path of a local file that the answer is written to. */
  readonly output?: string;
  /** Indexes into argv of the words that name it. */
  readonly words: readonly number[];
}

/** The values of a header, in order; `name` in lower case. */
export function headerValues(request: HttpRequest, name: string): readonly Word[] {
  return request.headers.flatMap(header => (header.name === name ? [header.value] : []));
}
