/** One thing that must be so. Its query finds what is not: rows of `key` (what it is about) and `says` (a sentence). */
export interface Check {
  name: string;
  sql: string;
  /**
   * What is on its way may look like a finding for a moment. `moment`: on a living system it counts when it is still
   * there later. `services`: only running services bring it to an end, so that without them it counts as waiting.
   */
  settles?: 'moment' | 'services';
}

export interface Finding {
  check: string;
  key: string;
  says: string;
}
