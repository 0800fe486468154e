import { type Browser, chromium } from "playwright-core";

/** Starts a real browser from npm; no system package is needed. */
export async function launchBrowser(): Promise<Browser> {
  // Makes the package unpack the libraries it needs beside the browser.
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
  const { default: sparticuz } = await import("@sparticuz/chromium");
  const executablePath = await sparticuz.executablePath();
  return chromium.launch({ executablePath, args: sparticuz.args, headless: true });
}
