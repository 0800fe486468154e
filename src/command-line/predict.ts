import { createWriteStream } from "node:fs";
import { type FileHandle, open, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { NamedFile, PredictJob } from "../../pipeline/child/predict-protocol.ts";
import { supervisePredict } from "../../pipeline/child/supervise-predict.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { refuse } from "./answer.ts";
import { answerOf } from "./child-answer.ts";
import { exitCodes } from "./exit-codes.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { placeFile } from "./place-file.ts";
import { tell } from "./print.ts";
import { showProblems } from "./show-problems.ts";

export interface PredictOptions {
  model: string;
  data: string;
  /** The experiment says how the data is written: separators, encoding, markers of missing cells. */
  experiment?: string;
  output?: string;
  timeout: number;
  memory: number;
}

/** `modelsync predict`: predicts the rows of a CSV file with a saved model. Answers the exit code. */
export async function predict(options: PredictOptions): Promise<number> {
  const problems = await predictFile(options);
  return problems.length === 0 ? exitCodes.pass : refuse(problems);
}

/** Why there are no predictions; empty when they were delivered. */
async function predictFile(options: PredictOptions): Promise<Problem[]> {
  const { model, data, experiment, output, timeout, memory } = options;
  const job = {
    model: await named(model),
    data: await named(data),
    experiment: experiment === undefined ? null : await named(experiment),
  };
  const replaced = output === undefined ? null : await inputAt(output, job);
  if (replaced !== null) return [replaced];
  const streamed = output === undefined || (await isPipe(output));
  const problems: Problem[] = [];
  let predictions: FileHandle | null = null;
  {
    using interrupt = onInterrupt();
    const outcome = await supervisePredict(
      job,
      async (file, notes) => {
        if (notes.length > 0) tell(showProblems(notes));
        if (streamed) predictions = await open(file);
        else problems.push(...(await placeFile(file, output)));
      },
      { seconds: timeout, megabytes: memory, signal: interrupt.signal },
    );
    const answer = answerOf(outcome, interrupt.signal, data, "The prediction");
    if (!answer.ok) return answer.problems;
  }
  // Nothing is left to clean up, so that Ctrl-C may end the command while a slow reader keeps it waiting.
  if (predictions !== null) await stream(predictions, output);
  return problems;
}

/** Whether this is something to write to that cannot be replaced, such as `/dev/stdout`. */
async function isPipe(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status !== null && !status.isFile() && !status.isDirectory();
}

/** Hands a file on piece by piece, to standard output if nothing is named. A reader that closes early has what it wanted. */
async function stream(file: FileHandle, output: string | undefined): Promise<void> {
  const target = output === undefined ? process.stdout : createWriteStream(output);
  try {
    await pipeline(file.createReadStream(), target, { end: output !== undefined });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

/** A link leads to its file, as for every program that a person starts: the child may read that one only. */
async function named(path: string): Promise<NamedFile> {
  return { path, file: await realpath(path).catch(() => resolve(path)) };
}

/** Why the predictions must not be written there: one of the files that they are made from would be lost. */
async function inputAt(output: string, { model, data, experiment }: PredictJob): Promise<Problem | null> {
  const { file } = await named(output);
  const taken = [model, data, experiment].find((input) => input?.file === file);
  if (!taken) return null;
  return {
    code: "output-is-input",
    where: { path: output },
    message: "The predictions would replace the file that they are made from.",
    allowed: "a file that is neither the model, nor the data, nor the experiment",
    remedy: "Name another file.",
  };
}
