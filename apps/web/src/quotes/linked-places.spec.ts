import { linkedPlaces } from './linked-places.ts';

const HERE = 'https://chat.example';
const ROOM = '019ac000-0000-7000-8000-000000000001';
const ROOT = '019ac000-0000-7000-8000-000000000002';

describe('the messages that a text links to', () => {
  it.each([
    [`see ${HERE}/rooms/${ROOM}?at=7.`, [{ roomId: ROOM, seq: 7 }]],
    [`[this](${HERE}/rooms/${ROOM}?at=7)`, [{ roomId: ROOM, seq: 7 }]],
    [`**${HERE}/rooms/${ROOM}?at=7**`, [{ roomId: ROOM, seq: 7 }]],
    [`${HERE}/rooms/${ROOM}/thread/${ROOT}?at=9`, [{ roomId: ROOM, seq: 9 }]],
    [`${HERE}/rooms/${ROOM}/thread/${ROOT}`, [{ roomId: ROOM, rootId: ROOT }]],
    [`${HERE}/rooms/${ROOM}?at=1 ${HERE}/rooms/${ROOM}?at=1`, [{ roomId: ROOM, seq: 1 }]],
  ])('in %j are found', (text, places) => expect(linkedPlaces(text, HERE)).toEqual(places));

  it.each([
    `${HERE}/rooms/${ROOM}`,
    `https://other.example/rooms/${ROOM}?at=7`,
    `${HERE}/rooms/${ROOM}?at=x`,
    `${HERE}/rooms/create?at=7`,
    `> [Ann](${HERE}/rooms/${ROOM}?at=7): so`,
    `\`${HERE}/rooms/${ROOM}?at=7\``,
    `\`\`\`\n${HERE}/rooms/${ROOM}?at=7\n\`\`\``,
  ])('are none in %j', (text) => expect(linkedPlaces(text, HERE)).toEqual([]));

  it('are three at most', () => {
    expect(linkedPlaces([1, 2, 3, 4].map((seq) => `${HERE}/rooms/${ROOM}?at=${seq}`).join('\n'), HERE)).toHaveLength(3);
  });
});
