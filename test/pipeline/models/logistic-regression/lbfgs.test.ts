import { describe, expect, it } from "vitest";
import { minimize } from "../../../../pipeline/models/logistic-regression/lbfgs.ts";
import type { Objective } from "../../../../pipeline/models/logistic-regression/objective.ts";

const options = { tolerance: 1e-9, maxIterations: 500 };

/** A bowl whose axes differ by a factor of 10⁶, with its bottom at (1, 2, 3, …). */
const bowl: Objective = (point, gradient) => {
  let value = 0;
  for (let i = 0; i < point.length; i++) {
    const steepness = 10 ** ((6 * i) / (point.length - 1));
    const distance = point[i]! - (i + 1);
    value += (steepness * distance * distance) / 2;
    gradient[i] = steepness * distance;
  }
  return value;
};

/** Rosenbrock's valley: curved, with its bottom at (1, 1). */
const valley: Objective = (point, gradient) => {
  const x = point[0]!;
  const y = point[1]!;
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

describe("minimize", () => {
  it.each([
    ["a badly scaled bowl", bowl, new Float64Array(8), [1, 2, 3, 4, 5, 6, 7, 8]],
    ["Rosenbrock's valley", valley, Float64Array.of(-1.2, 1), [1, 1]],
  ])("finds the bottom of %s", (_, objective, start, bottom) => {
    const found = minimize(objective, start, options);
    expect(found.converged).toBe(true);
    expect(found.iterations).toBeLessThan(250);
    for (const [i, expected] of bottom.entries()) expect(found.point[i]).toBeCloseTo(expected, 8);
  });

  it("stays where the gradient is already zero", () => {
    expect(minimize(bowl, Float64Array.of(1, 2, 3), options)).toEqual({
      point: Float64Array.of(1, 2, 3),
      value: 0,
      iterations: 0,
      converged: true,
    });
  });

  it("says so when it was stopped early", () => {
    const found = minimize(valley, Float64Array.of(-1.2, 1), { ...options, maxIterations: 3 });
    expect([found.iterations, found.converged]).toEqual([3, false]);
  });

  it("ends, without claiming success, when double precision cannot reach the tolerance", () => {
    const found = minimize(valley, Float64Array.of(-1.2, 1), { tolerance: 1e-300, maxIterations: 100_000 });
    expect(found.iterations).toBeLessThan(200);
    expect(found.point[0]).toBeCloseTo(1, 8);
  });

  it("minimizes over no variables at all", () => {
    expect(minimize(() => 3, new Float64Array(0), options)).toEqual({
      point: new Float64Array(0),
      value: 3,
      iterations: 0,
      converged: true,
    });
  });
});
