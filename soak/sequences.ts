import { once } from "node:events";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { startNode } from "../test/support/start-node.ts";
import type { Soaked } from "./kills.ts";
import type { Played } from "./sequence-process.ts";

const script = fileURLToPath(new URL("sequence-process.ts", import.meta.url));

/** A process that played so many is replaced: Apps that died leave their memory behind. */
const mostPerProcess = 25;

/**
 * Plays random sequences of what people, GitHub and death do to the App (test/support/gate), in as many processes as there are
 * processors. What is wrong is made shorter, and told with the seed and the path that play it again.
 */
export async function soakSequences(count: number, seed: number, path?: string): Promise<Soaked> {
  const started = performance.now();
  const seen: Record<string, number> = {};
  const wrong: string[] = [];
  const perProcess = Math.min(mostPerProcess, Math.ceil(count / cpus().length));
  let next = 0;
  const work = async () => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + perProcess);
      const played = await inProcess([seed + from, next - from, ...(path === undefined ? [] : [path])].map(String));
      wrong.push(...played.wrong);
      for (const [what, times] of Object.entries(played.seen)) seen[what] = (seen[what] ?? 0) + times;
      process.stderr.write(`${next} sequences begun, ${wrong.length} wrong\n`);
    }
  };
  await Promise.all(Array.from({ length: cpus().length }, work));
  const minutes = Math.round((performance.now() - started) / 60_000);
  const rows = Object.entries(seen).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    lines: [
      `${count} sequences in ${minutes} minutes: ${wrong.length === 0 ? "passed" : "**did not pass**"}.`,
      "",
      ...["| step | times |", "|---|---:|", ...rows.map(([what, times]) => `| ${what} | ${times} |`)],
    ],
    wrong,
  };
}

async function inProcess(args: string[]): Promise<Played> {
  const child = startNode(script, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const played = once(child, "message").then(([message]) => message as Played);
  const ended = once(child, "exit").then(([code]) => {
    const lost: Played = { seen: {}, wrong: [`the process of ${args.join(" ")} ended with ${code}`] };
    return lost;
  });
  return await Promise.race([played, ended]);
}
