import { besideRoom, cameFromPanel, FROM_PANEL, linkToDocument, linkToFile, readPassage } from '../attachments/citation-place.ts';

const passage = { page: 3, start: 120, end: 180 };

describe('the address of a passage', () => {
  it('leads to it, with the conversation of the room or that about the file beside', () => {
    expect(linkToDocument('r1', { fileId: 'f1', ...passage })).toBe('/rooms/r1/document/f1?page=3&start=120&end=180');
    expect(linkToFile('r1', { fileId: 'f1', ...passage })).toBe('/rooms/r1/files/f1?page=3&start=120&end=180');
    expect(linkToDocument('r1', { fileId: 'f1' })).toBe('/rooms/r1/document/f1');
  });

  it('is read as it was written, and not at all when something is missing', () => {
    expect(readPassage(new URLSearchParams('page=3&start=120&end=180'))).toEqual(passage);
    for (const query of ['', 'page=3', 'page=3&start=9&end=9', 'page=x&start=1&end=2'])
      expect(readPassage(new URLSearchParams(query))).toBeUndefined();
  });

  it('opens beside the conversation when it is followed from a message', () => {
    expect(besideRoom('/rooms/r1/files/f1?page=3')).toBe('/rooms/r1/document/f1?page=3');
    expect(besideRoom('/rooms/r1/files')).toBe('/rooms/r1/files');
  });

  it('knows a way back when it was followed from a panel', () => {
    expect([FROM_PANEL, null, {}].map(cameFromPanel)).toEqual([true, false, false]);
  });
});
