import { hearingMistakes, workMistakes, type Heard } from './heard.ts';

const events = [{ subject: 'events.rooms.joined' }, { subject: 'events.rooms.left' }];
const durable = (app: string, subject: string, consumer: string): Heard => ({ app, kind: 'durable', subject, consumer, event: 'e' });
const live = (app: string, subject: string): Heard => ({ app, kind: 'live', subject });

describe('what is told on the bus', () => {
  it('is all heard, by one service under each durable name', () => {
    const heard = [
      durable('messages', 'events.rooms.joined', 'messages-rooms'),
      durable('messages', 'events.rooms.left', 'messages-rooms'),
      durable('files', 'events.rooms.left', 'files-access'),
      live('gateway', 'events.rooms.left'),
    ];
    expect(hearingMistakes(events, heard)).toEqual([]);
  });

  it('is refused where nobody hears it', () => {
    expect(hearingMistakes(events, [live('gateway', 'events.rooms.left')])).toEqual([
      expect.stringContaining('events.rooms.joined is heard by nobody'),
    ]);
  });

  it('is refused where two services would share a durable consumer', () => {
    const both = [durable('messages', 'events.rooms.left', 'access'), durable('files', 'events.rooms.left', 'access')];
    expect(hearingMistakes([{ subject: 'events.rooms.left' }], both)).toEqual([
      expect.stringContaining('access of events.rooms.left stands in messages and files'),
    ]);
  });
});

describe('the queue of a job', () => {
  it('is refused where no worker takes from it', () => {
    expect(workMistakes([{ queue: 'files.extract' }, { queue: 'rooms.tidy' }], ['files.extract'])).toEqual([
      expect.stringContaining('no worker takes jobs from rooms.tidy'),
    ]);
    expect(workMistakes([{ queue: 'files.extract' }], ['files.extract'])).toEqual([]);
  });
});
