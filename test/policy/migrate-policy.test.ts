import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Document, isCollection, isMap, isScalar, type Node, visit } from "yaml";
import { type Migration, migratePolicy } from "../../src/policy/migrate-policy.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

const checks = await loadChecks();
const few = new Map([...checks].filter(([id]) => ["data-leakage", "linked-issue", "metric-threshold"].includes(id)));

function migrate(text: string, { keep = false, known = checks } = {}): Migration {
  const outcome = migratePolicy(text, "modelsync.yml", known, { keep });
  if (!outcome.ok || outcome.value === null) throw new Error(`not migrated: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

function parse(text: string): Policy {
  const outcome = parsePolicy(text, "modelsync.yml", checks);
  if (!outcome.ok) throw new Error(`not a policy: ${JSON.stringify(outcome.problems)}\n${text}`);
  return outcome.value;
}

describe("writes every level and leaves the rest as it is", () => {
  const added = "  data-leakage: { level: warn, also_block: [target-copy] }\n";
  it.each<[what: string, before: string, after: string]>([
    [
      "no checks",
      "version: 1 # first\nmodels: []",
      `version: 2 # first\nmodels: []\nchecks:\n${added}  linked-issue: { level: block }\n  metric-threshold: { level: block }`,
    ],
    [
      "block style, comments between and behind",
      "checks:\n    # issues\n    linked-issue:\n        minimum: 2   # two\n        # not closed ones\n        allow_closed: false\n\n    # numbers\n    metric-threshold: { level: warn } # for now\n    # that is all\nversion: 1\n",
      "checks:\n    # issues\n    linked-issue:\n        minimum: 2   # two\n        # not closed ones\n        allow_closed: false\n        level: block\n\n    # numbers\n    metric-threshold: { level: warn } # for now\n    data-leakage: { level: warn, also_block: [target-copy] }\n    # that is all\nversion: 2\n",
    ],
    [
      "flow style",
      'version: 1\nchecks: {linked-issue: {"minimum": 2}, metric-threshold: { },\n  data-leakage: { level: warn, }, }\n',
      'version: 2\nchecks: {linked-issue: {"minimum": 2, level: block}, metric-threshold: { level: block },\n  data-leakage: { level: warn, also_block: [target-copy], }, }\n',
    ],
    [
      "all of it in flow style",
      "{ version: 1 }",
      "{ version: 2, checks: { data-leakage: { level: warn, also_block: [target-copy] }, linked-issue: { level: block }, metric-threshold: { level: block } } }",
    ],
    [
      "an empty mapping",
      "version: 1\nchecks: {}\n",
      "version: 2\nchecks: { data-leakage: { level: warn, also_block: [target-copy] }, linked-issue: { level: block }, metric-threshold: { level: block } }\n",
    ],
    [
      "Windows line ends, a byte order mark and a document's marks",
      "\uFEFF---\r\nchecks:\r\n  linked-issue:\r\n    level: off\r\n  metric-threshold: {level: off}\r\nversion: 1\r\n...\r\n",
      "\uFEFF---\r\nchecks:\r\n  linked-issue:\r\n    level: off\r\n  metric-threshold: {level: off}\r\n  data-leakage: { level: warn, also_block: [target-copy] }\r\nversion: 2\r\n...\r\n",
    ],
    [
      "kinds that are written, and a check that does not warn",
      "version: 1\nchecks:\n  data-leakage:\n    also_block:\n    - date-overlap\n  linked-issue: { level: off }\n  metric-threshold: { level: off }\n",
      "version: 2\nchecks:\n  data-leakage:\n    also_block:\n    - date-overlap\n    level: warn\n  linked-issue: { level: off }\n  metric-threshold: { level: off }\n",
    ],
    [
      "anchors, tags and explicit keys",
      "&top\nversion: &v !!int 1\nchecks: !!map\n  ? &k linked-issue\n  : &m {minimum: 2}\n  metric-threshold: { # later\n  }\n",
      "&top\nversion: &v !!int 2\nchecks: !!map\n  ? &k linked-issue\n  : &m {minimum: 2, level: block}\n  metric-threshold: { level: block  # later\n  }\n  data-leakage: { level: warn, also_block: [target-copy] }\n",
    ],
    [
      "a check that blocks needs no kinds",
      "version: 1\nchecks:\n  data-leakage: { level: block }\n  linked-issue: { level: block }\n  metric-threshold: { level: warn }\n",
      "version: 2\nchecks:\n  data-leakage: { level: block }\n  linked-issue: { level: block }\n  metric-threshold: { level: warn }\n",
    ],
  ])("%s", (_, before, after) => {
    expect(migrate(before, { known: few }).text).toBe(after);
  });
});

it("says of each level what it was, what it is and where it comes from", () => {
  const text = "version: 1\nchecks: { metric-threshold: { level: warn } }\n";
  expect(migrate(text, { known: few }).values).toEqual([
    { check: "data-leakage", key: "level", was: "warn", now: "warn", from: "default of version 2" },
    { check: "data-leakage", key: "also_block", was: "none", now: "target-copy", from: "default of version 2" },
    { check: "linked-issue", key: "level", was: "warn", now: "block", from: "default of version 2" },
    { check: "metric-threshold", key: "level", was: "warn", now: "warn", from: "the file" },
  ]);
  expect(migrate(text, { known: few, keep: true })).toEqual({
    was: 1,
    now: 2,
    text: "version: 2\nchecks: { metric-threshold: { level: warn }, data-leakage: { level: warn, also_block: [] }, linked-issue: { level: warn } }\n",
    values: [
      { check: "data-leakage", key: "level", was: "warn", now: "warn", from: "default of version 1" },
      { check: "linked-issue", key: "level", was: "warn", now: "warn", from: "default of version 1" },
      { check: "metric-threshold", key: "level", was: "warn", now: "warn", from: "the file" },
    ],
  });
});

it("has nothing to do for the newest version", () => {
  const outcome = migratePolicy("version: 2\n", "modelsync.yml", checks, { keep: false });
  expect(outcome).toEqual({ ok: true, value: null, notes: [] });
});

it.each<[what: string, text: string, codes: string[]]>([
  [
    "every mistake",
    "version: 1\nmodel: []\nchecks: { linked-issue: { level: on }, nothing: {} }",
    ["unknown-key", "invalid-value", "unknown-key"],
  ],
  ["a version that does not exist", "version: 3", ["invalid-value"]],
  ["a file that would become too large", `version: 1\nmodels: []\n#${"x".repeat(65_450)}`, ["policy-not-migrated"]],
])("refuses %s", (_, text, codes) => {
  const outcome = migratePolicy(text, "modelsync.yml", checks, { keep: false });
  expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code).sort()).toEqual(codes.sort());
});

const level = fc.constantFrom("block", "warn", "off");
const entries: Record<string, fc.Arbitrary<object>> = {
  ...Object.fromEntries(
    [...checks.keys()].map((id) => [id, fc.record({ level, waivable: fc.boolean() }, { requiredKeys: [] })]),
  ),
  "linked-issue": fc.record({ minimum: fc.integer({ min: 1, max: 9 }), level }, { requiredKeys: [] }),
  "pr-checklist": fc.record(
    { require: fc.array(fc.constantFrom("Tested", "a: b", "# c", "x\ny")), level },
    { requiredKeys: [] },
  ),
  "data-leakage": fc.record(
    {
      level,
      also_block: fc.subarray(["target-copy", "date-overlap"]),
      ignore: fc.array(fc.constantFrom("age", "off", "1")),
    },
    { requiredKeys: [] },
  ),
};

const policies = fc.record(
  {
    version: fc.constant(1),
    models: fc.constantFrom(
      [],
      [{ id: "a", experiment: "a.yml", metrics: { recall: { min: null } }, slices: ["sex"] }],
    ),
    checks: fc.record(entries, { requiredKeys: [] }),
    exempt: fc.constantFrom({}, { bots: ["dependabot"] }),
    waivers: fc.constant({ max_days: 30 }),
  },
  { requiredKeys: ["version"] },
);

interface Style {
  flow: boolean[];
  comments: boolean[];
  order: number;
  indent: number;
  indentSeq: boolean;
  eol: string;
  mark: string;
  begin: string;
  end: boolean;
  quotes: boolean[];
}

const styles: fc.Arbitrary<Style> = fc.record({
  flow: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  comments: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  order: fc.nat(4),
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  eol: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\uFEFF"),
  begin: fc.constantFrom("", "---\n", "# all\n\n", "--- # one\n"),
  end: fc.boolean(),
  quotes: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
});

/** The policy as some person might have written it. */
function write(policy: object, style: Style): string {
  const keys = Object.entries(policy);
  const turned = [...keys.slice(style.order % keys.length), ...keys.slice(0, style.order % keys.length)];
  const document = new Document(Object.fromEntries(turned));
  let at = 0;
  const next = (choices: boolean[]) => choices[at++ % choices.length]!;
  visit(document, {
    Node(_, node) {
      if (isCollection(node) && node.items.length > 0) node.flow = next(style.flow) && node !== document.contents;
      if (isScalar(node) && typeof node.value === "string" && next(style.quotes)) node.type = "QUOTE_DOUBLE";
      if (!next(style.comments)) return;
      if (isMap(node)) for (const { key } of node.items) (key as Node).commentBefore = " before: it";
      else if (isScalar(node) && typeof node.value !== "string") node.comment = ` after { ${at}`;
    },
  });
  const text = document.toString({ indent: style.indent, indentSeq: style.indentSeq });
  return style.mark + (style.begin + (style.end ? text : text.trimEnd())).replaceAll("\n", style.eol);
}

describe("whatever a policy says and however it is written", () => {
  it.each([false, true])("it says what the table says, keep levels: %s", (keep) => {
    fc.assert(
      fc.property(policies, styles, (said, style) => {
        const text = write(said, style);
        const before = parse(text);
        const { text: migrated, values } = migrate(text, { keep });
        const after = parse(migrated);
        // What is written stays, in its order.
        let from = 0;
        for (const character of text.replace(/(version"?: )1/, "$12")) {
          from = migrated.indexOf(character, from) + 1;
          if (from === 0) throw new Error(`${JSON.stringify(character)} is lost`);
        }
        const tell = ({ checks: of }: Policy, key: "was" | "now") =>
          values.map((value) => {
            const { level, alsoBlock = [] } = of[value.check]!;
            const told = value.key === "level" ? level : alsoBlock.join(", ") || "none";
            return [value.check, value.key, told, value[key]];
          });
        for (const [check, key, told, shown] of [...tell(before, "was"), ...tell(after, "now")]) {
          expect([check, key, shown]).toEqual([check, key, told]);
        }
        const rest = ({ defaults: _, version: __, checks: of, ...policy }: Policy) => ({
          ...policy,
          checks: Object.fromEntries(
            Object.entries(of).map(([id, { level, alsoBlock, ...entry }]) => [
              id,
              keep ? { level, alsoBlock, ...entry } : entry,
            ]),
          ),
        });
        expect(rest(after)).toEqual(rest(before));
        expect(after.defaults?.filter((key) => /^checks\..*\.level$/.test(key))).toEqual([]);
        expect(migratePolicy(migrated, "modelsync.yml", checks, { keep })).toMatchObject({ ok: true, value: null });
      }),
      { numRuns: 60, seed: 9 },
    );
  });
});
