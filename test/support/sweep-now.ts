import type { LocalApp } from "./local-app.ts";

/** Runs a sweep now instead of waiting for its hour. */
export async function sweepNow(local: LocalApp, which: "sweep" | "reconcile" = "sweep"): Promise<void> {
  await local.app.runNow(which);
  await local.settle();
}
