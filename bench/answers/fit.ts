/** A loss at a point, and its gradient there. */
type Loss = (at: Float64Array) => { value: number; gradient: Float64Array };

const STEPS = 300;
const MEMORY = 8;

/** Finds where a smooth convex loss is least (L-BFGS with a halving line search); the same every time. */
export function minimise(loss: Loss, size: number): Float64Array {
  let at = new Float64Array(size);
  let now = loss(at);
  const history: { step: Float64Array; change: Float64Array }[] = [];
  for (let i = 0; i < STEPS; i += 1) {
    const direction = descent(now.gradient, history);
    let length = 1;
    let next = at.map((x, k) => x + direction[k]!);
    let there = loss(next);
    while (there.value > now.value + 1e-4 * length * dot(direction, now.gradient) && length > 1e-10) {
      length /= 2;
      next = at.map((x, k) => x + length * direction[k]!);
      there = loss(next);
    }
    const gain = now.value - there.value;
    history.push({ step: next.map((x, k) => x - at[k]!), change: there.gradient.map((x, k) => x - now.gradient[k]!) });
    if (history.length > MEMORY) history.shift();
    [at, now] = [next, there];
    if (gain < 1e-7 * Math.abs(now.value)) break;
  }
  return at;
}

function descent(gradient: Float64Array, history: { step: Float64Array; change: Float64Array }[]): Float64Array {
  const direction = gradient.map((x) => -x);
  const factors: number[] = [];
  const useful = history.filter(({ step, change }) => dot(step, change) > 1e-12);
  for (const { step, change } of useful.toReversed()) {
    const factor = dot(step, direction) / dot(step, change);
    factors.unshift(factor);
    direction.forEach((x, k) => (direction[k] = x - factor * change[k]!));
  }
  const last = useful.at(-1);
  const scale = last ? dot(last.step, last.change) / dot(last.change, last.change) : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  direction.forEach((x, k) => (direction[k] = x * scale));
  useful.forEach(({ step, change }, i) => {
    const back = dot(change, direction) / dot(step, change);
    direction.forEach((x, k) => (direction[k] = x + step[k]! * (factors[i]! - back)));
  });
  return direction;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** Columns brought to one scale, so that the penalty on large weights is fair. */
function scaled(rows: number[][]): { rows: Float64Array[]; mean: number[]; spread: number[] } {
  const columns = rows[0]!.map((_, k) => k);
  const mean = columns.map((k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  const spread = columns.map((k) => Math.sqrt(rows.reduce((sum, row) => sum + (row[k]! - mean[k]!) ** 2, 0) / rows.length) || 1);
  return { rows: rows.map((row) => Float64Array.from(row, (x, k) => (x - mean[k]!) / spread[k]!)), mean, spread };
}

const PENALTY = 1;

/** Weights under which the rows marked as right are the likeliest of their group. */
export function fitChoice(groups: { rows: number[][]; right: boolean[] }[]): number[] {
  const { rows, spread } = scaled(groups.flatMap((group) => group.rows));
  const size = spread.length;
  const fitted = minimise((weights) => {
    let value = PENALTY * dot(weights, weights);
    const gradient = weights.map((w) => 2 * PENALTY * w);
    let first = 0;
    for (const { right } of groups) {
      const scores = right.map((_, i) => dot(rows[first + i]!, weights));
      const most = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - most));
      const all = shares.reduce((sum, x) => sum + x, 0);
      const hits = shares.reduce((sum, x, i) => (right[i] ? sum + x : sum), 0);
      value -= Math.log(hits / all);
      shares.forEach((x, i) => {
        const pull = x / all - (right[i] ? x / hits : 0);
        for (let k = 0; k < size; k += 1) gradient[k]! += pull * rows[first + i]![k]!;
      });
      first += right.length;
    }
    return { value, gradient };
  }, size);
  return [...fitted].map((w, k) => w / spread[k]!);
}

/** Logistic regression: weights and, last, the bias. */
export function fitLogistic(raw: number[][], labels: boolean[]): number[] {
  const { rows, mean, spread } = scaled(raw);
  const size = spread.length;
  const fitted = minimise((weights) => {
    let value = 0;
    const gradient = new Float64Array(size + 1);
    for (let k = 0; k < size; k += 1) {
      value += PENALTY * weights[k]! ** 2;
      gradient[k] = 2 * PENALTY * weights[k]!;
    }
    rows.forEach((row, i) => {
      let z = weights[size]!;
      for (let k = 0; k < size; k += 1) z += row[k]! * weights[k]!;
      value += Math.log1p(Math.exp(-Math.abs(z))) + Math.max(0, labels[i] ? -z : z);
      const pull = 1 / (1 + Math.exp(-z)) - (labels[i] ? 1 : 0);
      for (let k = 0; k < size; k += 1) gradient[k]! += pull * row[k]!;
      gradient[size]! += pull;
    });
    return { value, gradient };
  }, size + 1);
  const weights = spread.map((s, k) => fitted[k]! / s);
  return [...weights, fitted[size]! - weights.reduce((sum, w, k) => sum + w * mean[k]!, 0)];
}
