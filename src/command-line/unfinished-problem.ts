import type { Failure } from "../../pipeline/child/protocol.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { formatCount } from "../../pipeline/words.ts";
import { inShort } from "../prepare/ended-problem.ts";

/**
 * Why a command has no result although its input could be read. Names the limit, because only that can be acted upon.
 *
 * @param path of what was being worked on
 * @param work for a sentence, such as `The experiment`
 */
export function unfinishedProblem(outcome: Failure, path: string, work: string): Problem {
  const where = { path };
  switch (outcome.ended) {
    case "timed-out":
      return {
        code: "timed-out",
        where,
        message: `${work} did not finish within ${outcome.seconds === 1 ? "1 second" : `${formatCount(outcome.seconds)} seconds`}.`,
        remedy: "Use fewer rows or a simpler model, or raise the limit with --timeout.",
      };
    case "out-of-memory":
      return {
        code: "out-of-memory",
        where,
        message: `${work} needed more than ${formatCount(outcome.megabytes)} MiB of memory.`,
        remedy: "Use fewer rows, columns or categories, or raise the limit with --memory.",
      };
    case "crashed":
      return {
        code: "crashed",
        where,
        message: "The process that did the work ended unexpectedly.",
        written: inShort(outcome.detail),
        remedy: "Check that the disk of temporary files has room, and try again. If it ends this way again, report it.",
      };
  }
}
