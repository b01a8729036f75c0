/** Where a limit stands after one more was counted. */
export type Count = { allowed: boolean; remaining: number; resetSeconds: number };
/** `limit` per window; the window begins with its first hit. */
export type WindowRule = { limit: number; windowSeconds: number };
/** A bucket of `burst`, refilled at `perSecond`. */
export type BucketRule = { burst: number; perSecond: number };

export interface Counter {
  hitWindow(key: string, rule: WindowRule): Promise<Count>;
  hitBucket(key: string, rule: BucketRule): Promise<Count>;
}
