import { fileURLToPath } from 'node:url';

/** Where pictures of the page are kept; nothing there is committed. */
export const screenshots = fileURLToPath(new URL('../../screenshots/', import.meta.url));
