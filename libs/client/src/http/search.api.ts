import type { SearchQuery, SearchResults } from '@atrium/contracts';
import type { Transport } from './transport.ts';

/** Everything but `q` can also stand in `q` as an operator. */
export type SearchInput = { q?: string; limit?: number; cursor?: string; sort?: SearchQuery['sort'] } & Partial<
  Pick<SearchQuery, 'roomId' | 'before' | 'after' | 'in' | 'mentions'>
> & { from?: string; has?: NonNullable<SearchQuery['has']>[number] };

/** Messages and files, as far as the caller may see them. */
export class SearchApi {
  constructor(private readonly http: Transport) {}

  find(query: SearchInput, signal?: AbortSignal): Promise<SearchResults> {
    return this.http.request('GET', '/api/search', signal ? { query, signal } : { query });
  }
}
