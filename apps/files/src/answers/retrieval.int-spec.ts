import { files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';
import { goldDocuments } from '../../test/gold.ts';
import { MemoryIndex } from '../../test/search.ts';
import { ExtractiveAnswerer } from './extractive-answerer.ts';

describe('the index in memory, with which answers are measured,', () => {
  const ann = uuidv7();
  let environment: Environment;
  let roomId: string;

  beforeAll(async () => {
    environment = await anEnvironment();
    await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: {} });
    environment.credits.balances.set(ann, 1000);
  }, 60_000);
  afterAll(cleanUp, 30_000);

  it.each(goldDocuments().filter(({ name }) => /harbour|mietvertrag|tongzhi/.test(name)))(
    'finds in $name what the service finds',
    async ({ name, pages, asked }) => {
      const stored = await upload(environment.bus, { roomId, userId: ann }, { name: `${name}.txt`, bytes: pages.join('\n\n') });
      const { id } = await extracted(environment.bus, stored, ann);
      const index = new MemoryIndex(pages, id);
      for (const { question } of asked) {
        const { status, confidence, citations } = await environment.bus.call(files.ask, { roomId, fileId: id, question }, ann);
        const measured = await new ExtractiveAnswerer().answer(index.request(question));
        expect({ question, status, citations }).toEqual({ question, status: measured.status, citations: measured.citations });
        if (status !== 'no_evidence') expect(confidence).toBeCloseTo(measured.confidence, 4);
      }
    },
    60_000,
  );
});
