import type { Failure } from "../../pipeline/child/protocol.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { formatCount } from "../../pipeline/words.ts";
import { countOf } from "../words/count-of.ts";

/** What a person sets to raise each limit. */
export interface LimitSettings {
  seconds: string;
  megabytes: string;
}

/**
 * Why a model has no review although both files were in order. Names the limit, because only that can be acted upon.
 *
 * @param until when the same work may be tried again; undefined: at once
 */
export function endedProblem(outcome: Failure, experimentPath: string, settings: LimitSettings, until?: Date): Problem {
  const problem = describe(outcome, experimentPath, settings);
  if (until === undefined) return problem;
  const time = `${until.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return {
    ...problem,
    remedy: `${problem.remedy} The same work is not tried again before ${time}, unless somebody presses "Re-run" on the check.`,
  };
}

function describe(outcome: Failure, experimentPath: string, settings: LimitSettings): Problem {
  const where = { path: experimentPath };
  switch (outcome.ended) {
    case "timed-out":
      return {
        code: "review-timed-out",
        where,
        message: `The experiment did not finish within ${countOf(outcome.seconds, "second")}.`,
        allowed: `at most ${countOf(outcome.seconds, "second")} for both sides of one model`,
        remedy: `Use a smaller sample of the data or a simpler model, or raise the limit with ${settings.seconds}.`,
      };
    case "out-of-memory":
      return {
        code: "review-out-of-memory",
        where,
        message: `The experiment needed more than ${formatCount(outcome.megabytes)} MiB of memory.`,
        allowed: `at most ${formatCount(outcome.megabytes)} MiB`,
        remedy: `Use fewer rows, columns or categories, or raise the limit with ${settings.megabytes}.`,
      };
    case "crashed":
      return {
        code: "review-crashed",
        where,
        message: "The process that runs experiments ended unexpectedly. This is not a judgment of the change.",
        written: inShort(outcome.detail),
        remedy: "Review again. If it ends this way again, report it together with the experiment and the data.",
      };
  }
}

/** How it ended and, when it said so, the error; not the stack, which is of no use to the reader. */
export function inShort(detail: string): string {
  const [how = "", ...output] = detail.split("\n");
  const error = output.findLast((line) => /^\w*Error\b.*: /.test(line));
  return (error === undefined ? how : `${how} ${error}`).slice(0, 300);
}
