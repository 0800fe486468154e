import type { Problem } from "../../pipeline/problem.ts";
import { hideCredentials } from "./hide-credentials.ts";

/** Mistakes in what a person asked `modelsync ledger` for, and what keeps it from being read. */

export const severalLedgers: Problem = {
  code: "several-ledgers",
  where: { path: "--data, --database-url, FILE" },
  message: "The ledger is to be read from several places.",
  allowed: "one of --data DIRECTORY, --database-url URL and, to verify, FILE",
  remedy: "Name one place.",
};

export function notADatabaseUrl(path: string, written: string): Problem {
  return {
    code: "not-a-database-url",
    where: { path },
    message: "This is not the address of a PostgreSQL database.",
    written: hideCredentials(written).slice(0, 200),
    allowed: "an address that begins with postgres:// or postgresql://",
    remedy: "Write the address that the server has as DATABASE_URL.",
  };
}

export function noDatabase(directory: string): Problem {
  return {
    code: "no-database",
    where: { path: directory },
    message: "This folder holds no database of the App.",
    allowed: "the folder that the server has as MODELSYNC_DATA_DIRECTORY",
    remedy:
      "Name it with --data, or the PostgreSQL database with --database-url; to verify an exported file, name the file.",
  };
}

export function databaseInUse(directory: string, holder: string): Problem {
  return {
    code: "database-in-use",
    where: { path: directory },
    message: `The data folder is in use by ${holder}, and a database in a folder can be open once only.`,
    remedy:
      "Stop that server, run this command, and start it again; what arrives meanwhile is asked for then. A server with a PostgreSQL database need not stop.",
  };
}

export function databaseDamaged(directory: string, message: string): Problem {
  return {
    code: "database-damaged",
    where: { path: directory },
    message,
    remedy: "Verify the last exported file; the ledger in this folder can't be read.",
  };
}

export function databaseUnreachable(path: string, error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException;
  return {
    code: "database-unreachable",
    where: { path },
    message: `The database did not answer as it should: ${hideCredentials(message || code || "unknown error").slice(0, 300)}.`,
    remedy: "Check the address, that the database runs, and that this user may read the table ledger_row.",
  };
}

export function noLedger(path: string): Problem {
  return {
    code: "no-ledger",
    where: { path },
    message: "This database has no ledger: no server of this version of ModelSync has used it yet.",
    remedy: "Start the server once; it makes the ledger, which begins then.",
  };
}

export function notALedger(file: string): Problem {
  return {
    code: "not-a-ledger",
    where: { path: file },
    message: "The file holds no row of a ledger.",
    allowed: "a file that modelsync ledger export --format jsonl wrote",
    remedy: "Name such a file; CSV and Markdown can't be verified.",
  };
}

export function notAHash(written: string): Problem {
  return {
    code: "not-a-hash",
    where: { path: "--head" },
    message: "This is not the hash of a row.",
    written: written.slice(0, 200),
    allowed: "64 hexadecimal digits",
    remedy: "Write the head as an earlier modelsync ledger verify printed it.",
  };
}

export function unknownFormat(written: string, formats: readonly string[]): Problem {
  return {
    code: "unknown-format",
    where: { path: "--format" },
    message: "There is no format of this name.",
    written: written.slice(0, 200),
    allowed: formats.join(", "),
    remedy: "Name one of these.",
  };
}

export function notADate(path: string, written: string): Problem {
  return {
    code: "not-a-date",
    where: { path },
    message: "This is not a date.",
    written: written.slice(0, 200),
    allowed: "a day such as 2026-02-28, or a time with its offset such as 2026-02-28T12:00:00Z",
    remedy: "Write year, month and day with hyphens.",
  };
}

export const emptyPeriod: Problem = {
  code: "empty-period",
  where: { path: "--since, --until" },
  message: "The period ends before it begins.",
  remedy: "Write the earlier date after --since.",
};

export function noSuchRepository(written: string, known: readonly string[]): Problem {
  return {
    code: "not-in-ledger",
    where: { path: "--pull" },
    message: "No row of the ledger is about this repository.",
    written,
    ...(known.length === 0 ? {} : { allowed: `a repository that it has rows about, such as ${known.join(", ")}` }),
    remedy: "Correct the name, or leave --pull out to export all.",
  };
}

export function noSuchPull(written: string): Problem {
  return {
    code: "not-in-ledger",
    where: { path: "--pull" },
    message: "No row of the ledger is about this pull request.",
    written,
    remedy: "Correct the number, or leave --pull out to export all.",
  };
}
