/** A message by its place, as its link names it; a root of a thread by its id. */
export type LinkedPlace = { roomId: string; seq: number } | { roomId: string; rootId: string };

const MOST = 3;
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const PATH = new RegExp(`^/rooms/(${ID})(?:/thread/(${ID}))?$`);
const CODE = /```[\s\S]*?(?:```|(?![\s\S]))|`[^`\n]*`/g;

/** The messages that a text links to on this page, each once; what stands in code or in a quote shows itself already. */
export function linkedPlaces(text: string, origin: string): LinkedPlace[] {
  if (!text.includes(`${origin}/rooms/`)) return [];
  const own = text.replace(CODE, ' ').replace(/^\s*>.*$/gm, ' ');
  const found = [...own.matchAll(/https?:\/\/[^\s<>()[\]]+/g)].flatMap(
    ([address]) => placeOf(address.replace(/[.,;:!?'"*_~]+$/, ''), origin) ?? [],
  );
  return [...new Map(found.map((place) => [keyOf(place), place])).values()].slice(0, MOST);
}

export const keyOf = (place: LinkedPlace): string => `${place.roomId}/${'seq' in place ? place.seq : place.rootId}`;

function placeOf(address: string, origin: string): LinkedPlace | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const [, roomId, rootId] = PATH.exec(url.pathname) ?? [];
  if (url.origin !== origin || roomId === undefined) return undefined;
  const at = url.searchParams.get('at') ?? '';
  if (/^[1-9]\d{0,9}$/.test(at)) return { roomId, seq: Number(at) };
  return rootId === undefined ? undefined : { roomId, rootId };
}
