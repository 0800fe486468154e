/**
 * One mistake a person made in a file or a command, as a value.
 *
 * Problems are collected and shown all at once; nothing in the pipeline throws for bad input.
 */
export interface Problem {
  /** Stable kebab-case name of the kind of mistake, for tests and documentation, for example `unknown-key`. */
  code: string;
  /** Where it is: a repository path, with a one-based line and column, or a key path inside a YAML file. */
  where: { path: string; line?: number; column?: number; key?: string };
  /** What happened, one sentence. May contain text from a pull request: escape it before showing it. */
  message: string;
  /** What was written, capped, when there is something to quote. */
  written?: string;
  /** What is allowed instead. */
  allowed?: string;
  /** What to do about it, one sentence. */
  remedy: string;
}

/** A value, or every problem that kept it from existing. Notes are things worth saying that stop nothing. */
export type Outcome<T> = { ok: true; value: T; notes: Problem[] } | { ok: false; problems: Problem[] };
