import type { Progress } from "../../pipeline/progress.ts";
import { plainText } from "./plain-text.ts";

const width = 24;

/** One line on standard error that shows how far each model is. Silent when standard error is not a terminal; gone when it goes out of scope. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr) {
  const models = new Map<string, Progress>();
  const show = () => {
    const [model, progress] = [...models].at(-1) ?? [];
    if (model === undefined || progress === undefined) return;
    const filled = Math.round(progress.share * width);
    const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
    const line = `${bar} ${String(Math.round(progress.share * 100)).padStart(3)} %  ${plainText(model, 40)}: ${plainText(progress.step, 80)}`;
    stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  return {
    update(model: string, progress: Progress): void {
      if (!stream.isTTY) return;
      models.delete(model);
      models.set(model, progress);
      show();
    },
    [Symbol.dispose](): void {
      if (stream.isTTY && models.size > 0) stream.write("\r\u001b[K");
    },
  };
}
