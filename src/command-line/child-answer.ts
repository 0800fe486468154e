import type { Failure, Unfinished } from "../../pipeline/child/protocol.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { formatCount } from "../../pipeline/words.ts";
import { inShort } from "../prepare/ended-problem.ts";
import { countOf } from "../words/count-of.ts";

/**
 * What a child answered, or why it has no answer. Throws when a person stopped the command.
 *
 * @param path of what was being worked on
 * @param work for a sentence, such as `The experiment`
 */
export function answerOf<Result>(
  outcome: { ended: "finished"; answer: Outcome<Result> } | Unfinished,
  signal: AbortSignal,
  path: string,
  work: string,
): Outcome<Result> {
  signal.throwIfAborted();
  if (outcome.ended === "stopped") throw new Error(`${work} was stopped.`);
  return outcome.ended === "finished"
    ? outcome.answer
    : { ok: false, problems: [unfinishedProblem(outcome, path, work)] };
}

/**
 * Why a command has no result although its input could be read. Names the limit, because only that can be acted upon.
 */
function unfinishedProblem(outcome: Failure, path: string, work: string): Problem {
  const where = { path };
  switch (outcome.ended) {
    case "timed-out":
      return {
        code: "timed-out",
        where,
        message: `${work} did not finish within ${countOf(outcome.seconds, "second")}.`,
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
