import { messageEvents, type FactMark, type FileFact, type FileRecord } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { aFile } from '../../test/builders.ts';
import { SentDrafts } from '../sends/sent-drafts.ts';
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

  it('tell a message of the virus that was found in its file', async () => {
    const { file, facts } = aHistory(['queued']);
    const found: FileFact<'statusChanged'> = {
      ...{ fileId: file.id, version: 3, roomId: file.roomId, at: new Date().toISOString(), actorId: null },
      file: { ...file, status: 'failed', threat: 'Eicar-Test-Signature' },
    };
    const end = stack.files.keep('statusChanged', found);
    await deliver(...facts, end);
    await stack.settle(end);
    const { message } = await stack.send(stack.ann, 'look', { fileIds: [file.id] });
    expect(message!.files).toEqual([expect.objectContaining({ status: 'failed', threat: 'Eicar-Test-Signature' })]);
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
    await stack.bus.streams.manager.streams.purge('EVENTS');
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

  describe('that is a draft', () => {
    const aDraft = async () => {
      const file: FileRecord = { ...aFile(stack.room.id, stack.ann.id), draft: true };
      const fact = (version: number) => ({ fileId: file.id, version, roomId: file.roomId, at: file.createdAt, actorId: stack.ann.id });
      await stack.settle(stack.files.tell('added', { ...fact(1), file }));
      return { file, fact };
    };

    it('stay out of the log until its uploader sends it, whom alone it is there for', async () => {
      const { file, fact } = await aDraft();
      await stack.settle(stack.files.tell('statusChanged', { ...fact(2), file: { ...file, status: 'queued' } }));
      const more = { fileIds: [file.id] };
      expect(await stack.refusalOfSend(stack.ben, 'look', more)).toBe('file_not_found');
      expect(await told(file)).toEqual([]);
      const attached = await stack.bus.hear(messageEvents.attached);
      const { message } = await stack.send(stack.ann, 'look', more);
      expect(message!.files).toMatchObject([{ id: file.id, name: file.name }]);
      await waitFor(async () => attached.length > 0, { what: 'files to be told' });
      expect(attached[0]).toMatchObject({ roomId: file.roomId, messageId: message!.id, authorId: stack.ann.id, fileIds: [file.id] });
      // What files told before it heard of the message.
      await stack.settle(stack.files.tell('statusChanged', { ...fact(3), file: { ...file, status: 'extracting' } }));
      const { draft: _draft, ...shown } = file;
      await stack.settle(stack.files.tell('statusChanged', { ...fact(4), file: { ...shown, status: 'ready' } }));
      expect(await told(file)).toEqual(['extracting', 'ready']);
      expect((await stack.send(stack.ben, 'look', more)).message!.files).toHaveLength(1);
    });

    it('say nothing when it is deleted before its message is sent', async () => {
      const { file, fact } = await aDraft();
      await stack.settle(stack.files.tell('deleted', fact(2)));
      expect(await told(file)).toEqual([]);
      expect(await stack.refusalOfSend(stack.ann, 'look', { fileIds: [file.id] })).toBe('file_not_found');
    });

    it('are asked for again as long as files has not said that it shows the file', async () => {
      const { file, fact } = await aDraft();
      const attached = await stack.bus.hear(messageEvents.attached);
      await stack.send(stack.ann, 'look', { fileIds: [file.id] });
      const another = await stack.startAnother();
      const { draft: _draft, ...shown } = file;
      const tellAgain = async () => {
        await another.get(SentDrafts).tellAgain(0);
        return attached.filter(({ fileIds }) => fileIds.includes(file.id)).length;
      };
      await waitFor(async () => (await tellAgain()) > 2, { what: 'the message to be told of again' });
      await stack.settle(stack.files.tell('statusChanged', { ...fact(2), file: shown }));
      const before = attached.length;
      const marker = await stack.send(stack.ann, 'look', { fileIds: [(await aDraft()).file.id] });
      await waitFor(async () => (await tellAgain()) > 0 && attached.some(({ messageId }) => messageId === marker.message!.id), {
        what: 'another message to be told of',
      });
      expect(attached.slice(before).every(({ fileIds }) => !fileIds.includes(file.id))).toBe(true);
      await another.close();
    });
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
