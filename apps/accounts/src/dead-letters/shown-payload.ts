/** Words of a contract, never of a person. */
const TERMS = new Set(['type', 'kind', 'role', 'action', 'status']);
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const LONGEST_TERM = 40;

/** What an event said, without what people wrote: whoever mends a consumer needs its shape and ids, and reads no rooms. */
export function shownPayload(payload: string): unknown {
  try {
    return shown(JSON.parse(payload) as unknown);
  } catch {
    return hidden(payload);
  }
}

function shown(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => shown(item, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner, name)]));
  if (typeof value !== 'string') return value;
  const isTerm = TERMS.has(key) && value.length <= LONGEST_TERM;
  return isTerm || ID.test(value) || INSTANT.test(value) ? value : hidden(value);
}

const hidden = (text: string): string => `(${[...text].length} characters)`;
