import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodes } from "./exit-codes.ts";

const formats = ["terminal", "markdown", "json"];

/** A whole number of at least 1. */
function count(written: string): number {
  if (!/^[1-9]\d{0,8}$/.test(written)) throw new InvalidArgumentError("Write a whole number of at least 1.");
  return Number(written);
}

/** An unsigned number of 32 bits. */
function seed(written: string): number {
  if (!/^\d{1,10}$/.test(written) || Number(written) > 4_294_967_295) {
    throw new InvalidArgumentError("Write a whole number from 0 to 4294967295.");
  }
  return Number(written);
}

function folds(written: string): number {
  if (!/^\d{1,3}$/.test(written) || Number(written) < 2 || Number(written) > 100) {
    throw new InvalidArgumentError("Write a whole number from 2 to 100.");
  }
  return Number(written);
}

function collect(written: string, before: string[]): string[] {
  return [...before, written];
}

const repository = () => new Option("--repository <folder>", "the repository").default(".", "the current folder");
const timeout = (text: string) => new Option("--timeout <seconds>", text).argParser(count).default(300);
const memory = (text: string) => new Option("--memory <mebibytes>", text).argParser(count).default(2_048);
const format = () => new Option("--format <format>", "how to print the result").choices(formats).default("terminal");

/**
 * The commands and their options. Each command's code is loaded when it is asked for, so that `--help` and mistakes
 * answer at once.
 *
 * @param end receives the exit code of the command that ran
 */
export function buildProgram(version: string, end: (code: number) => void): Command {
  const program = new Command("modelsync")
    .description("Reviews machine-learning changes: what did this branch do to the model and the data?")
    .version(version)
    .showHelpAfterError("Run it with --help to see what it takes.")
    .addHelpText("after", exitCodeHelp);

  program
    .command("review")
    .description("review a local branch, or a pull request at GitHub, as ModelSync would review it there")
    .option("--base <branch>", "the branch it would be merged into; its policy decides")
    .option("--head <revision>", "the branch or commit to review (default: HEAD)")
    .option("--pull <pull-request>", "OWNER/REPO#N or its address: review this one, with the token of GITHUB_TOKEN")
    .option("--github-url <url>", "root of GitHub's REST API (default: GITHUB_API_URL, or https://api.github.com)")
    .addOption(format())
    .option(
      "--pull-request <file>",
      "YAML or JSON with what GitHub would know: title, body, labels, linked issues; or only the number",
    )
    .option("--waivers <file>", "honor the waivers of an exported ledger: modelsync ledger export --pull OWNER/REPO#N")
    .option("--save <file>", "write the facts, for modelsync replay")
    .option(
      "--cache <folder>",
      "keep finished runs here (default: inside the git folder; with --pull in ~/.cache/modelsync)",
    )
    .option("--no-cache", "train again whatever was trained before")
    .addOption(timeout("time that one model may take"))
    .addOption(memory("memory that one model may take"))
    .addOption(repository())
    .action(async ({ cache = true, ...options }) =>
      end(await (await import("./review.ts")).review({ ...options, cache })),
    );

  program
    .command("run")
    .description("run the experiment of one revision: metrics, model, predictions")
    .option("--revision <revision>", "the branch or commit", "HEAD")
    .option("--model <id>", "only this model of the policy")
    .option(
      "--output <folder>",
      "write model (JSON, ONNX), metrics, predictions (CSV, Parquet), profile and lineage here, in a folder per model unless --model names one",
    )
    .addOption(timeout("time that one model may take"))
    .addOption(memory("memory that one model may take"))
    .addOption(format())
    .addOption(repository())
    .action(async (options) => end(await (await import("./run.ts")).run(options)));

  program
    .command("predict")
    .description("predict with a model file that modelsync run wrote")
    .requiredOption("--model <file>", "the model file")
    .requiredOption("--data <file>", "a CSV file with the model's feature columns")
    .option("--experiment <file>", "how the data is written: format and missing of this experiment file")
    .option("--output <file>", "write the predictions here instead of printing them")
    .addOption(timeout("time that it may take"))
    .addOption(memory("memory that it may take"))
    .action(async (options) => end(await (await import("./predict.ts")).predict(options)));

  program
    .command("replay")
    .description("judge a review again that modelsync review --save wrote")
    .argument("<file>", "the saved facts")
    .addOption(format())
    .action(async (file, options) => end(await (await import("./replay.ts")).replay(file, options)));

  program
    .command("validate")
    .description("read the policy, the experiments and their data at one revision and tell every mistake")
    .option("--revision <revision>", "the branch or commit", "HEAD")
    .addOption(timeout("time that reading the data of one model may take"))
    .addOption(memory("memory that it may take"))
    .addOption(repository())
    .action(async (options) => end(await (await import("./validate.ts")).validate(options)));

  program
    .command("compare-models")
    .description("train every estimator that fits the task and rank them on one hold-out")
    .option("--revision <revision>", "the branch or commit", "HEAD")
    .option("--model <id>", "the model of the policy; needed when it has several")
    .option("--metric <metric>", "rank by this metric (default: roc_auc, f1_macro or r2, by task)")
    .option("--output <folder>", "write models.json, models.csv and models.md here")
    .addOption(format())
    .addOption(repository())
    .action(async (options) => end(await (await import("./compare-models.ts")).compareModels(options)));

  program
    .command("tune")
    .description("look for better options of one estimator, by cross-validation on the training rows")
    .option("--revision <revision>", "the branch or commit", "HEAD")
    .option("--model <id>", "the model of the policy; needed when it has several")
    .option("--estimator <type>", "tune this estimator (default: the experiment's own)")
    .option("--metric <metric>", "tune for this metric (default: roc_auc, f1_macro or r2, by task)")
    .addOption(
      new Option("--search <kind>", "how to search").choices(["random", "successive-halving"]).default("random"),
    )
    .option("--trials <number>", "models to try", count, 30)
    .option(
      "--seconds <number>",
      "time that the search may take; a search that it cuts depends on the machine",
      count,
      300,
    )
    .option("--seed <number>", "decides folds and trials", seed, 42)
    .option("--folds <number>", "folds of the cross-validation", folds, 5)
    .option("--space <name=values>", "search one option in low..high or value,value; may be repeated", collect, [])
    .option("--output <folder>", "keep a journal here, and write tuning.json, trials.csv and tuning.md")
    .option("--resume", "continue the search of the output folder", false)
    .addOption(format())
    .addOption(repository())
    .action(async (options) => end(await (await import("./tune.ts")).tune(options)));

  program
    .command("policy")
    .description("rewrite a policy in the newest version")
    .command("migrate")
    .description("write a policy of an older version in the newest one, with every level, and show what changes")
    .argument("[path]", "the policy file (default: .github/modelsync.yml)")
    .option("--keep-levels", "write out the levels as they are now, so that nothing changes", false)
    .option("--dry-run", "only show what would be written", false)
    .addOption(format())
    .action(async (path, options) => end(await (await import("./policy-migrate.ts")).migrate(path, options)));

  program
    .command("override")
    .description("let the present commit of a pull request through, as the App, whatever its verdict")
    .argument("<pull-request>", "OWNER/REPO#N or its address")
    .argument("[reason...]", "the word reason: and why, for example reason: the server is down")
    .option("--by <name>", "who does it (default: the name of this machine's user)")
    .option("--yes", "publish it without a question", false)
    .option("--github-url <url>", "root of GitHub's REST API (default: GITHUB_API_URL, or https://api.github.com)")
    .addHelpText("after", "\nTakes the App's number and private key: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH.")
    .action(async (pull, reason, options) =>
      end(await (await import("./override.ts")).override(pull, reason, options)),
    );

  const ledger = program.command("ledger").description("verify or export the App's record of verdicts");
  const data = () => new Option("--data <directory>", "the App's data folder (default: MODELSYNC_DATA_DIRECTORY)");
  const databaseUrl = () => new Option("--database-url <url>", "its PostgreSQL database (default: DATABASE_URL)");
  ledger
    .command("verify")
    .description("tell whether every row is there and says what it said")
    .argument("[file]", "an export as JSON Lines; without it the App's database is read")
    .addOption(data())
    .addOption(databaseUrl())
    .option("--head <hash>", "a head noted earlier, which must be in the chain")
    .action(async (file, options) => end(await (await import("./ledger-verify.ts")).verifyLedger(file, options)));
  ledger
    .command("export")
    .description("print rows of the App's database")
    .addOption(data())
    .addOption(databaseUrl())
    .option("--format <format>", "jsonl, csv or markdown", "jsonl")
    .option("--pull <pull-request>", "OWNER/REPO#N or its address: only rows about this one")
    .option("--since <date>", "only rows of this day (UTC) or time and later")
    .option("--until <date>", "only rows of this day (UTC) or time and earlier")
    .action(async (options) => end(await (await import("./ledger-export.ts")).exportLedger(options)));

  return everyCommandExits(program);
}

/** Commander ends misuse with 1, which means a failed review here. */
function everyCommandExits(program: Command): Command {
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride((error) => {
      throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : exitCodes.cannotEvaluate });
    });
    command.showHelpAfterError("Run it with --help to see what it takes.");
  }
  return program;
}

const exitCodeHelp = `
Exit codes:
  0  the review passed
  1  the review failed
  2  it could not be evaluated, or the command was misused`;
