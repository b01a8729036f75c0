/** What a message is found by in a catalogue: FNV-1a of its English, so that the code need not carry it beside the English. */
export function messageId(message: unknown): string {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
