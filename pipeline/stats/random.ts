import { hashText } from "./hash.ts";

/** A seeded source of randomness. It is always passed in, so that the same seed gives the same review. */
export interface Random {
  /** An integer in [0, 2³²). */
  uint32(): number;
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** An integer in [0, n). The bias of the multiply-shift is below n / 2³². Throws a RangeError unless 1 ≤ n ≤ 2³². */
  below(n: number): number;
  /**
   * Draws as many integers as there are `counts`, each below that number, and counts how often each came. The same draws
   * as by `below`, in a third of the time.
   */
  countDraws(counts: Uint16Array): void;
  /** A standard normal deviate (polar method). */
  normal(): number;
  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T extends Shuffled>(items: T): T;
}

type Shuffled = unknown[] | Int32Array | Uint32Array | Float64Array | Uint8Array;

/**
 * Creates a generator: sfc32 (Doty-Humphrey, PractRand), four 32-bit words of state, period at least 2³².
 * The state is filled from the seed by splitmix32, so neighboring seeds give unrelated streams.
 * A number and the same number written as text are the same seed.
 *
 * @example
 * const random = createRandom(42);
 * random.uniform(); // 0.8067131952117904
 */
export function createRandom(seed: number | string): Random {
  const [first, second] = seedWords(seed);
  const splitFirst = splitmix32(first);
  const splitSecond = splitmix32(second);
  let a = splitFirst();
  let b = splitSecond();
  let c = splitFirst();
  let counter = splitSecond();
  let spare: number | null = null;

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  }

  function uniform(): number {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  function below(n: number): number {
    if (!(n >= 1 && n <= 4294967296)) throw new RangeError(`below(n) needs 1 <= n <= 2^32, not ${n}`);
    return Math.floor((next() >>> 0) * (n / 4294967296));
  }

  function countDraws(counts: Uint16Array): void {
    counts.fill(0);
    const scale = counts.length / 4294967296;
    // the state in local variables is the state in registers
    let [w, x, y, z] = [a, b, c, counter];
    for (let draw = counts.length; draw > 0; draw--) {
      const sum = (((w + x) | 0) + z) | 0;
      z = (z + 1) | 0;
      w = x ^ (x >>> 9);
      x = (y + (y << 3)) | 0;
      y = (((y << 21) | (y >>> 11)) + sum) | 0;
      counts[Math.floor((sum >>> 0) * scale)]!++;
    }
    [a, b, c, counter] = [w, x, y, z];
  }

  function normal(): number {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * scale;
      return u * scale;
    }
  }

  function shuffle<T extends Shuffled>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const held = items[i];
      items[i] = items[j] as never;
      items[j] = held as never;
    }
    return items;
  }

  for (let i = 0; i < 16; i++) next();
  return { uint32: () => next() >>> 0, uniform, below, countDraws, normal, shuffle };
}

function seedWords(seed: number | string): [number, number] {
  const hash = hashText(String(seed));
  return [Number.parseInt(hash.slice(0, 8), 16) | 0, Number.parseInt(hash.slice(8), 16) | 0];
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
