/** The version of the product, and so of the contract that it serves. Set by tools/release.ts, together with all others. */
export const VERSION = '0.1.0';
