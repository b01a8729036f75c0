/** Collects durations and answers percentiles; milliseconds throughout. */
export class Histogram {
  private values: number[] = [];

  add(valueMs: number): void {
    this.values.push(valueMs);
  }

  get count(): number {
    return this.values.length;
  }

  /** @param p 0–100 */
  percentile(p: number): number {
    if (this.values.length === 0) return Number.NaN;
    const sorted = Float64Array.from(this.values).sort();
    return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
  }

  clear(): void {
    this.values = [];
  }
}
