import type { Facts } from "../facts/facts.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { jsonAnswer } from "./json-answer.ts";
import { paint } from "./print.ts";

export type Format = "terminal" | "markdown" | "json";

/** The result of a review in one of the formats. Their code is loaded when asked for: templates are slow to load. */
export async function render(format: Format, verdict: Verdict, facts: Facts): Promise<string> {
  switch (format) {
    case "json":
      return jsonAnswer("modelsync-review", { verdict, facts });
    case "markdown": {
      const { renderReport } = await import("../report/render-report.ts");
      return renderReport(verdict, facts).comment;
    }
    case "terminal": {
      const { terminalReport } = await import("./terminal-report.ts");
      return terminalReport(verdict, facts, paint);
    }
  }
}
