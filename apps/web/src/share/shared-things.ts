/** Where the service worker puts aside what another app shares, and the page finds it. */
export const SHARE_PLACE = '/share';
export const SHARES_CACHE = 'atrium-shares';
export const SHARED_TEXT = `${SHARE_PLACE}/text`;
export const NAME_HEADER = 'x-name';
