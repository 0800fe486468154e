import { parseArgs } from "node:util";
import { runDemo } from "./run-demo.ts";
import { openTimeline } from "./timeline.ts";

const stop = new AbortController();
// Only the first time: whoever presses Ctrl-C twice does not want to wait for anything.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

const print = (line: string) => console.log(line);
try {
  const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
  process.exitCode = await runDemo({
    keep: values.keep,
    timeline: openTimeline(process.stdout),
    print,
    stop: stop.signal,
  });
} catch (error) {
  print(`${(error as Error).message}\nUsage: npm run demo [-- --keep]`);
  process.exitCode = 1;
}
// What was under way when the demo was stopped is not waited for.
process.exit();
