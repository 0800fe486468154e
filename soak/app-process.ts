import { type AppOptions, startApp } from "../src/app.ts";
import { createLog } from "../src/web/create-log.ts";

/** What the parent asks, in this order: to start, then what otherwise only time does. */
export type Request = { start: Pick<AppOptions, "settings" | "credentials"> } | "sweep" | "reconcile" | "idle";

let app: Awaited<ReturnType<typeof startApp>> | null = null;

/** The App as a process that can be killed. Answers every request with its address. */
process.on("message", (request: Request) => {
  void answer(request).then((url) => process.send?.(url));
});

async function answer(request: Request): Promise<string> {
  if (typeof request === "object")
    app = await startApp({ ...request.start, log: createLog("silent"), throttle: false });
  else if (request === "idle") await app?.idle();
  else await app?.runNow(request);
  return app?.url ?? "";
}
