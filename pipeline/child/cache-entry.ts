import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** The plain data that `writeEntry` left in a file; null when there is none, or when it was cut or damaged. */
export function readEntry(file: string): unknown {
  try {
    const written = readFileSync(file, "utf8");
    const content = written.slice(65);
    return written.slice(0, 64) === sha256(content) ? JSON.parse(content) : null;
  } catch {
    return null;
  }
}

/**
 * Writes plain data behind its own SHA-256. It is written beside its place and renamed: a reader, also one in another
 * process, sees a whole entry or none. What cannot be written only costs time.
 */
export function writeEntry(file: string, value: unknown): void {
  const content = JSON.stringify(value);
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, `${sha256(content)}\n${content}`);
    renameSync(part, file);
  } catch {
    removeQuietly(part);
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What could not be written cannot always be removed either.
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
