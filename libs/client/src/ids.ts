let lastMs = 0;
let count = 0;

/**
 * A UUID of version 7. `crypto.randomUUID` exists only in secure contexts, so a page opened over plain http from
 * another machine does not have it; random values it has everywhere. Ids of one page sort as they were made.
 */
export function newId(nowMs = Date.now()): string {
  if (nowMs > lastMs) [lastMs, count] = [nowMs, 0];
  else if (count < 0xfff) count += 1;
  else [lastMs, count] = [lastMs + 1, 0];
  const [variant = 0, ...rest] = crypto.getRandomValues(new Uint16Array(4));
  const time = hex(lastMs, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${hex((variant & 0x3fff) | 0x8000, 4)}-${rest.map((part) => hex(part, 4)).join('')}`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
