import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { startNode } from "../support/start-node.ts";
import { modelsync } from "./run-command.ts";

const policy = `version: 1
models:
  - { id: income, experiment: income.yml }
  - { id: again, experiment: income.yml }
`;

let git: GitRepository;
let outside: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  git = new GitRepository();
  git.commit({ ".github/modelsync.yml": policy, "income.yml": incomeExperiment(), "data/income.csv": incomeCsv() });
});
afterAll(() => {
  git[Symbol.dispose]();
  rmSync(outside, { recursive: true });
});

const run = (...args: string[]) => modelsync(git.folder, args);
const search = ["tune", "--model", "income", "--estimator", "gradient-boosting", "--trials", "12", "--folds", "3"];
const results = ["trials.csv", "tuning.json", "tuning.md"];
const read = (folder: string) => results.map((name) => readFileSync(join(folder, name), "utf8"));
const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0);

/** Starts the search and kills it, without a warning, when its journal has this many lines. */
async function killAfter(lines: number, folder: string): Promise<void> {
  const cli = resolve("bin/modelsync.js");
  const child = startNode(cli, [...search, "--output", folder, "--resume"], {
    cwd: git.folder,
    stdio: "ignore",
    env: { PATH: process.env.PATH ?? "", HOME: outside },
  });
  const ended = new Promise<void>((done) => child.on("exit", () => done()));
  const watch = setInterval(() => {
    if (linesOf(join(folder, "journal.jsonl")) >= lines) child.kill("SIGKILL");
  }, 2);
  await ended;
  clearInterval(watch);
}

describe("modelsync tune", () => {
  it("goes on after being killed at any moment, to the very same result", async () => {
    const whole = join(outside, "whole");
    const printed = run(...search, "--output", whole);
    expect([printed.status, printed.stderr, readdirSync(whole).sort()]).toEqual([0, "", ["journal.jsonl", ...results]]);

    const broken = join(outside, "broken");
    const journal = join(broken, "journal.jsonl");
    await killAfter(3, broken);
    const afterFirst = linesOf(journal);
    await killAfter(afterFirst + 2, broken);
    expect([afterFirst >= 3, linesOf(journal) > afterFirst, existsSync(join(broken, "tuning.json"))]).toEqual([
      true,
      true,
      false,
    ]);
    const finished = readFileSync(journal, "utf8");
    appendFileSync(journal, '{"trial":7,"share":1,"mod');
    expect(run(...search, "--output", broken, "--resume")).toEqual(printed);
    expect(read(broken)).toEqual(read(whole));
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    const trials = lines.slice(1).map((line) => JSON.parse(line).trial);
    expect([trials, readFileSync(journal, "utf8").startsWith(finished)]).toEqual([[...Array(12).keys()], true]);
  });

  it("ends with the block to paste, which the experiment file takes", () => {
    const { stdout } = run("tune", "--model", "income", "--trials", "3", "--space", "class_weight=balanced");
    const block = stdout.slice(stdout.lastIndexOf("\nmodel:\n") + 1);
    const branch = new GitRepository();
    const experiment = `data: data/income.csv\ntarget: income\n${block}`;
    branch.commit({ ".github/modelsync.yml": policy, "income.yml": experiment, "data/income.csv": incomeCsv() });
    const { status, stderr } = modelsync(branch.folder, ["validate"]);
    branch[Symbol.dispose]();
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("never writes over the journal of another search", () => {
    const folder = join(outside, "other");
    const small = ["tune", "--model", "income", "--trials", "2", "--output", folder];
    expect(run(...small).status).toBe(0);
    const journal = readFileSync(join(folder, "journal.jsonl"), "utf8");
    const codes = [run(...small), run(...small, "--resume", "--seed", "1")].map(({ status, stdout, stderr }) => [
      status,
      stdout,
      stderr.split("\n")[0]?.replace(outside, ""),
    ]);
    expect(codes).toEqual([
      [2, "", "/other/journal.jsonl: This folder holds the journal of a search. [configuration/journal-exists]"],
      [
        2,
        "",
        "/other/journal.jsonl: This journal belongs to another search. [configuration/journal-of-another-search]",
      ],
    ]);
    expect(readFileSync(join(folder, "journal.jsonl"), "utf8")).toBe(journal);
    const [head, first, second] = journal.split("\n");
    writeFileSync(join(folder, "journal.jsonl"), [head, `${first}}`, second, ""].join("\n"));
    expect(
      run(...small, "--resume")
        .stderr.split("\n")[0]
        ?.replace(outside, ""),
    ).toBe(
      "/other/journal.jsonl:2: This line of the journal was not written by modelsync tune. [configuration/journal-damaged]",
    );
  });

  it.each([
    ["several models", ["tune"], "--model: The policy has 2 models, and this command takes one."],
    ["nothing to resume", ["tune", "--model", "income", "--resume"], "--resume: Without --output nothing was kept"],
    ["a file as folder", ["tune", "--model", "income", "--output", "income.yml"], "income.yml: The folder cannot be"],
    ["a folder that cannot be", ["tune", "--model", "income", "--output", "/proc/x"], "/proc/x: The folder cannot be"],
    ["one fold", ["tune", "--model", "income", "--folds", "1"], "error: option '--folds <number>' argument '1'"],
    ["a wrong seed", ["tune", "--model", "income", "--seed", "-1"], "error: option '--seed <number>' argument '-1'"],
    ["models to compare", ["compare-models"], "--model: The policy has 2 models, and this command takes one."],
    ["an unknown metric", ["compare-models", "--model", "income", "--metric", "auc"], "--metric: There is no metric"],
  ])("refuses %s", (_, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout, stderr.slice(0, message.length)]).toEqual([2, "", message]);
  });
});

describe("modelsync compare-models", () => {
  it("prints one table with every model", () => {
    const folder = join(outside, "models");
    const { status, stdout, stderr } = run("compare-models", "--model", "income", "--output", folder);
    const timeless = stdout.replace(/ +[\d,]+ ms$/gm, "");
    expect([status, stderr, readdirSync(folder).sort()]).toEqual([0, "", ["models.csv", "models.json", "models.md"]]);
    expect(timeless).toMatchInlineSnapshot(`
      "income: 5 models of income by ROC AUC, 291 training rows, 109 held out
           model                            ROC AUC  95 % interval       against the best                              fit
        1  Logistic regression, as written  0.8864   (0.8139 to 0.9356)                                best
        2  Gaussian naive Bayes             0.8586   (0.7810 to 0.9169)  −0.0278 (−0.0696 to 0.0141)   not told apart
        3  Gradient boosting                0.8156   (0.7169 to 0.8853)  −0.0708 (−0.1169 to −0.0248)  worse
        4  Decision tree                    0.7690   (0.6652 to 0.8462)  −0.1175 (−0.1783 to −0.0566)  worse
        5  Baseline                         0.5000   (0.5000 to 0.5000)  −0.3864 (−0.4455 to −0.3274)  worse
        Signal: the features say something about the target. Logistic regression differs from the baseline by +0.3864 (0.3274 to 0.4455) in ROC AUC.
        The 109 hold-out rows did the ranking, so the best value is a little too good, and more so each time choices are made by it. To choose options use modelsync tune, which does not look at them.
      "
    `);
  });
});
