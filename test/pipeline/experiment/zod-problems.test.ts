import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readYaml } from "../../../pipeline/experiment/read-yaml.ts";
import { zodProblems } from "../../../pipeline/experiment/zod-problems.ts";

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.int().min(1).max(3).default(2),
  share: z.number().gt(0).lt(1).optional(),
  kind: z.enum(["a", "b c"]).nullable(),
  list: z.array(z.strictObject({ on: z.boolean() })).default([]),
  file: z.string().refine((path) => !path.startsWith("/"), {
    message: "The path is absolute.",
    params: { code: "bad-path", allowed: "a relative path", remedy: "Remove the leading slash." },
  }),
});

const at = (line: number, column: number, key: string) => ({ path: "m.yml", line, column, key });

describe("zodProblems", () => {
  it("reports every mistake at once, with place, what was written and what is allowed", () => {
    const outcome = readYaml(
      "count: 2.50\nshare: 1\nkind: c\nlist:\n  - on: true\n  - on: perhaps\n    of: 1\nfile: /etc/x\ncuont: 1\n",
      "m.yml",
    );
    if (!outcome.ok) throw new Error("unexpected");
    const parsed = schema.safeParse(outcome.value.value);
    expect(zodProblems(parsed.error!, schema, outcome.value)).toEqual([
      {
        code: "missing-key",
        where: at(1, 1, "name"),
        message: "The key name is missing.",
        allowed: "text, not empty",
        remedy: "Add name: text, not empty.",
      },
      {
        code: "invalid-value",
        where: at(1, 1, "count"),
        message: "The value of count is not allowed.",
        written: "2.50",
        allowed: "a whole number, at least 1, at most 3",
        remedy: "Write a whole number, at least 1, at most 3.",
      },
      {
        code: "invalid-value",
        where: at(2, 1, "share"),
        message: "The value of share is not allowed.",
        written: "1",
        allowed: "a number, over 0, under 1",
        remedy: "Write a number, over 0, under 1.",
      },
      {
        code: "invalid-value",
        where: at(3, 1, "kind"),
        message: "The value of kind is not allowed.",
        written: "c",
        allowed: 'a, "b c" or null',
        remedy: 'Write a, "b c" or null.',
      },
      {
        code: "invalid-value",
        where: at(6, 5, "list[1].on"),
        message: "The value of list[1].on is not allowed.",
        written: "perhaps",
        allowed: "true or false",
        remedy: "Write true or false.",
      },
      {
        code: "unknown-key",
        where: at(7, 5, "list[1].of"),
        message: "There is no key of here.",
        written: "of",
        allowed: "on",
        remedy: "Did you mean on?",
      },
      {
        code: "bad-path",
        where: at(8, 1, "file"),
        message: "The path is absolute.",
        written: "/etc/x",
        allowed: "a relative path",
        remedy: "Remove the leading slash.",
      },
      {
        code: "unknown-key",
        where: at(9, 1, "cuont"),
        message: "There is no key cuont here.",
        written: "cuont",
        allowed: "name, count, share, kind, list, file",
        remedy: "Did you mean count?",
      },
    ]);
  });

  it("points into the file when only a part was parsed", () => {
    const outcome = readYaml("model:\n  on: 3\n", "m.yml");
    if (!outcome.ok) throw new Error("unexpected");
    const part = z.strictObject({ on: z.boolean() });
    const parsed = part.safeParse({ on: 3 });
    expect(zodProblems(parsed.error!, part, outcome.value, ["model"])).toEqual([
      {
        code: "invalid-value",
        where: at(2, 3, "model.on"),
        message: "The value of model.on is not allowed.",
        written: "3",
        allowed: "true or false",
        remedy: "Write true or false.",
      },
    ]);
  });

  it("answers an empty file", () => {
    const outcome = readYaml("", "m.yml");
    if (!outcome.ok) throw new Error("unexpected");
    const parsed = schema.safeParse(outcome.value.value);
    expect(zodProblems(parsed.error!, schema, outcome.value)).toEqual([
      {
        code: "invalid-value",
        where: at(1, 1, ""),
        message: "The value of the file is not allowed.",
        written: "null",
        allowed: "a mapping with the keys name, count, share, kind, list, file",
        remedy: "Write a mapping with the keys name, count, share, kind, list, file.",
      },
    ]);
  });
});
