/** What every packed text may refer to from its beginning on. */
const KNOWN = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);
const WINDOW = 4096;
const HEAD_BYTES = 16;
const PLAIN = 0x414c454d;
/** More than any message has to say. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Rich text as Outlook packs it; null where it is damaged. */
export function unpackRtf(packed: Buffer): Buffer | null {
  if (packed.length < HEAD_BYTES) return null;
  const size = packed.readUInt32LE(4);
  if (size > MOST_BYTES) return null;
  if (packed.readUInt32LE(8) === PLAIN) return packed.subarray(HEAD_BYTES, HEAD_BYTES + size);
  const window = Buffer.alloc(WINDOW);
  KNOWN.copy(window);
  const out: number[] = [];
  let write = KNOWN.length;
  const put = (byte: number) => {
    out.push(byte);
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  for (let at = HEAD_BYTES; at < packed.length;) {
    const flags = packed[at++]!;
    for (let bit = 0; bit < 8 && at < packed.length; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(packed[at++]!);
        continue;
      }
      if (at + 1 >= packed.length) break;
      const token = packed.readUInt16BE(at);
      at += 2;
      const from = token >> 4;
      if (from === write || out.length >= size) return Buffer.from(out.slice(0, size));
      for (let i = 0; i < (token & 15) + 2; i += 1) put(window[(from + i) % WINDOW]!);
    }
  }
  return Buffer.from(out.slice(0, size));
}
