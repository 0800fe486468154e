import { z } from "zod";
import { problemClasses, problemCodes } from "./problem-codes.ts";

/** A line or column of a file, from 1. */
const position = z.number();

/**
 * One mistake a person made in a file or a command, as a value.
 *
 * Problems are collected and shown all at once; nothing in the pipeline throws for bad input.
 */
export const problemSchema = z
  .object({
    /** Stable kebab-case name of the kind of mistake, for tests and documentation, for example `unknown-key`. */
    code: z.enum(Object.keys(problemCodes) as ProblemCode[]),
    /** What its code belongs to; only written where others read it. See `problemClass`. */
    class: z.enum(Object.keys(problemClasses) as ProblemClass[]).exactOptional(),
    /** Where it is: a repository path, with a one-based line and column, or a key path inside a YAML file. */
    where: z.object({
      path: z.string(),
      line: position.exactOptional(),
      column: position.exactOptional(),
      key: z.string().exactOptional(),
    }),
    /** What happened, one sentence. May contain text from a pull request: escape it before showing it. */
    message: z.string(),
    /** What was written, capped, when there is something to quote. */
    written: z.string().exactOptional(),
    /** What is allowed instead. */
    allowed: z.string().exactOptional(),
    /** What to do about it, one sentence. */
    remedy: z.string(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problemSchema>;

export type ProblemCode = keyof typeof problemCodes;
export type ProblemClass = keyof typeof problemClasses;

/** What kind of thing must be changed. */
export function problemClass(code: ProblemCode): ProblemClass {
  return problemCodes[code][0];
}

/** What a problem is shown as: its class and its code, for example `configuration/unknown-key`. */
export function problemName({ code }: Pick<Problem, "code">): string {
  return `${problemClass(code)}/${code}`;
}

/** A value, or every problem that kept it from existing. Notes are things worth saying that stop nothing. */
export type Outcome<T> = { ok: true; value: T; notes: Problem[] } | { ok: false; problems: Problem[] };

/** No value, for these reasons. */
export function refused(...problems: Problem[]): Outcome<never> {
  return { ok: false, problems };
}

/** What kept values from existing, of several outcomes together. */
export function problemsOf(...outcomes: readonly Outcome<unknown>[]): Problem[] {
  return outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
}

/** The schema of an outcome with this value. */
export function outcomeSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value, notes: z.array(problemSchema) }),
    z.object({ ok: z.literal(false), problems: z.array(problemSchema) }),
  ]);
}
