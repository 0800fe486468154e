import type { Logger } from "pino";
import { run } from "probot";
import type { Settings } from "../environment.ts";

/**
 * Serves Probot's page that creates the App on GitHub from `app.yml` and writes its credentials into `.env`.
 * Nothing is sent anywhere until a person presses the button.
 */
export async function serveSetUpPage(settings: Settings, log: Logger): Promise<{ stop(): Promise<void> }> {
  const env = { PORT: String(settings.port), HOST: settings.host, NODE_ENV: "development" };
  const server = await run(() => {}, { env, log } as Parameters<typeof run>[1]);
  console.log(
    `There is no App yet. Open http://${settings.host}:${server.port}/ to create it on GitHub, then start again.`,
  );
  return { stop: () => server.stop() };
}
