/** A passage as the address names it: `?page=3&start=120&end=180`. */
export type Passage = { page: number; start: number; end: number };
type Place = { fileId: string } & Partial<Passage>;

export function readPassage(search: URLSearchParams): Passage | undefined {
  const [page, start, end] = ['page', 'start', 'end'].map((name) => Number(search.get(name) ?? Number.NaN));
  if (page === undefined || start === undefined || end === undefined) return undefined;
  return Number.isInteger(page) && Number.isInteger(start) && Number.isInteger(end) && end > start ? { page, start, end } : undefined;
}

/** The file with the conversation about it. */
export const linkToFile = (roomId: string, { fileId, ...passage }: Place): string => `/rooms/${roomId}/files/${fileId}${asQuery(passage)}`;

/** The document beside the conversation of the room. */
export const linkToDocument = (roomId: string, { fileId, ...passage }: Place): string =>
  `/rooms/${roomId}/document/${fileId}${asQuery(passage)}`;

/** A link to a file keeps the conversation open that it was followed from. */
export const besideRoom = (place: string): string => place.replace(/^(\/rooms\/[^/]+)\/files\/(?=[^/?#])/, '$1/document/');

const asQuery = ({ page, start, end }: Partial<Passage>): string =>
  page === undefined || start === undefined || end === undefined ? '' : `?page=${page}&start=${start}&end=${end}`;

/** Goes along with a link that a panel is left by, so that there is a way back to it. */
export const FROM_PANEL = { fromPanel: true };
export const cameFromPanel = (state: unknown): boolean => typeof state === 'object' && state !== null && 'fromPanel' in state;
