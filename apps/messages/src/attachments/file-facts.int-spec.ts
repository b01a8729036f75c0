import type { FactMark, FileFact, FileRecord } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { aFile } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('the facts of a file', () => {
  const stack = new MessagesStack();

  const aHistory = (statuses: FileRecord['status'][]) => {
    const file = aFile(stack.room.id, stack.ann.id);
    const fact = (version: number) => ({
      fileId: file.id,
      version,
      roomId: file.roomId,
      at: new Date().toISOString(),
      actorId: stack.ann.id,
    });
    const added: FileFact<'added'> = { ...fact(1), file };
    const changes = statuses.map((status, index): FileFact<'statusChanged'> => ({ ...fact(index + 2), file: { ...file, status } }));
    return { file, facts: [stack.files.keep('added', added), ...changes.map((change) => stack.files.keep('statusChanged', change))] };
  };
  /** What the room's log says became of the file. */
  const told = async (file: FileRecord): Promise<string[]> =>
    (await stack.allEntries(stack.ann)).flatMap((entry) => {
      if (entry.type === 'file.added' && entry.file.id === file.id) return ['added'];
      if (entry.type === 'file.status' && entry.fileId === file.id) return [entry.status];
      return entry.type === 'file.deleted' && entry.fileId === file.id ? ['deleted'] : [];
    });
  const deliver = (...marks: FactMark[]) => Promise.all(marks.map((mark) => stack.files.deliver(mark)));
  const statusShown = async (file: FileRecord) => {
    const { message } = await stack.send(stack.ann, 'look', { fileIds: [file.id] });
    return message!.files[0]!.status;
  };
  const whole = ['added', 'queued', 'extracting', 'ready'];

  it('come into the log in their order when their events come backwards to two instances', async () => {
    const { file, facts } = aHistory(['queued', 'extracting', 'ready']);
    await deliver(...facts.toReversed());
    await stack.settle(facts.at(-1)!);
    expect(await told(file)).toEqual(whole);
    expect(await statusShown(file)).toBe('ready');
  });

  it.each([0, 1, 2])('all come into the log when event %d of four is lost', async (lost) => {
    const { file, facts } = aHistory(['queued', 'extracting', 'ready']);
    await deliver(...facts.toSpliced(lost, 1));
    await stack.settle(facts.at(-1)!);
    expect(await told(file)).toEqual(whole);
  });

  it('come into the log once, however often an event comes', async () => {
    const { file, facts } = aHistory(['queued', 'extracting', 'ready']);
    await deliver(...facts);
    await stack.settle(facts.at(-1)!);
    for (const fact of facts) await stack.files.deliverAgain(fact);
    const marker = aHistory(['queued']);
    await deliver(...marker.facts);
    await stack.settle(marker.facts.at(-1)!);
    expect(await told(file)).toEqual(whole);
  });

  it('are level after a restart when the stream of events was purged and nothing told of the end', async () => {
    const { file, facts } = aHistory(['queued', 'extracting']);
    await deliver(...facts);
    await stack.settle(facts.at(-1)!);
    const end = { fileId: file.id, version: 4, roomId: file.roomId, at: new Date().toISOString(), actorId: null };
    await stack.bus.bus.streams.streams.purge('EVENTS');
    stack.files.keep('statusChanged', { ...end, file: { ...file, status: 'ready' } });
    expect(await statusShown(file)).toBe('extracting');
    const late = await stack.startAnother();
    await waitFor(async () => (await told(file)).length === 4, { what: 'heads to be compared' });
    expect(await told(file)).toEqual(whole);
    expect(await statusShown(file)).toBe('ready');
    await late.close();
  });

  it('of which one cannot be taken in yet do not keep those of other files waiting', async () => {
    const nowhere = aFile('01900000-0000-7000-8000-000000000000', stack.ann.id);
    const fact = { fileId: nowhere.id, version: 1, roomId: nowhere.roomId, at: nowhere.createdAt, actorId: null };
    stack.files.keep('added', { ...fact, file: nowhere });
    const { file } = aHistory(['queued', 'extracting', 'ready']);
    const late = await stack.startAnother();
    await waitFor(async () => (await told(file)).length === 4, { what: 'heads to be compared' });
    await late.close();
  });

  it('end with the deletion, whatever comes after it', async () => {
    const { file, facts } = aHistory(['queued', 'extracting']);
    const end = { fileId: file.id, version: 4, roomId: file.roomId, at: new Date().toISOString(), actorId: stack.ann.id };
    await stack.settle(await stack.files.tell('deleted', end));
    await deliver(...facts);
    await stack.settle(stack.rooms.update(stack.room, { topic: 'after' }));
    expect(await told(file)).toEqual(['added', 'queued', 'extracting', 'deleted']);
    expect(await stack.refusalOfSend(stack.ann, 'look', { fileIds: [file.id] })).toBe('file_not_found');
  });
});
