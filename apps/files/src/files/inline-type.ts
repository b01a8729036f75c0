/** Types a browser may show in place, and as what. Anything that can carry a script is a download. */
const INLINE: Record<string, string> = {
  'application/pdf': 'application/pdf',
  'image/png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  'text/plain': 'text/plain',
  'text/markdown': 'text/plain',
  'text/csv': 'text/plain',
  'text/tab-separated-values': 'text/plain',
  'application/json': 'text/plain',
};

export function inlineType(contentType: string): string | null {
  return INLINE[contentType] ?? null;
}
