import { startApp } from "./app.ts";
import { readEnvironment } from "./environment.ts";
import { serveSetUpPage } from "./github/set-up-page.ts";
import { createLog } from "./web/create-log.ts";

const environment = readEnvironment();
if (environment.kind === "problems") {
  const lines = environment.problems.map((problem) => `  * ${problem}`);
  console.error(`ModelSync can't start:\n${lines.join("\n")}\nSet them in the environment or in a file named .env.`);
  process.exit(1);
}

const { settings } = environment;
const log = createLog(settings.logLevel);
const started =
  environment.kind === "serve"
    ? startApp({ settings, credentials: environment.credentials, log })
    : serveSetUpPage(settings, log);

// Also while it starts: a database that is cut off in the middle of its first creation is slower to open again.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    log.info({ signal }, "stopping");
    started
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  });
}

started.catch((error: Error) => {
  console.error(`ModelSync can't start: ${error.message}`);
  process.exit(1);
});
