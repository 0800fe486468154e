import type { Readable } from "node:stream";
import { z } from "zod";
import { progressSchema } from "../progress.ts";

/** One line on the child's progress descriptor. `rss` in bytes. */
const childReportSchema = progressSchema.extend({ rss: z.number() });
export type ChildReport = z.infer<typeof childReportSchema>;

const longestLine = 1_000;

/** Reads the child's progress lines. Whatever is not a well-formed report is dropped, however long it is. */
export function readReports(stream: Readable, onReport: (report: ChildReport) => void): void {
  let pending = "";
  let skipping = false;
  stream.setEncoding("utf8");
  stream.on("error", () => {});
  stream.on("data", (chunk: string) => {
    const lines = chunk.split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      if (!skipping) readLine(pending + line, onReport);
      pending = "";
      skipping = false;
    }
    if (pending.length + last.length > longestLine) {
      pending = "";
      skipping = true;
    } else {
      pending += last;
    }
  });
}

function readLine(line: string, onReport: (report: ChildReport) => void): void {
  if (line.length > longestLine) return;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return;
  }
  const report = childReportSchema.safeParse(value);
  if (!report.success) return;
  const { step, share, rss } = report.data;
  onReport({ step: step.slice(0, 200), share: Math.min(1, Math.max(0, share)), rss });
}
