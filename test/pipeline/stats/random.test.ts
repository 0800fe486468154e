import { describe, expect, it } from "vitest";
import { chiSquareSurvival } from "../../../pipeline/stats/chi-square-distribution.ts";
import { normalCdf } from "../../../pipeline/stats/normal-distribution.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";

/** p-value of "these values in [0, 1) are uniform" over 50 cells. */
function uniformity(values: number[]): number {
  const cells = new Float64Array(50);
  for (const value of values) cells[Math.min(49, Math.floor(value * 50))]! += 1;
  const expected = values.length / 50;
  return chiSquareSurvival(
    cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0),
    49,
  );
}

describe("createRandom", () => {
  it("repeats itself for a seed and differs between seeds", () => {
    const draw = (seed: number | string) => Array.from({ length: 5 }, createRandom(seed).uint32);
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).toEqual(draw("42"));
    expect(draw(42)).not.toEqual(draw(43));
    expect(draw(42)).toMatchInlineSnapshot(`
      [
        3464806805,
        897420516,
        589420606,
        3863628198,
        872316167,
      ]
    `);
  });

  it.each([1, 2, 3])("draws uniform and normal values, seed %i", (seed) => {
    const random = createRandom(seed);
    const uniforms = Array.from({ length: 20_000 }, random.uniform);
    const normals = Array.from({ length: 20_000 }, random.normal);
    expect(uniformity(uniforms)).toBeGreaterThan(0.001);
    expect(uniformity(uniforms.map((value) => (value * 1024) % 1))).toBeGreaterThan(0.001);
    expect(uniformity(normals.map(normalCdf))).toBeGreaterThan(0.001);
  });

  it("draws integers below n only, all of them", () => {
    const random = createRandom(9);
    const drawn = new Set(Array.from({ length: 1000 }, () => random.below(7)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(random.below(1)).toBe(0);
  });

  it.each([1, 2, 7, 1000])("counts the same %d draws as one by one, and goes on from there", (n) => {
    const [together, single] = [createRandom(n), createRandom(n)];
    const counts = new Uint16Array(n).fill(9);
    together.countDraws(counts);
    const expected = new Uint16Array(n);
    for (let draw = 0; draw < n; draw++) expected[single.below(n)]!++;
    expect(counts).toEqual(expected);
    expect(together.uint32()).toBe(single.uint32());
  });

  it.each([0, -1, 0.5, Number.NaN, 2 ** 33])("refuses an integer below %d", (n) => {
    expect(() => createRandom(1).below(n)).toThrow(RangeError);
  });

  it("shuffles into every order equally often and loses nothing", () => {
    const random = createRandom(4);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(["a", "b", "c"]).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    const statistic = [...orders.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(orders.size).toBe(6);
    expect(chiSquareSurvival(statistic, 5)).toBeGreaterThan(0.001);
    expect(random.shuffle([])).toEqual([]);
  });
});
