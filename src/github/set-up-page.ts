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
  const { publicUrl } = settings;
  const address = publicUrl ?? `http://${settings.host}:${server.port}`;
  console.log(`There is no App yet. Open ${address}/ to create it on GitHub, then start again.`);
  if (publicUrl === undefined) {
    console.log(
      "PUBLIC_URL is not set, so the App's webhook URL becomes the address in your browser. GitHub can't reach a local " +
        "one: set PUBLIC_URL=https://<your server> and start again, or correct the webhook URL in the App's settings.",
    );
  }
  return { stop: () => server.stop() };
}
