import { startApp } from "./app.ts";
import { readEnvironment } from "./environment.ts";
import { createLog } from "./web/create-log.ts";
import { serveSetUpPage } from "./web/set-up-page.ts";

const environment = readEnvironment();
if (environment.kind === "problems") {
  const lines = environment.problems.map((problem) => `  * ${problem}`);
  console.error(`ModelSync can't start:\n${lines.join("\n")}\nSet them in the environment or in a file named .env.`);
  process.exit(1);
}

const { settings } = environment;
const log = createLog(settings.logLevel);
try {
  const running =
    environment.kind === "serve"
      ? await startApp({ settings, credentials: environment.credentials, log })
      : await serveSetUpPage(settings, log);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info({ signal }, "stopping");
      running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  console.error(`ModelSync can't start: ${(error as Error).message}`);
  process.exit(1);
}
