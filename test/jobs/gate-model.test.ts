import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GateWorld } from "../support/gate/gate-world.ts";
import { sequences } from "../support/gate/steps.ts";

let world: GateWorld;
beforeAll(async () => {
  world = await GateWorld.start();
});
afterAll(() => world[Symbol.asyncDispose]());

it("comes to the verdict of a fresh App after any sequence of events, faults and crashes, and opens no gate on the way", async () => {
  await fc.assert(
    fc.asyncProperty(sequences, async (steps) => {
      expect(await world.play(steps)).toEqual([]);
    }),
    // Some thousand more: npm run soak -- --sequences 1000
    { seed: 20_260_101, numRuns: 6, interruptAfterTimeLimit: 150_000 },
  );
});
