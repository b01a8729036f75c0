/** Fields of the header of Microsoft's container, and how many sectors of its table the header itself names. */
const [SECTOR_SHIFT, TABLE_SECTORS, SMALL_TABLE, SMALL_TABLE_SECTORS, MORE_TABLE, MORE_TABLE_SECTORS, NAMED] = [30, 44, 60, 64, 68, 72, 76];
const NAMED_IN_HEADER = 109;
const HEADER_BYTES = 512;
const MARK = Buffer.from('d0cf11e0', 'hex');

/**
 * Whether the sectors of Microsoft's container follow each other to an end, in the large table and in the small one. The
 * libraries that read it go round and round where they do not. What is no such container has none to end.
 */
export function chainsEnd(bytes: Buffer): boolean {
  if (!bytes.subarray(0, 4).equals(MARK)) return true;
  const shift = bytes.length < HEADER_BYTES ? 0 : bytes.readUInt16LE(SECTOR_SHIFT);
  if (shift < 7 || shift > 16) return false;
  const sectors = new Sectors(bytes, 2 ** shift);
  const counts = [TABLE_SECTORS, SMALL_TABLE_SECTORS, MORE_TABLE_SECTORS].map((field) => bytes.readUInt32LE(field));
  if (counts.some((count) => count > sectors.count)) return false;
  const table = sectors.entries(tableSectors(bytes, sectors));
  if (!endsEverywhere(table)) return false;
  return endsEverywhere(sectors.entries(chain(table, bytes.readUInt32LE(SMALL_TABLE))));
}

class Sectors {
  readonly count: number;
  private readonly bytes: Buffer;
  private readonly size: number;

  constructor(bytes: Buffer, size: number) {
    this.bytes = bytes;
    this.size = size;
    this.count = Math.ceil(bytes.length / size);
  }

  /** The numbers written in these sectors; of the last, as many as there are. */
  entries(sectors: number[]): Uint32Array {
    const numbers = sectors.flatMap((sector) => {
      const from = (sector + 1) * this.size;
      const part = this.bytes.subarray(from, from + this.size);
      return Array.from({ length: part.length >> 2 }, (_, i) => part.readUInt32LE(i * 4));
    });
    return Uint32Array.from(numbers);
  }
}

/** Where the large table stands: the header names its first sectors, and a chain of sectors the others. */
function tableSectors(bytes: Buffer, sectors: Sectors): number[] {
  const named = Array.from({ length: NAMED_IN_HEADER }, (_, i) => bytes.readUInt32LE(NAMED + i * 4));
  const seen = new Set<number>();
  for (let at = bytes.readUInt32LE(MORE_TABLE); at < sectors.count && !seen.has(at);) {
    seen.add(at);
    const more = sectors.entries([at]);
    named.push(...more.subarray(0, -1));
    at = more.at(-1) ?? Infinity;
  }
  return [...new Set(named.filter((sector) => sector < sectors.count))];
}

function chain(table: Uint32Array, first: number): number[] {
  const sectors: number[] = [];
  for (let at = first; at < table.length; at = table[at]!) sectors.push(at);
  return sectors;
}

/** Each number leads to the next; those beyond the table are marks of an end. */
function endsEverywhere(table: Uint32Array): boolean {
  /** By which walk a number was met first. */
  const met = new Uint32Array(table.length);
  for (let start = 0; start < table.length; start += 1) {
    let at = start;
    while (at < table.length && met[at] === 0) {
      met[at] = start + 1;
      at = table[at]!;
    }
    if (at < table.length && met[at] === start + 1) return false;
  }
  return true;
}
