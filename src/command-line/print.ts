import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** A reader that closes early, as `head` does, must neither crash the command nor change its verdict. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** Writes a result to standard output, ending in a line end. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes a part of a long result as it is, and resolves when the reader took it, or closed early. */
export function printPart(text: string): Promise<void> {
  return new Promise((resolve) => void process.stdout.write(text, () => resolve()));
}

/** Writes what is not a result, such as warnings, to standard error. */
export function tell(text: string): void {
  process.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Colors text when standard output is a terminal that wants colors (NO_COLOR and FORCE_COLOR are respected). */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout, validateStream: true });
}
