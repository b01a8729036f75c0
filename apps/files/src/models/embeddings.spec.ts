import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aRequest } from '../../test/search.ts';
import { Embeddings } from './embeddings.ts';
import { ExtractiveAnswerer } from '../answers/extractive-answerer.ts';

const page = 'The fee of the harbour is paid at the gate. Mooring is charged at nine crowns a night, also to guests of the harbour.';
const question = 'What is the fee of the harbour for boats?';

describe('answers ranked by meaning as well', () => {
  let server: Server;
  let url: string;
  let reply: (input: string[]) => { status?: number; data: unknown };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        const { status = 200, data } = reply((JSON.parse(body) as { input: string[] }).input);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ data }));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const ask = () => new ExtractiveAnswerer(new Embeddings({ url, model: 'stub' })).answer(aRequest([page], question));
  /** The question and whatever speaks of a charge mean the same, all else the opposite; in no order. */
  const meaning = (input: string[]) =>
    input.map((text, index) => ({ index, embedding: index === 0 || text.includes('charged') ? [1, 0] : [-1, 0] })).toReversed();

  it('put the sentence first that means what is asked, before the one that shares its words', async () => {
    reply = (input) => ({ data: meaning(input) });
    expect((await new ExtractiveAnswerer().answer(aRequest([page], question))).citations[0]?.quote).toContain('The fee');
    expect((await ask()).citations[0]?.quote).toContain('charged');
  });

  it.each([
    ['fails', () => ({ status: 500, data: [] })],
    ['leaves a sentence out', (input: string[]) => ({ data: meaning(input).slice(1) })],
    ['answers something else', () => ({ data: 'none' })],
    ['answers without end', () => ({ data: 'x'.repeat(5 * 1024 * 1024) })],
  ])('are unavailable when the endpoint %s', async (_what, answer) => {
    reply = answer;
    await expect(ask()).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
