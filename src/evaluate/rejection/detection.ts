/** How well a score tells known movements, which should have high ones, from unknown ones. */

/**
 * Area under the receiver operating characteristic: the share of pairs of a known and an unknown one in which the known one
 * has the higher score; equal scores count half.
 * @param known at least one; @param unknown at least one
 */
export function auroc(known: readonly number[], unknown: readonly number[]): number {
  const scored = [...known.map((score) => ({ score, isKnown: 1 })), ...unknown.map((score) => ({ score, isKnown: 0 }))];
  scored.sort((a, b) => a.score - b.score);
  let [below, pairs] = [0, 0];
  for (let start = 0, end = 0; start < scored.length; start = end) {
    let equal = 0;
    for (; end < scored.length && scored[end].score === scored[start].score; end++) equal += scored[end].isKnown;
    const others = end - start - equal;
    pairs += equal * (below + others / 2);
    below += others;
  }
  return pairs / (known.length * unknown.length);
}

/**
 * The score below which a share of the known ones is refused: their quantile, linear between neighbours.
 * @param known at least one; @param share from 0 to 1
 */
export function thresholdFor(known: readonly number[], share: number): number {
  const sorted = known.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}

/** The share of scores below a threshold. */
export function shareRefused(scores: readonly number[], threshold: number): number {
  return scores.filter((score) => score < threshold).length / scores.length;
}
