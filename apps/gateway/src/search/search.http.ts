import type { CallOptions } from '@atrium/bus';
import { SearchQuery, SearchResults, messages } from '@atrium/contracts';
import { Controller, Query } from '@nestjs/common';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { Searches } from './searches.ts';

@Controller()
export class SearchHttp {
  constructor(private readonly searches: Searches) {}

  @Endpoint('GET /api/search', {
    summary: 'Messages and files in one ranked list, as far as the caller may see them now',
    scope: ['messages:read', 'files:read'],
    reply: SearchResults,
    codes: [...messages.search.codes, 'validation_failed'],
  })
  search(@Query({ schema: SearchQuery }) query: SearchQuery, @Caller() call: CallOptions): Promise<SearchResults> {
    return this.searches.search(query, call);
  }
}
