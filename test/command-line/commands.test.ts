import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { launcher, modelsync } from "./run-command.ts";

const policy = `version: 1
models:
  - id: income
    experiment: income.yml
    metrics:
      roc_auc: { tolerance: 0.01 }
checks:
  acceptance-criteria: { level: block }
`;

let git: GitRepository;
let outside: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  git = new GitRepository();
  git.commit({ "readme.txt": "no policy yet" });
  git.git("branch", "before");
  git.commit({ ".github/modelsync.yml": policy, "income.yml": incomeExperiment(), "data/income.csv": incomeCsv() });
  const branch = (name: string, files: Parameters<GitRepository["commit"]>[0], message: string) => {
    git.checkout("main");
    git.branch(name);
    git.commit(files, message);
  };
  branch("same", { "readme.txt": "a word" }, "Say a word");
  branch("worse", { "income.yml": incomeExperiment("exclude: [hours]") }, "Drop hours");
  branch("typo", { "income.yml": incomeExperiment("exlude: [hours]") }, "Mistype");
  const brought = policy.replace("checks:", "  - { id: wage, experiment: wage.yml }\nchecks:");
  branch(
    "brings",
    { ".github/modelsync.yml": brought, "wage.yml": incomeExperiment().replace("target: income", "target: wage") },
    "Bring a model",
  );
  branch("gone", { "data/income.csv": null }, "Lose the data");
  branch("broken-policy", { ".github/modelsync.yml": "version: 1\nmodels: [&a {}, *a]\n" }, "Break the policy");
  branch(
    "evil",
    { "income.yml": incomeExperiment('exclude: ["\\e]0;owned\\a\\e[2J\\u202eage"]') },
    "Paint the terminal",
  );
  branch(
    "slow",
    {
      "income.yml":
        "data: data/income.csv\ntarget: income\nmodel: { type: gradient-boosting, learning_rate: 0.0001, max_iterations: 10000 }\n",
      "data/income.csv": incomeCsv({ rows: 20_000 }),
    },
    "Take your time",
  );
  git.checkout("same");
});
afterAll(() => {
  git[Symbol.dispose]();
  rmSync(outside, { recursive: true });
});

const run = (...args: string[]) => modelsync(git.folder, args);
const review = (head: string, ...more: string[]) => run("review", "--base", "main", "--head", head, ...more);

describe("modelsync review", () => {
  it("passes a change that does no harm", () => {
    const { status, stdout, stderr } = review("same");
    const short = (revision: string) => git.git("rev-parse", "--short=7", revision);
    expect([status, stderr, ...stdout.split("\n").slice(0, 2)]).toEqual([
      0,
      "",
      "✓ ModelSync: nothing measured changed",
      `  Compared ${short("same")} (same) with ${short("main")} (main).`,
    ]);
  });

  it("fails a change that makes the model worse, and says so first", () => {
    const { status, stdout } = review("worse");
    expect([status, stdout.split("\n")[0]]).toEqual([1, "✗ ModelSync: this change makes income worse"]);
    expect(stdout).toMatch(/✗ {2}ROC AUC .* regressed beyond 0.01, DeLong\n/);
  });

  it.each([
    ["an experiment with a mistake", "typo", "Did you mean exclude?"],
    ["data that is gone", "gone", "Commit data/income.csv, or correct the path."],
  ])("never passes %s, and says what to do", (_, head, remedy) => {
    const { status, stdout } = review(head);
    expect([status === 0, stdout.includes(remedy)]).toEqual([false, true]);
  });

  it("fails a policy whose new model has no such column", () => {
    const { status, stdout } = review("brings");
    expect([status, stdout.includes("The data has no column wage.")]).toEqual([1, true]);
  });

  it("fails a change that breaks the policy", () => {
    const { status, stdout } = review("broken-policy");
    expect([status, stdout.includes("The alias *a is not allowed.")]).toEqual([1, true]);
  });

  it("is judged by the base's policy only: without one, nothing can be evaluated", () => {
    expect(run("review", "--base", "before", "--head", "same")).toEqual({
      status: 2,
      stdout: "",
      stderr: [
        ".github/modelsync.yml: before has no policy, so there is nothing to review by. [configuration/policy-missing]",
        "  allowed: a policy on the base branch, so that a change cannot set its own bar",
        "  Commit .github/modelsync.yml to before. The smallest one is: version: 2, models: [{ id: my-model, experiment: experiment.yml, metrics: { accuracy: { tolerance: 0.01 } } }].",
        "",
      ].join("\n"),
    });
  });

  it("cannot be evaluated when the base's policy is broken", () => {
    const { status, stdout, stderr } = run("review", "--base", "broken-policy", "--head", "same");
    expect([status, stdout, stderr.includes("The alias *a is not allowed.")]).toEqual([2, "", true]);
  });

  it("writes JSON that tells the format, the verdict and the facts", () => {
    const { status, stdout } = review("worse", "--format", "json");
    const { format, version, verdict, facts } = JSON.parse(stdout);
    expect([status, format, version, verdict.conclusion, facts.door, Object.keys(facts)]).toEqual([
      1,
      "modelsync-review",
      1,
      "fail",
      "git",
      [
        "door",
        "repository",
        "pullRequest",
        "linkedIssues",
        "changedFiles",
        "reviews",
        "requestedTeams",
        "policy",
        "now",
        "policyChange",
        "models",
      ],
    ]);
  });

  it("writes the comment that would be posted", () => {
    const { status, stdout } = review("worse", "--format", "markdown");
    expect([status, stdout.split("\n")[0]]).toEqual([1, "### ✗ ModelSync: this change makes `income` worse"]);
  });

  it("reads from a file what only GitHub knows", () => {
    const file = join(outside, "pull-request.yml");
    const criterion = "## Acceptance criteria\\n- [ ] roc_auc >= 0.999\\n";
    writeFileSync(
      file,
      `title: Improve\nbody: "Fixes #12"\nlabels: [model]\nlinkedIssues:\n  - { number: 12, title: More, body: "${criterion}" }\n`,
    );
    const { status, stdout } = review("same", "--pull-request", file);
    expect([status, stdout.includes("linked-issue")]).toEqual([1, true]);
    expect(stdout).toMatch(/✗ acceptance-criteria/);
  });

  it("tells every mistake in that file at once", () => {
    const file = join(outside, "wrong.yml");
    writeFileSync(file, "titel: x\nlabels: model\nlinkedIssues: [{ number: -1 }]\n");
    const { status, stdout, stderr } = review("same", "--pull-request", file);
    const places = stderr.split("\n").filter((line) => line.startsWith(file));
    expect([status, stdout, places.length]).toEqual([2, "", 3]);
  });

  it("keeps escape sequences and invisible characters from the terminal", () => {
    const { stdout } = review("evil");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(stdout.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/g)).toBe(null);
  });

  it("says on standard error that uncommitted changes are not reviewed", () => {
    writeFileSync(join(git.folder, "readme.txt"), "not committed");
    const { status, stderr } = run("review", "--base", "main");
    git.git("checkout", "--", "readme.txt");
    expect([status, stderr]).toEqual([
      0,
      "The working tree has uncommitted changes. They are not reviewed: only what is committed is.\n",
    ]);
  });

  it("leaves nothing in the working tree", () => {
    expect(git.git("status", "--porcelain", "--ignored")).toBe("");
  });
});

describe("modelsync replay", () => {
  it("judges saved facts again, with the same result", () => {
    const file = join(outside, "facts.json");
    const first = review("worse", "--save", file);
    expect(modelsync(outside, ["replay", file])).toEqual(first);
  });

  it.each([
    ["not there", null, "The file could not be read: ENOENT."],
    ["not JSON", "{", "The file is not JSON."],
    ["something else", "{}", "The file does not hold saved facts: format is"],
    [
      "of another version",
      '{"format":"modelsync-facts","version":2}',
      "The file does not hold saved facts: version is",
    ],
    [
      "cut",
      '{"format":"modelsync-facts","version":1,"facts":{"door":"git"}}',
      "The file does not hold saved facts: facts.",
    ],
  ])("refuses a file that is %s", (_, content, message) => {
    const file = join(outside, "other.json");
    rmSync(file, { force: true });
    if (content !== null) writeFileSync(file, content);
    const { status, stdout, stderr } = modelsync(outside, ["replay", file]);
    expect([status, stdout, stderr.startsWith(`${file}: ${message}`)]).toEqual([2, "", true]);
  });
});

describe("modelsync run and predict", () => {
  it("write a model that predicts what it predicted", () => {
    const out = join(outside, "out");
    const ran = run("run", "--revision", "main", "--model", "income", "--output", out);
    expect([ran.status, readdirSync(out)]).toEqual([
      0,
      [
        "lineage.json",
        "metrics.json",
        "model.json",
        "model.onnx",
        "predictions.csv",
        "predictions.parquet",
        "profile.json",
      ],
    ]);
    const data = join(outside, "income.csv");
    writeFileSync(data, incomeCsv());
    const predicted = modelsync(outside, ["predict", "--model", join(out, "model.json"), "--data", data]);
    const [header, ...rows] = predicted.stdout.trimEnd().split("\n");
    expect([predicted.status, header, rows.length]).toEqual([
      0,
      "row,predicted,probability of no,probability of yes",
      400,
    ]);
    const heldOut = readFileSync(join(out, "predictions.csv"), "utf8").trimEnd().split("\n").slice(1);
    const withoutActual = heldOut.map((line) => line.split(",").toSpliced(1, 1).join(","));
    expect(withoutActual.filter((line) => !rows.includes(line))).toEqual([]);
  });

  it.each([
    ["an unknown model", ["run", "--model", "churn"], "--model: The policy has no model of this id."],
    ["an unknown revision", ["run", "--revision", "nope"], "--revision: This repository has no such branch"],
    [
      "an output that is a file",
      ["run", "--model", "income", "--output", "readme.txt"],
      "readme.txt: This is a file, not a folder.",
    ],
    [
      "a broken experiment",
      ["run", "--revision", "typo"],
      "income.yml:4:1 (exlude): There is no key exlude here. [configuration/unknown-key]",
    ],
    [
      "an experiment that takes too long",
      ["run", "--revision", "slow", "--timeout", "1"],
      "income.yml: The experiment did not finish within 1 second.",
    ],
    [
      "an experiment that needs too much memory",
      ["run", "--revision", "main", "--memory", "40", "--output", "out"],
      "income.yml: The experiment needed more than 40 MiB of memory.",
    ],
    [
      "a prediction that needs too much memory",
      ["predict", "--model", "readme.txt", "--data", "x.csv", "--memory", "40"],
      "x.csv: The prediction needed more than 40 MiB of memory.",
    ],
    ["no model file", ["predict", "--model", "nope.json", "--data", "x.csv"], "nope.json: The file could not be read"],
    [
      "a model file that is none",
      ["predict", "--model", "readme.txt", "--data", "x.csv"],
      "readme.txt: The model file is not JSON.",
    ],
  ])("refuse %s", (_, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout, stderr.slice(0, message.length)]).toEqual([2, "", message]);
    expect(existsSync(join(git.folder, "out"))).toBe(false);
  });

  it("predict into a file, a pipe, or nowhere", () => {
    const out = join(outside, "model");
    expect(run("run", "--revision", "main", "--model", "income", "--output", out).status).toBe(0);
    writeFileSync(join(out, "rows.csv"), incomeCsv());
    const predict = (...more: string[]) =>
      modelsync(out, ["predict", "--model", "model.json", "--data", "rows.csv", ...more]);
    const printed = predict();
    const before = readdirSync(out);
    expect(predict("--output", "predicted.csv")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(out, "predicted.csv"), "utf8")).toBe(printed.stdout);
    expect(readdirSync(out)).toEqual([...before, "predicted.csv"].sort());
    const piped = 'mkfifo pipe && { "$0" "$@" --output pipe & cat pipe; wait $!; echo $?; rm pipe; }';
    const args = ["-c", piped, process.execPath, launcher, "predict", "--model", "model.json", "--data", "rows.csv"];
    expect(spawnSync("bash", args, { cwd: out, encoding: "utf8" }).stdout).toBe(`${printed.stdout}0\n`);
    expect(predict("--output", ".")).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining(".: This is a folder, not a file."),
    });
    expect(predict("--output", "no/such/folder.csv")).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("no/such: The folder cannot be written to: ENOENT."),
    });
  });

  it("predict a linked file, and never over what they read", () => {
    const out = join(outside, "model");
    writeFileSync(join(out, "rows.csv"), incomeCsv());
    symlinkSync("rows.csv", join(out, "latest.csv"));
    const before = Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), "utf8")]));
    const predict = (data: string, ...more: string[]) =>
      modelsync(out, ["predict", "--model", "model.json", "--data", data, ...more]);
    expect(predict("latest.csv")).toEqual(predict("rows.csv"));
    for (const [data, output] of [
      ["rows.csv", "./rows.csv"],
      ["latest.csv", "rows.csv"],
      ["rows.csv", "latest.csv"],
      ["rows.csv", "model.json"],
    ] as const) {
      const { status, stdout, stderr } = predict(data, "--output", output);
      expect([status, stdout, stderr.split("\n")[0]]).toEqual([
        2,
        "",
        `${output}: The predictions would replace the file that they are made from. [configuration/output-is-input]`,
      ]);
    }
    expect(Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), "utf8")]))).toEqual(
      before,
    );
  });
});

describe("misuse ends with 2 and says what to do", () => {
  it.each([
    ["no command", []],
    ["an unknown command", ["revue"]],
    ["no base", ["review"]],
    ["an unknown format", ["review", "--base", "main", "--format", "xml"]],
    ["a time limit of nothing", ["review", "--base", "main", "--timeout", "0"]],
    ["an unknown option", ["review", "--base", "main", "--fast"]],
  ])("%s", (_, args) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout, stderr.includes("--help")]).toEqual([2, "", true]);
  });

  it("a file that cannot be written, after the result was told", () => {
    const file = join(outside, "no", "such", "facts.json");
    const { status, stdout, stderr } = review("same", "--save", file);
    expect([status, stdout.split("\n")[0], stderr]).toEqual([
      2,
      "✓ ModelSync: nothing measured changed",
      `${file}: the system refused this file or folder (ENOENT). Check that it exists and may be written.\n`,
    ]);
  });

  it("outside a repository", () => {
    const { status, stderr } = modelsync(outside, ["review", "--base", "main"]);
    expect([
      status,
      stderr
        .split("\n")[0]
        ?.endsWith("This folder is not inside a git repository that can be read. [dependency/no-repository]"),
    ]).toEqual([2, true]);
  });
});
