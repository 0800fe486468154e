import fc from "fast-check";
import { GateWorld } from "../test/support/gate/gate-world.ts";
import { sequences } from "../test/support/gate/steps.ts";

/** What a process tells its parent in the end. */
export interface Played {
  seen: Record<string, number>;
  wrong: string[];
}

/** How long one that went wrong is made shorter. */
const shrinkMilliseconds = 180_000;

const [seed = 0, count = 1] = process.argv.slice(2, 4).map(Number);
const path = process.argv[4];

const world = await GateWorld.start();
const wrong: string[] = [];
for (let own = seed; own < seed + count; own += 1) {
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(
    fc.asyncProperty(sequences, async (steps) => {
      const found = await world.play(steps);
      if (found.length > 0) throw new Error(found.join("; "));
    }),
    { seed: own, numRuns: 1, interruptAfterTimeLimit: shrinkMilliseconds, ...(path === undefined ? {} : { path }) },
  );
  if (!failed || counterexample === null) continue;
  const steps = counterexample[0].map((step) => JSON.stringify(step)).join(", ");
  const found = `\`--seed ${own} --path ${counterexamplePath}\`: ${String(errorInstance)}. Steps: ${steps}`;
  // At once: the others take an hour.
  process.stderr.write(`${found}\n`);
  wrong.push(found);
}
process.send?.({ seen: world.seen, wrong } satisfies Played, () => process.exit(0));
