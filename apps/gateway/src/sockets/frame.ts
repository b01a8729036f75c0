import type { ServerEvent, ServerFrame } from '@atrium/contracts';
import { AppError, ERRORS } from '@atrium/contracts';
import { detailsOf, toAppError } from '../http/problem.ts';

const TEXT_FIN = 0x81;

/** A text as one unmasked WebSocket frame: made once, the same bytes for every socket that gets it. */
export function frameText(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = TEXT_FIN;
  if (headerLength === 2) frame[1] = length;
  else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headerLength, 'utf8');
  return frame;
}

export type FrameId = string | number | undefined;

/** One frame of the contract, with the id of what it answers. */
export function frameOf<E extends ServerEvent>(event: E, data: ServerFrame<E>['data'], id?: FrameId): Buffer {
  return frameText(JSON.stringify(id === undefined ? { event, data } : { event, id, data }));
}

/** What a client learns of a failed command: as much as the problem document of the same error tells. */
export function errorFrame(thrown: unknown, id: FrameId): Buffer {
  const error = toAppError(thrown);
  const data = {
    code: error.code,
    title: ERRORS[error.code].title,
    detail: error.code === 'internal' ? ERRORS.internal.title : error.detail,
    status: error.status,
    ...detailsOf(error),
  };
  return frameOf('error', data, id);
}

export function malformed(detail: string): AppError {
  return new AppError('malformed_request', detail);
}
