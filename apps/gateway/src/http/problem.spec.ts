import { AppError } from '@atrium/contracts';
import { HttpException, NotFoundException } from '@nestjs/common';
import { retryAfterOf, toAppError, toProblem } from './problem.ts';

const fastifyError = (code: string, statusCode: number) => Object.assign(new Error('inside'), { code, statusCode });

describe('a problem document', () => {
  it('says what went wrong in the words of the closed list', () => {
    const error = new AppError('file_not_ready', 'Still extracting', { fileStatus: 'extracting' });
    expect(toProblem(error, 'r1')).toEqual({
      type: 'urn:atrium:error:file_not_ready',
      title: 'The file is not ready for questions',
      status: 409,
      code: 'file_not_ready',
      detail: 'Still extracting',
      requestId: 'r1',
      fileStatus: 'extracting',
    });
  });

  it('keeps what happened inside to itself', () => {
    const problem = toProblem(toAppError(new Error('password of postgres')), 'r1');
    expect(problem).toMatchObject({ status: 500, code: 'internal', detail: 'Something went wrong on our side' });
    expect(JSON.stringify(problem)).not.toContain('postgres');
    expect(JSON.stringify(toProblem(new AppError('internal', 'a name', { reason: 'of a host' }), 'r'))).not.toMatch(/a name|host/);
    const untold = AppError.fromWire({ kind: 'not_found', code: 'room_not_found', detail: 'Room not found', data: { host: 'x' } });
    expect(toProblem(untold, 'r')).not.toHaveProperty('host');
  });

  it.each([
    [fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413), 'payload_too_large'],
    [fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 'unsupported_media_type'],
    [fastifyError('FST_ERR_SOMETHING_NEW', 400), 'malformed_request'],
    [new NotFoundException(), 'not_found'],
    [new HttpException('x', 418), 'internal'],
  ])('reads %s as %s', (thrown, code) => {
    expect(toAppError(thrown).code).toBe(code);
  });

  it('says when to come back wherever that helps', () => {
    expect(retryAfterOf(new AppError('rate_limited', 'x', { retryAfterSeconds: 2.4 }))).toBe(3);
    expect(retryAfterOf(new AppError('service_unavailable'))).toBe(1);
    expect(retryAfterOf(new AppError('forbidden'))).toBeUndefined();
  });
});
