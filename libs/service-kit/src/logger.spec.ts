import { Logger } from '@nestjs/common';
import { pino } from 'pino';
import { NestPinoLogger } from './logger.ts';

const lines: Record<string, unknown>[] = [];
const written = () => lines.at(-1);

describe('the logger behind Nest', () => {
  beforeAll(() =>
    Logger.overrideLogger(
      new NestPinoLogger(
        pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
      ),
    ),
  );
  afterAll(() => Logger.overrideLogger(['error', 'warn', 'log']));
  const logger = new Logger('rooms');

  it('writes a sentence with where it comes from', () => {
    logger.warn('not now');
    expect(written()).toMatchObject({ level: 40, context: 'rooms', msg: 'not now' });
  });

  it('writes what goes with a sentence, whichever of them comes in the object', () => {
    logger.warn({ roomId: 'r' }, 'not now');
    expect(written()).toMatchObject({ context: 'rooms', roomId: 'r', msg: 'not now' });
    logger.log({ msg: 'done', roomId: 'r' });
    expect(written()).toMatchObject({ context: 'rooms', roomId: 'r', msg: 'done' });
  });

  it('writes an error with its stack', () => {
    logger.error(new Error('broken'));
    expect(written()).toMatchObject({
      level: 50,
      context: 'rooms',
      msg: 'broken',
      err: { message: 'broken', stack: expect.stringContaining('logger.spec') },
    });
    logger.error('broken', 'at here');
    expect(written()).toMatchObject({ context: 'rooms', msg: 'broken', stack: 'at here' });
  });
});
