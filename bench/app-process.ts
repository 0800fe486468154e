/** The App in a process of its own, for measurements from outside. Prints its address; ends on SIGTERM. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startApp } from "../src/app.ts";
import { createLog } from "../src/web/create-log.ts";

const [directory, webhookSecret] = process.argv.slice(2) as [string, string];
const nobody = createServer((_request, response) => response.writeHead(404).end("{}")).listen(0, "127.0.0.1");
await new Promise((resolve) => nobody.once("listening", resolve));
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const app = await startApp({
  settings: {
    port: 0,
    host: "127.0.0.1",
    logLevel: "silent",
    databaseUrl: null,
    dataDirectory: directory,
    apiUrl: `http://127.0.0.1:${(nobody.address() as AddressInfo).port}`,
    reviewsAtOnce: 2,
    childLimits: { seconds: 60, megabytes: 1024 },
    sweep: false,
  },
  credentials: { appId: 1, privateKey: privateKey.export({ type: "pkcs1", format: "pem" }).toString(), webhookSecret },
  log: createLog("silent"),
});
console.log(app.url);
process.once("SIGTERM", () => {
  void app.stop().finally(() => process.exit(0));
});
