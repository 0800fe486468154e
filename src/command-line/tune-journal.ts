import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { type Journal, type JournalEntry, journalEntry } from "../../pipeline/tune/journal.ts";

const header = z.strictObject({ format: z.literal("modelsync-tune-journal"), version: z.literal(1), key: z.string() });

export const journalName = "journal.jsonl";

export interface JournalFile {
  open(key: string): Outcome<Journal>;
  close(): void;
}

/**
 * The journal of a search in a folder that exists: one JSON line for the search, then one per finished trial, each written at once
 * and forced to the disk. Killed at any moment it holds every finished trial; a last line that was cut is dropped, and
 * its trial is done again. Nothing is ever overwritten: a journal that is there needs `resume`, and the same search.
 */
export function journalFile(folder: string, resume: boolean): JournalFile {
  const path = join(folder, journalName);
  let descriptor: number | null = null;

  function open(key: string): Outcome<Journal> {
    descriptor = openSync(path, "a+");
    const bytes = readFileSync(descriptor);
    if (bytes.length > 0 && !resume) return refused(alreadyThere(path));
    const read = readLines(bytes, path);
    if (!read.ok) return read;
    const { lines, length } = read.value;
    const [first, ...rest] = lines;
    const head = header.safeParse(first);
    if (first !== undefined && (!head.success || head.data.key !== key)) return refused(anotherSearch(path));
    const entries: JournalEntry[] = [];
    for (const [at, line] of rest.entries()) {
      const entry = journalEntry.safeParse(line);
      if (!entry.success) return refused(damaged(path, at + 2));
      entries.push(entry.data);
    }
    if (length < bytes.length) ftruncateSync(descriptor, length);
    if (first === undefined) append({ format: "modelsync-tune-journal", version: 1, key });
    return { ok: true, value: { entries, append }, notes: [] };
  }

  function append(line: object): void {
    writeFileSync(descriptor!, `${JSON.stringify(line)}\n`);
    fsyncSync(descriptor!);
  }

  return {
    open,
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

/** The complete lines and how many bytes they take. Only the last line can have been cut. */
function readLines(bytes: Buffer, path: string): Outcome<{ lines: unknown[]; length: number }> {
  const lines: unknown[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    try {
      lines.push(JSON.parse(bytes.toString("utf8", start, end)));
    } catch {
      if (end < bytes.length - 1) return refused(damaged(path, lines.length + 1));
      break;
    }
    start = end + 1;
  }
  return { ok: true, value: { lines, length: start }, notes: [] };
}

function refused(problem: Problem): Outcome<never> {
  return { ok: false, problems: [problem] };
}

function alreadyThere(path: string): Problem {
  return {
    code: "journal-exists",
    where: { path },
    message: "This folder holds the journal of a search.",
    remedy: "Continue it with --resume, or choose another folder with --output.",
  };
}

function anotherSearch(path: string): Problem {
  return {
    code: "journal-of-another-search",
    where: { path },
    message: "This journal belongs to another search.",
    allowed:
      "the same experiment, data, estimator, metric, space, search, seed, folds and version of ModelSync; trials and seconds may differ",
    remedy: "Repeat the command as it was, or choose another folder with --output.",
  };
}

function damaged(path: string, line: number): Problem {
  return {
    code: "journal-damaged",
    where: { path, line },
    message: "This line of the journal was not written by modelsync tune.",
    remedy: "Restore the file, or choose another folder with --output.",
  };
}
