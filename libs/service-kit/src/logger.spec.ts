import { because } from '@atrium/bus';
import { Logger } from '@nestjs/common';
import { NestPinoLogger, createLogger } from './logger.ts';

const lines: Record<string, unknown>[] = [];
const written = () => lines.at(-1);

describe('the logger behind Nest', () => {
  beforeAll(() =>
    Logger.overrideLogger(
      new NestPinoLogger(
        createLogger('test', 'trace', { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
      ),
    ),
  );
  afterAll(() => Logger.overrideLogger(['error', 'warn', 'log']));
  const logger = new Logger('rooms');

  it('writes a sentence with where it comes from', () => {
    logger.warn('not now');
    expect(written()).toMatchObject({ level: 'warn', context: 'rooms', msg: 'not now' });
  });

  it('writes what goes with a sentence, whichever of them comes in the object', () => {
    logger.warn({ roomId: 'r' }, 'not now');
    expect(written()).toMatchObject({ context: 'rooms', roomId: 'r', msg: 'not now' });
    logger.log({ msg: 'done', roomId: 'r' });
    expect(written()).toMatchObject({ context: 'rooms', roomId: 'r', msg: 'done' });
  });

  it('writes which request and which trace a line belongs to', () => {
    because({ requestId: 'r-1', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }, () => logger.log('done'));
    expect(written()).toMatchObject({ msg: 'done', requestId: 'r-1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
    logger.log('done');
    expect(written()).not.toHaveProperty('traceId');
  });

  it('writes an error with its stack', () => {
    logger.error(new Error('broken'));
    expect(written()).toMatchObject({
      level: 'error',
      context: 'rooms',
      msg: 'broken',
      err: { message: 'broken', stack: expect.stringContaining('logger.spec') },
    });
    logger.error('broken', 'at here');
    expect(written()).toMatchObject({ context: 'rooms', msg: 'broken', stack: 'at here' });
  });
});
