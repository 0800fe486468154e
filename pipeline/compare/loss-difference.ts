import type { RowLoss } from "../metrics/metric.ts";
import type { SmoothStatistic } from "../stats/studentized-bootstrap.ts";
import type { PairedSample } from "./paired-sample.ts";

/** Per row what the head loses more than the base: the sum of these has the sign of the metric's worsening. */
export function lossDifferences({ of }: RowLoss, { base, head }: Sides): Float64Array {
  return minus(of(head), of(base));
}

/**
 * The difference head − base of a metric as a function of means over rows, with its derivatives. Where the value is linear
 * in the mean loss, the losses are subtracted first, so that two nearly equal models keep their digits.
 */
export function smoothDifference(rowLoss: RowLoss, sides: Sides): SmoothStatistic {
  const { of, value, gradient } = rowLoss;
  const truth = rowLoss.truth?.(sides.head) ?? [];
  if (rowLoss.linear) {
    return {
      terms: [lossDifferences(rowLoss, sides), ...truth],
      value: ([gap, ...means]) => gradient([0, ...means])[0]! * gap!,
      gradient: ([gap, ...means]) => {
        const [slope, ...slopes] = gradient([gap!, ...means]);
        const [, ...withoutGap] = gradient([0, ...means]);
        return [slope!, ...slopes.map((one, i) => one - withoutGap[i]!)];
      },
    };
  }
  return {
    terms: [of(sides.base), of(sides.head), ...truth],
    value: ([before, after, ...means]) => value([after!, ...means]) - value([before!, ...means]),
    gradient: ([before, after, ...means]) => {
      const [slopeBefore, ...slopesBefore] = gradient([before!, ...means]);
      const [slopeAfter, ...slopesAfter] = gradient([after!, ...means]);
      return [-slopeBefore!, slopeAfter!, ...slopesAfter.map((one, i) => one - slopesBefore[i]!)];
    },
  };
}

type Sides = Pick<PairedSample, "base" | "head">;

function minus(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((value, row) => value - right[row]!);
}
