import { Body, Controller, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint, endpointsOf } from '../http/endpoint.ts';
import { inputsOf } from './endpoint-inputs.ts';

const ThingBody = z.object({ name: z.string() });
const ThingQuery = z.object({ limit: z.coerce.number() });

@Controller()
class ThingsHttp {
  @Endpoint('POST /api/things/:id', { scope: 'any', summary: 'Changes a thing' })
  change(@Param('id') _id: string, @Query({ schema: ThingQuery }) _query: object, @Body({ schema: ThingBody }) _body: object): void {}

  @Endpoint('GET /api/things', { scope: 'any', summary: 'Lists things' })
  list(): void {}
}

/** Nest keeps them in metadata that it does not document: see docs/adr/0008-sockets-are-nests-the-hot-frame-is-not.md. */
describe('the inputs that the OpenAPI document tells', () => {
  const [change, list] = endpointsOf([ThingsHttp]);

  it('are the schemas that the parameters of a handler name', () => {
    expect(inputsOf(change!)).toEqual({ body: ThingBody, query: ThingQuery });
    expect(inputsOf(change!).body).toBe(ThingBody);
  });

  it('are none where a handler names none', () => {
    expect(inputsOf(list!)).toEqual({ body: undefined, query: undefined });
  });
});
