import { describe, expect, it } from "vitest";
import { ascendingOrder, sortNumbers } from "../../../pipeline/stats/radix-sort.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";

const random = createRandom("radix");
const count = 5_000;
const drawn = (draw: () => number) => Float64Array.from({ length: count }, draw);
const awkward = [0, -0, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 1, -1];

const samples: [string, Float64Array][] = [
  ["nothing", new Float64Array(0)],
  ["one value", Float64Array.of(3)],
  ["normal values", drawn(() => random.normal())],
  ["small whole numbers", drawn(() => random.below(7) - 3)],
  ["one value many times", new Float64Array(count).fill(-2.5)],
  ["awkward values", drawn(() => awkward[random.below(awkward.length)]!)],
  ["values that differ in their last bits only", drawn(() => 1 + random.below(1000) * Number.EPSILON)],
  ["values of every size", drawn(() => random.normal() * 10 ** (random.below(600) - 300))],
  ["descending values", Float64Array.from({ length: count }, (_, i) => -i)],
];

describe("sortNumbers", () => {
  it.each(samples)("sorts %s as the language does", (_, values) => {
    expect(sortNumbers(values.slice())).toEqual(values.slice().sort());
  });
});

describe("ascendingOrder", () => {
  it.each(samples)("orders %s, equal values by position", (_, values) => {
    const last = (value: number) => (Number.isNaN(value) ? 1 : 0);
    const sign = (value: number) => (Object.is(value, -0) ? -1 : 0);
    const expected = Array.from(values, (_value, position) => position).sort((a, b) => {
      const [left, right] = [values[a]!, values[b]!];
      if (left < right || left > right) return left < right ? -1 : 1;
      return last(left) - last(right) || sign(left) - sign(right) || a - b;
    });
    expect([...ascendingOrder(values)]).toEqual(expected);
  });
});
