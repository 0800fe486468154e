import type { ModelOptions } from "../experiment/experiment.ts";
import { createRandom, type Random } from "../stats/random.ts";
import type { Dimension, OptionValue, SearchSpace } from "./search-space.ts";

/** Spaces of at most this many points are listed and shuffled; in larger ones the same point is seldom drawn twice. */
const mostListed = 1000;
const maxRedraws = 200;

/**
 * The models to try, in order: the start first, then seeded random points of the space, none twice. Fewer than `count`
 * when the space has no more points.
 *
 * Every trial has a random stream of its own, so the first n trials are the same however many are asked for.
 *
 * @param start what is tried first and gives the options that the space does not name
 */
export function proposeTrials(start: ModelOptions, space: SearchSpace, count: number, seed: number): ModelOptions[] {
  const trials = [start];
  const seen = new Set([nameOf(start)]);
  if (points(space) <= mostListed) {
    const listed = listPoints(space).map((point) => ({ ...start, ...point }));
    const others = createRandom(`${seed} trials`)
      .shuffle(listed)
      .filter((model) => !seen.has(nameOf(model)));
    return [...trials, ...others].slice(0, count);
  }
  while (trials.length < count) {
    const next = drawNew(createRandom(`${seed} trial ${trials.length}`), start, space, seen);
    if (next === null) break;
    seen.add(nameOf(next));
    trials.push(next);
  }
  return trials;
}

function listPoints(space: SearchSpace): Record<string, OptionValue>[] {
  return space.reduce<Record<string, OptionValue>[]>(
    (all, dimension) =>
      all.flatMap((point) => valuesOf(dimension).map((value) => ({ ...point, [dimension.name]: value }))),
    [{}],
  );
}

function valuesOf(dimension: Dimension): OptionValue[] {
  if (dimension.kind === "list") return dimension.values;
  return Array.from({ length: dimension.high - dimension.low + 1 }, (_, step) => dimension.low + step);
}

function drawNew(random: Random, start: ModelOptions, space: SearchSpace, seen: Set<string>): ModelOptions | null {
  for (let draw = 0; draw < maxRedraws; draw++) {
    const drawn = Object.fromEntries(space.map((dimension) => [dimension.name, drawValue(random, dimension)]));
    const model = { ...start, ...drawn };
    if (!seen.has(nameOf(model))) return model;
  }
  return null;
}

/** How many different points the space has; infinite as soon as one dimension is continuous. */
function points(space: SearchSpace): number {
  return space.reduce((product, dimension) => {
    if (dimension.kind === "list") return product * dimension.values.length;
    return dimension.integer ? product * (dimension.high - dimension.low + 1) : Number.POSITIVE_INFINITY;
  }, 1);
}

function drawValue(random: Random, dimension: Dimension): OptionValue {
  if (dimension.kind === "list") return dimension.values[random.below(dimension.values.length)]!;
  const { low, high, integer, scale } = dimension;
  const share = random.uniform();
  // A whole number stands for the stretch up to the next one, so that the last is as likely as the others.
  const end = integer ? high + 1 : high;
  const value = scale === "log" ? low * (end / low) ** share : low + (end - low) * share;
  return Math.min(high, Math.max(low, integer ? Math.floor(value) : Number(value.toPrecision(3))));
}

function nameOf(model: ModelOptions): string {
  return JSON.stringify(Object.entries(model).sort(([a], [b]) => (a < b ? -1 : 1)));
}
