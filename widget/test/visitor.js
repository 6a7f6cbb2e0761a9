// A browser with nothing in it, and what a visitor does and sees in it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
export const SERVER = process.env.DRIPDESK_SERVER;
export const DEMO = `${SERVER}/demo/`;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens a browser in a new profile; it is closed, and the profile removed, after the test. */
export async function open(test, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "dripdesk-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  test.after(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
  context.requested = new Set();
  context.violations = [];
  context.failures = [];
  context.on("request", (request) => context.requested.add(new URL(request.url()).origin));
  context.on("weberror", (error) => context.failures.push(String(error.error())));
  await context.exposeFunction("reportViolation", (text) => context.violations.push(text));
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  return context;
}

/** A page with the widget on it, and what can be done there. */
export class Visitor {
  constructor(page) {
    this.page = page;
    this.chat = page.locator("dripdesk-chat");
    this.launcher = this.chat.getByRole("button", { name: "Ask a question" });
    this.panel = this.chat.getByRole("dialog");
    this.log = this.chat.getByRole("log");
    this.field = this.chat.getByRole("textbox");
    this.answers = this.log.locator(".assistant .bubble");
    this.questions = this.log.locator(".patient .bubble");
  }

  static async at(context, address = DEMO) {
    const visitor = new Visitor(await context.newPage());
    await visitor.page.goto(address);
    return visitor;
  }

  async open() {
    await this.launcher.click();
    await this.answers.first().waitFor();
  }

  /** Asks, and returns the text of the answer and how many milliseconds it took. */
  async ask(text) {
    const before = await this.answers.count();
    await this.field.fill(text);
    const start = performance.now();
    await this.field.press("Enter");
    await this.answers.nth(before).waitFor();
    const took = performance.now() - start;
    return { text: await said(this.answers.nth(before)), took };
  }

  async menu(name) {
    await this.chat.getByRole("button", { name: "More options" }).click();
    await this.chat.getByRole("button", { name, exact: true }).click();
  }

  /** Chooses "Forget me", and says yes when asked. */
  async forget() {
    await this.menu("Forget me");
    await this.chat.getByRole("button", { name: "Yes, delete it all" }).click();
  }

  /** Returns what the accessibility checker finds wrong, by rule and place. */
  async faults() {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(
      (rules) => window.axe.run(document, { runOnly: rules }),
      RULES,
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`);
  }

  /** Returns the element that has the focus, within the widget or the page. */
  focused() {
    return this.page.evaluate(() => {
      const { activeElement } = document.activeElement.shadowRoot ?? document;
      return activeElement.getAttribute("aria-label") ?? activeElement.innerText.trim();
    });
  }
}

/** Returns the text of a message without "You:" and "Assistant:", which only screen readers say. */
export async function said(bubble) {
  return (await bubble.innerText()).replace(/^(You|Assistant):\s*/, "").trim();
}
