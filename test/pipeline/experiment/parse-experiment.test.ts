import { describe, expect, it } from "vitest";
import { parseExperiment } from "../../../pipeline/experiment/parse-experiment.ts";
import { estimators } from "./estimators.ts";

const parse = (text: string) => parseExperiment(text, "e.yml", estimators);

/** Short form of every problem: `code line:column key [written]`. */
function mistakes(text: string): string[] {
  const outcome = parse(text);
  if (outcome.ok) return [];
  return outcome.problems.map(
    ({ code, where, written }) => `${code} ${where.line}:${where.column} ${where.key} [${written ?? ""}]`,
  );
}

describe("parseExperiment", () => {
  it("fills in every default", () => {
    expect(parse("data: ./data/a.csv\ntarget: y\n")).toEqual({
      ok: true,
      notes: [],
      value: {
        data: "data/a.csv",
        target: "y",
        task: null,
        positive: null,
        key: null,
        exclude: [],
        features: null,
        columns: {},
        missing: ["NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL"],
        format: { delimiter: null, decimal: ".", encoding: null, header: true, names: null },
        split: { holdout: 0.25, seed: 42 },
        model: { type: "logistic-regression", c: 1 },
      },
    });
  });

  it("takes text as it was typed, not as YAML reads it", () => {
    const outcome = parse(
      'data: a.csv\ntarget: 2024\npositive: 1.0\nkey: 007\nmissing: [-200, null, ~, "?"]\nexclude: [1e3, true]\n' +
        "format: {header: false, names: [1, 02]}\nmodel: {type: tree}\n",
    );
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        target: "2024",
        positive: "1.0",
        key: "007",
        missing: ["-200", "null", "~", "?"],
        exclude: ["1e3", "true"],
        format: { names: ["1", "02"] },
        model: { type: "tree", depth: 4 },
      },
    });
  });

  it.each([
    ["is no feature", "time: day\nexclude: [b]\n", { time: "day", exclude: ["b", "day"] }],
    ["is one when listed", "time: day\nfeatures: [day, x]\n", { time: "day", exclude: [], features: ["day", "x"] }],
    ["may be the key", "time: day\nkey: day\n", { time: "day", key: "day" }],
    ["may be what splits by time", "time: day\nsplit: {by: time, column: day}\n", { time: "day", exclude: ["day"] }],
    ["may be the group", "time: day\nsplit: {by: group, column: day}\n", { time: "day", exclude: ["day"] }],
    ["may be beside a group", "time: day\nsplit: {by: group, column: g}\n", { time: "day", exclude: ["g", "day"] }],
    ["is taken as typed", "time: 2024\n", { time: "2024" }],
    ["may be written as none", "time: null\n", { time: undefined, exclude: [] }],
  ])("a time %s", (_, text, expected) => {
    expect(parse(`data: a.csv\ntarget: y\n${text}`)).toMatchObject({ ok: true, value: expected });
  });

  it("drops spaces around the names of columns, as the reader of headers does", () => {
    const text = `data: a.csv
target: " My  Target "
key: " id"
exclude: ["b "]
features: [" c", d]
columns: {" c ": numeric}
labels: {data: b.csv, key: [" id "]}
split: {by: time, column: "day "}
`;
    expect(parse(text)).toMatchObject({
      ok: true,
      value: {
        target: "My  Target",
        key: "id",
        exclude: ["b", "day", "id"],
        features: ["c", "d"],
        columns: { c: "numeric" },
        labels: { key: ["id"] },
        split: { column: "day" },
      },
    });
    expect(parse('data: a.csv\ntarget: "  "\n')).toMatchObject({ ok: false });
  });

  it("tells all mistakes at once, whole", () => {
    expect(parse("data: ../a.csv\nholdot: 0.3\nsplit: {holdout: 1}\nmodel: {type: tree, depht: 2}\n")).toEqual({
      ok: false,
      problems: [
        {
          code: "bad-path",
          where: { path: "e.yml", line: 1, column: 1, key: "data" },
          message: "The path contains .. and could leave the repository.",
          written: "../a.csv",
          allowed: "a path relative to the repository root, for example data/train.csv",
          remedy: "Write the path relative to the repository root, with /, without .. and without a scheme.",
        },
        {
          code: "missing-key",
          where: { path: "e.yml", line: 1, column: 1, key: "target" },
          message: "The key target is missing.",
          allowed: "text, not empty, at most 500 characters",
          remedy: "Add target: text, not empty, at most 500 characters.",
        },
        {
          code: "invalid-value",
          where: { path: "e.yml", line: 3, column: 9, key: "split.holdout" },
          message: "The value of split.holdout is not allowed.",
          written: "1",
          allowed: "a number, over 0, under 1",
          remedy: "Write a number, over 0, under 1.",
        },
        {
          code: "unknown-key",
          where: { path: "e.yml", line: 2, column: 1, key: "holdot" },
          message: "There is no key holdot here.",
          written: "holdot",
          allowed:
            "data, labels, target, task, positive, key, time, exclude, features, columns, missing, format, split, model",
          remedy: "Remove the key, or use one of the allowed ones.",
        },
        {
          code: "unknown-key",
          where: { path: "e.yml", line: 4, column: 21, key: "model.depht" },
          message: "There is no key depht here.",
          written: "depht",
          allowed: "depth",
          remedy: "Did you mean depth?",
        },
      ],
    });
  });

  it.each([
    ["nothing", "", "invalid-value 1:1  [null]"],
    ["a list", "- a\n", 'invalid-value 1:1  [["a"]]'],
    ["an unknown estimator", "data: a\ntarget: y\nmodel: {type: treee}\n", "unknown-estimator 3:9 model.type [treee]"],
    ["a bad option", "data: a\ntarget: y\nmodel: {c: 0}\n", "invalid-value 3:9 model.c [0]"],
    ["a model that is a word", "data: a\ntarget: y\nmodel: tree\n", "invalid-value 3:1 model [tree]"],
    ["an absolute path", "data: /etc/passwd\ntarget: y\n", "bad-path 1:1 data [/etc/passwd]"],
    ["a URL", "data: https://x.org/a.csv\ntarget: y\n", "bad-path 1:1 data [https://x.org/a.csv]"],
    ["a drive", "data: C:/a.csv\ntarget: y\n", "bad-path 1:1 data [C:/a.csv]"],
    ["backslashes", "data: a\\b.csv\ntarget: y\n", "bad-path 1:1 data [a\\b.csv]"],
    ["a NUL in a path", 'data: "a\\0b"\ntarget: y\n', "bad-path 1:1 data [a\\u0000b]"],
    ["a hidden ..", "data: a/../../b\ntarget: y\n", "bad-path 1:1 data [a/../../b]"],
    ["a path into .git", "data: .GIT/config\ntarget: y\n", "bad-path 1:1 data [.GIT/config]"],
    ["a folder", "data: data/\ntarget: y\n", "bad-path 1:1 data [data/]"],
    ["a bad path in a list", "data: [a.csv, ../b]\ntarget: y\n", "bad-path 1:15 data[1] [../b]"],
    ["an empty list of data", "data: []\ntarget: y\n", "invalid-value 1:1 data [[]]"],
    ["data that is no path", "data: {a: b}\ntarget: y\n", 'invalid-value 1:1 data [{"a":"b"}]'],
    ["a star too many", "data: a**b/c.csv\ntarget: y\n", "bad-path 1:1 data [a**b/c.csv]"],
    ["too many wildcards", `data: a${"/**".repeat(21)}\ntarget: y\n`, `bad-path 1:1 data [a${"/**".repeat(21)}]`],
    ["labels without a key", "data: a\ntarget: y\nlabels: {data: l.csv}\n", "missing-key 3:1 labels.key []"],
    [
      "labels outside the repository",
      "data: a\ntarget: y\nlabels: {data: /l.csv, key: id}\n",
      "bad-path 3:10 labels.data [/l.csv]",
    ],
    [
      "the target as the key of labels",
      "data: a\ntarget: y\nlabels: {data: l.csv, key: [id, y]}\n",
      "labels-key-is-target 3:23 labels.key [y]",
    ],
    [
      "a repeated key of labels",
      "data: a\ntarget: y\nlabels: {data: l.csv, key: [id, id]}\n",
      "repeated-name 3:23 labels.key [id]",
    ],
    ["infinite holdout", "data: a\ntarget: y\nsplit: {holdout: .inf}\n", "invalid-value 3:9 split.holdout [.inf]"],
    ["negative seed", "data: a\ntarget: y\nsplit: {seed: -1}\n", "invalid-value 3:9 split.seed [-1]"],
    ["unknown column type", "data: a\ntarget: y\ncolumns: {x: date}\n", "invalid-value 3:11 columns.x [date]"],
    ["key as target", "data: a\ntarget: y\nkey: y\n", "key-is-target 3:1 key [y]"],
    ["target excluded", "data: a\ntarget: y\nexclude: [y]\n", "target-excluded 3:1 exclude [y]"],
    ["target as feature", "data: a\ntarget: y\nfeatures: [y]\n", "target-is-feature 3:1 features [y]"],
    ["key as feature", "data: a\ntarget: y\nkey: k\nfeatures: [k]\n", "key-is-feature 4:1 features [k]"],
    ["excluded feature", "data: a\ntarget: y\nfeatures: [x]\nexclude: [x]\n", "feature-excluded 3:1 features [x]"],
    ["repeated column", "data: a\ntarget: y\nexclude: [x, z, x, x]\n", "repeated-name 3:1 exclude [x]"],
    ["a split by nothing known", "data: a\ntarget: y\nsplit: {by: day}\n", "invalid-value 3:9 split.by [day]"],
    ["the target as time", "data: a\ntarget: y\ntime: y\n", "time-is-target 3:1 time [y]"],
    [
      "two times",
      "data: a\ntarget: y\ntime: seen\nsplit: {by: time, column: sold}\n",
      "time-is-not-split 3:1 time [seen]",
    ],
    ["several times", "data: a\ntarget: y\ntime: [a, b]\n", 'invalid-value 3:1 time [["a","b"]]'],
    ["a time without a name", 'data: a\ntarget: y\ntime: ""\n', "invalid-value 3:1 time []"],
    [
      "a split by time without a column",
      "data: a\ntarget: y\nsplit: {by: time}\n",
      "split-column-needed 3:1 split.column []",
    ],
    [
      "a column that splits nothing",
      "data: a\ntarget: y\nsplit: {column: t}\n",
      "split-column-unused 3:9 split.column [t]",
    ],
    [
      "a target that splits",
      "data: a\ntarget: y\nsplit: {by: group, column: y}\n",
      "split-column-is-target 3:20 split.column [y]",
    ],
    [
      "groups as a feature",
      "data: a\ntarget: y\nfeatures: [x, g]\nsplit: {by: group, column: g}\n",
      "group-is-feature 3:1 features [g]",
    ],
    ["no header, no names", "data: a\ntarget: y\nformat: {header: false}\n", "names-needed 3:10 format.header []"],
    ["header and names", "data: a\ntarget: y\nformat: {names: [y]}\n", "names-unused 3:10 format.names []"],
    [
      "comma twice",
      'data: a\ntarget: y\nformat: {decimal: ",", delimiter: ","}\n',
      "decimal-is-delimiter 3:10 format.decimal []",
    ],
  ])("answers %s", (_, text, expected) => {
    expect(mistakes(text)).toEqual([expected]);
  });

  it.each([
    ["by hash is the default", "split: {by: hash}", { split: { holdout: 0.25, seed: 42 }, exclude: ["z"] }],
    [
      "by time excludes the column",
      "split: {by: time, column: 2024}",
      { split: { by: "time", column: "2024", holdout: 0.25, seed: 42 }, exclude: ["z", "2024"] },
    ],
    [
      "by time leaves a listed feature",
      "split: {by: time, column: t}\nfeatures: [t, x]",
      { split: { by: "time", column: "t", holdout: 0.25, seed: 42 }, exclude: ["z"] },
    ],
    [
      "by group takes a column that is excluded anyway",
      "split: {by: group, column: z, seed: 7, holdout: 0.5}",
      { split: { by: "group", column: "z", holdout: 0.5, seed: 7 }, exclude: ["z"] },
    ],
  ])("a split %s", (_, text, expected) => {
    const outcome = parse(`data: a.csv\ntarget: y\nexclude: [z]\n${text}\n`);
    expect(outcome.ok && { split: outcome.value.split, exclude: outcome.value.exclude }).toEqual(expected);
  });

  it.each([
    ["a pattern", "data: ./parts/**/*.csv", { data: "parts/**/*.csv", exclude: ["z"] }],
    ["a list", "data: [./a.csv, b.csv, a.csv, 2024]", { data: ["a.csv", "b.csv", "2024"], exclude: ["z"] }],
    ["a list of one", "data: [a.csv]", { data: "a.csv", exclude: ["z"] }],
    [
      "labels, whose key is no feature",
      "data: a.csv\nlabels: {data: ./l.csv, key: 1}",
      { data: "a.csv", labels: { data: "l.csv", key: "1" }, exclude: ["z", "1"] },
    ],
    [
      "labels by several columns, one of them a feature",
      "data: a.csv\nlabels: {data: l.csv, key: [id, 2024]}\nfeatures: [id, x]",
      { data: "a.csv", labels: { data: "l.csv", key: ["id", "2024"] }, exclude: ["z", "2024"] },
    ],
  ])("data may be %s", (_, text, expected) => {
    const outcome = parse(`${text}\ntarget: y\nexclude: [z]\n`);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const { data, labels, exclude } = outcome.value;
    expect({ data, ...(labels ? { labels } : {}), exclude }).toEqual(expected);
  });

  it("names a wrong estimator and a contradiction together", () => {
    expect(mistakes("data: a\ntarget: y\nkey: y\nmodel: {type: forest}\n")).toEqual([
      "unknown-estimator 4:9 model.type [forest]",
      "key-is-target 3:1 key [y]",
    ]);
  });

  it("reports at most fifty problems", () => {
    expect(
      mistakes(`data: a\ntarget: y\n${Array.from({ length: 500 }, (_, i) => `k${i}: 1\n`).join("")}`),
    ).toHaveLength(50);
  });
});
