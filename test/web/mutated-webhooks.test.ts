import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { knownEvents } from "../../src/events/to-effect.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { webhookHeaders } from "../support/signed-webhook.ts";
import { soon } from "../support/soon.ts";

const examples = (
  JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve("@octokit/webhooks-examples/api.github.com/index.json"),
      "utf8",
    ),
  ) as { name: string; examples: object[] }[]
).flatMap(({ name, examples }) =>
  examples.map((example) => ({ event: name, body: { installation: { id: 1 }, ...example } })),
);

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp({ retries: 0, debounceSeconds: 600 });
});
afterAll(() => local[Symbol.asyncDispose]());

async function post(event: string, body: string): Promise<number> {
  const headers = webhookHeaders(event, body);
  const response = await fetch(`${local.app.url}/api/github/webhooks`, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

/** What a value can be replaced by; `undefined` leaves it out. */
const replacements = [
  ...[undefined, null, true, false, [], {}, [null], "", " ", "\u0000", "a\u0000b", "\ud800", "x".repeat(10_000), "2"],
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, -0],
  ...JSON.parse('[{"__proto__": {"action": "opened"}}, {"constructor": null}, {"toString": 1}]'),
];
const names = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "*",
  "pull_request.opened",
  "PULL_REQUEST",
];

type Place = [Record<string, unknown>, string];

/** The places of an object that was sent; only its first levels, because payloads repeat themselves below. */
function placesOf(value: unknown, depth = 0): Place[] {
  if (typeof value !== "object" || value === null || depth > 3) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as Place, ...placesOf(holder[key], depth + 1)]);
}

/** What the App reads of payloads, and so what it could stumble over. */
const read =
  /^(action|after|app|base|changes|commits|head|head_sha|id|installation|issue|login|name|number|owner|ref|sha|updated_at)$/;
const heard = examples.filter(({ event }) => knownEvents.includes(event));

const rarely = (...values: string[]) =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 12 }, fc.constantFrom(...values));

/** An example in which some places hold something else, or the whole of it, under its own name or another one. */
const mutated = fc
  .record({
    example: fc.oneof(fc.constantFrom(...examples), { arbitrary: fc.constantFrom(...heard), weight: 3 }),
    changes: fc.array(
      fc.record({
        at: fc.nat(),
        by: fc.constantFrom(...replacements),
        ofWhatIsRead: fc.boolean(),
        key: rarely(...names),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    event: rarely(...names),
    whole: rarely("null", "[]", "1", '""', '{"__proto__":null}', "[[[]]]"),
  })
  .map(({ example, changes, event, whole }) => {
    const body = structuredClone(example.body);
    for (const { at, by, ofWhatIsRead, key } of changes) {
      const places = placesOf(body).filter(([, name]) => !ofWhatIsRead || read.test(name));
      const place = places[at % places.length];
      if (place === undefined) continue;
      const [holder, own] = place;
      // Assigning would change the prototype where the name is that of one.
      Object.defineProperty(holder, key ?? own, { value: by, enumerable: true, configurable: true, writable: true });
    }
    return { event: event ?? example.event, body: whole ?? JSON.stringify(body) };
  });

it("answers none of 1,000 changed examples with an error of its own, and works on", async () => {
  const answers: Record<number, number> = {};
  await fc.assert(
    fc.asyncProperty(mutated, async ({ event, body }) => {
      const status = await post(event, body);
      answers[status] = (answers[status] ?? 0) + 1;
      expect({ event, status }).toEqual({ event, status: expect.toBeOneOf([200, 400]) });
    }),
    { numRuns: 1000, seed: 20_260_101 },
  );
  // The rest has no event's name, which GitHub's webhooks always have.
  expect(answers[200]).toBeGreaterThan(900);
  await local.restart({ debounceSeconds: 0 });
  const sha = await local.commit("after", { "after.txt": "1" });
  await local.open("after");
  await vi.waitFor(async () => expect(await local.checkRuns(sha)).toMatchObject([{ status: "completed" }]), soon);
});
