import fc from "fast-check";

export const policies = {
  block: "checks:\n  linked-issue: { level: block }\n",
  strict: "checks:\n  linked-issue: { level: block, allow_closed: false }\n",
  off: "checks:\n  linked-issue: { level: off }\n",
  broken: "checks: 7\n",
  removed: null,
} as const;
export type PolicyKind = keyof typeof policies;
export const bases = ["main", "release"] as const;
export type Base = (typeof bases)[number];

/**
 * What happens in a sequence. Every step is possible at any time: a pull request or an issue is a number modulo those there
 * are, and what GitHub refuses did not happen, so that a shorter sequence of the same steps is one, too.
 */
export type Step =
  | { do: "push" | "rerun" | "delete comment" | "merge" | "merge at rest"; pull: number }
  | { do: "open a twin"; pull: number; linked: boolean }
  | { do: "push the head of another"; pull: number; other: number }
  | { do: "text"; pull: number; issue: number | null }
  | { do: "close or reopen issue"; issue: number }
  | { do: "close or reopen"; pull: number }
  | { do: "base"; pull: number; base: Base }
  | { do: "policy"; base: Base; policy: PolicyKind }
  | { do: "webhook"; effect: "drop" | "duplicate" | { delay: number } }
  | { do: "outage"; calls: number }
  | { do: "crash"; at: number; down: number }
  | { do: "revoke tokens" | "stale read" | "suspend or resume" | "sweep" | "rest" | "slow review" };

const pull = fc.nat(3);
const issue = fc.nat(1);
const base = fc.constantFrom(...bases);

const person = fc.oneof(
  fc.record({ do: fc.constant("push" as const), pull }),
  fc.record({ do: fc.constant("push the head of another" as const), pull, other: pull }),
  fc.record({ do: fc.constant("open a twin" as const), pull, linked: fc.boolean() }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant("text" as const), pull, issue: fc.option(issue, { freq: 1 }) }) },
  fc.record({ do: fc.constant("close or reopen issue" as const), issue }),
  fc.record({ do: fc.constant("close or reopen" as const), pull }),
  fc.record({ do: fc.constant("base" as const), pull, base }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("policy" as const),
      base,
      policy: fc.constantFrom(...(Object.keys(policies) as PolicyKind[])),
    }),
  },
  fc.record({ do: fc.constant("rerun" as const), pull }),
  fc.record({ do: fc.constantFrom("merge" as const, "merge at rest" as const), pull }),
  fc.record({ do: fc.constant("delete comment" as const), pull }),
);

const fault = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("webhook" as const),
      effect: fc.constantFrom("drop" as const, "duplicate" as const, { delay: 50 }, { delay: 400 }),
    }),
  },
  fc.record({ do: fc.constant("outage" as const), calls: fc.integer({ min: 1, max: 4 }) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      at: fc.integer({ min: 1, max: 30 }),
      down: fc.nat(2),
    }),
  },
  fc.record({
    do: fc.constantFrom(
      "revoke tokens" as const,
      "stale read" as const,
      "suspend or resume" as const,
      "sweep" as const,
    ),
  }),
  fc.record({ do: fc.constantFrom("rest" as const, "slow review" as const) }),
);

export const sequences: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: person }, { weight: 2, arbitrary: fault }),
  { minLength: 3, maxLength: 14, size: "max" },
);
