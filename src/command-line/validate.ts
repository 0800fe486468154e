import { dataName } from "../../pipeline/experiment/data-name.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { listNames } from "../../pipeline/words.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { localAnchors } from "../git/local-anchors.ts";
import { readPolicyText } from "../git/local-policy.ts";
import type { LocalRepository } from "../git/repository.ts";
import { parsePolicy, policyPath, readableModels } from "../policy/parse-policy.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { folderBefore, isPattern, touchesAny } from "../prepare/match-path.ts";
import { type FindAnchors, findAnchorProblems } from "../prepare/prepare-anchors.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { countOf } from "../words/count-of.ts";
import { refuse } from "./answer.ts";
import { exitCodes } from "./exit-codes.ts";
import { inspectModel } from "./inspect-model.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { openSnapshot, type RevisionChoice } from "./open-revision.ts";
import { plainText } from "./plain-text.ts";
import { print, tell } from "./print.ts";
import { showProblems } from "./show-problems.ts";

export interface ValidateOptions extends RevisionChoice {
  timeout: number;
  memory: number;
}

/** What was read at one revision: one line per file that is in order, and what is wrong in all of them. */
interface Validation {
  lines: string[];
  problems: Problem[];
  notes: Problem[];
  /** Files and patterns that were looked at. */
  paths: string[];
}

/** `modelsync validate`: reads the policy, every experiment and its data at one revision. Answers the exit code. */
export async function validate(options: ValidateOptions): Promise<number> {
  const opened = await openSnapshot(options);
  if (!opened.ok) return refuse(opened.problems);
  const { repository, snapshot } = opened.value;
  const findAnchors = localAnchors(repository);
  const { lines, problems, notes, paths } = await readEverything(snapshot, findAnchors, options);
  const newer = await newerFiles(repository, snapshot, paths);
  if (newer.length > 0) tell(notJudged(newer));
  if (problems.length > 0 || notes.length > 0) tell(showProblems([...problems, ...notes]));
  if (problems.length > 0) return exitCodes.cannotEvaluate;
  print(lines.join("\n"));
  return exitCodes.pass;
}

async function readEverything(
  snapshot: Snapshot,
  findAnchors: FindAnchors,
  options: ValidateOptions,
): Promise<Validation> {
  using interrupt = onInterrupt();
  const policy = await readModels(snapshot, options.revision);
  const read: Validation = {
    lines: [`${policyPath}: ${countOf(policy.models.length, "model")}`],
    problems: policy.problems,
    notes: [],
    paths: [policyPath],
  };
  for (const model of policy.models) {
    const { experiment, problems, notes } = await inspectModel(model, snapshot, {
      seconds: options.timeout,
      megabytes: options.memory,
      signal: interrupt.signal,
    });
    read.problems.push(...problems, ...(await findAnchorProblems(model, snapshot.commit, findAnchors)));
    read.notes.push(...notes);
    read.paths.push(model.experiment);
    if (experiment === null) continue;
    read.paths.push(...[experiment.data, experiment.labels?.data ?? []].flat());
    read.lines.push(describeModel(model, experiment));
  }
  return read;
}

/** The models of the policy; where it has mistakes, those that can be read all the same. */
async function readModels(
  snapshot: Snapshot,
  revision: string,
): Promise<{ models: ModelPolicy[]; problems: Problem[] }> {
  const text = await readPolicyText(snapshot, revision);
  if (!text.ok) return { models: [], problems: text.problems };
  const checks = await loadChecks();
  const policy = parsePolicy(text.value, policyPath, checks);
  return policy.ok
    ? { models: policy.value.models, problems: [] }
    : { models: readableModels(text.value, policyPath, checks), problems: policy.problems };
}

function describeModel({ id, experiment: path, metrics }: ModelPolicy, experiment: Experiment): string {
  const gated = Object.keys(metrics).length > 0 ? "" : "; nothing is gated: name a metric under metrics";
  return `${plainText(path)}: model ${id}, data ${plainText(dataName(experiment))}${gated}`;
}

/** Files of the working tree that are newer than what was read; none where another revision than the one checked out was. */
async function newerFiles(
  repository: LocalRepository,
  { commit }: Snapshot,
  paths: readonly string[],
): Promise<string[]> {
  if ((await repository.commit("HEAD")) !== commit) return [];
  const within = paths.map((path) => (isPattern(path) ? folderBefore(path) || "." : path));
  const changed = await repository.uncommitted(within);
  return changed.filter((path) => touchesAny([path], paths));
}

function notJudged(paths: readonly string[]): string {
  return `The working tree is newer than what was read: ${plainText(listNames(paths))}. Only what is committed is read.`;
}
