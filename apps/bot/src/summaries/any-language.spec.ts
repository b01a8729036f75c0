import { wantedOfWorkshop, workshopRoom } from '../../test/workshop-room.ts';
import { extractPoints } from './extract-points.ts';

describe.each(['en', 'fi'] as const)('a summary of one talk, written in %s,', (language) => {
  const seqs = extractPoints(workshopRoom(language)).map(({ seq }) => seq);

  it('tells what people asked, answered, pinned, reacted to and attached, whatever their language', () => {
    expect(wantedOfWorkshop.filter((seq) => seqs.includes(seq)).length).toBeGreaterThanOrEqual(6);
  });

  it('leaves coffee, soup and the rain out', () => {
    expect(seqs.filter((seq) => !wantedOfWorkshop.includes(seq))).toEqual([]);
  });
});
