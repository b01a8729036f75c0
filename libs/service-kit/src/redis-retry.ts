/** How long to wait before Redis is tried again: soon at first, then every two seconds for as long as it takes. */
export const redisRetryMs = (attempt: number): number => Math.min(100 * 2 ** attempt, 2000);
