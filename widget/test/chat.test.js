// What visitors do with the widget on the demo page, in a real browser with a real server.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { DEMO, SERVER, Visitor, open, said } from "./visitor.js";

const SHOTS = process.env.DRIPDESK_SCREENSHOTS;
const WIFI = "We have WiFi";
const NEEDLE = "With a usual line in the arm, the needle does not stay in.";
const IDLE = 31 * 60 * 1000;

async function shoot(visitor, name) {
  if (SHOTS) await visitor.page.screenshot({ path: `${SHOTS}/${name}.png` });
}

test("a first-time visitor gets right answers", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.launcher.click();
  await visitor.answers.first().waitFor();
  assert.match(await said(visitor.answers.first()), /automated assistant of Fuse Infusion/);
  assert.match(await said(visitor.answers.first()), /not for emergencies/);
  assert.ok(await visitor.panel.getByRole("link", { name: "911" }).first().isVisible());

  const first = await visitor.ask("does the needle stay in?");
  assert.match(first.text, new RegExp(NEEDLE));
  await shoot(visitor, "first-answer");
  const second = await visitor.ask("wat time u open");
  assert.match(second.text, /do not know our opening hours/);
  const third = await visitor.ask("do you have wifi");
  assert.match(third.text, new RegExp(WIFI));
  const times = [first, second, third].map(({ took }) => took.toFixed(0));
  t.diagnostic(`time to first answer: ${times[0]} ms, to the next: ${times[1]}, ${times[2]} ms`);

  await visitor.page.reload();
  await visitor.launcher.click();
  await visitor.questions.nth(2).waitFor();
  assert.equal(await visitor.questions.count(), 3);
  assert.match(await said(visitor.answers.last()), new RegExp(WIFI));

  const other = await Visitor.at(context);
  await other.open();
  await other.questions.nth(2).waitFor();
  await other.ask("is there parking");
  await visitor.questions.nth(3).waitFor();
  assert.equal(await said(visitor.questions.nth(3)), "is there parking");
  assert.deepEqual(context.failures, []);
});

test("a quick reply that was just offered is taken up", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  const suggestion = visitor.chat.getByRole("group", { name: "Suggested answers" });
  assert.equal(await suggestion.getByRole("button").count(), 3);
  await suggestion.getByRole("button").nth(1).click();
  await visitor.answers.nth(1).waitFor();
  assert.equal(await said(visitor.questions.first()), "What does it cost?");
  assert.match(await said(visitor.answers.nth(1)), /do not know the price/);
  assert.ok(await suggestion.isHidden());
});

test("danger is answered with 911, which can be tapped", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  const { text } = await visitor.ask("my throat is closing");
  assert.match(text, /^Call 911 now\./);
  assert.equal(await visitor.answers.last().getByRole("link").first().getAttribute("href"), "tel:911");
  const phone = visitor.answers.last().getByRole("link", { name: "914-460-4891" });
  assert.equal(await phone.getAttribute("href"), "tel:+19144604891");
});

test("what is written offline is kept, and sent when there is a connection", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  await context.setOffline(true);
  await visitor.field.fill("do you have wifi");
  await visitor.field.press("Enter");
  await visitor.log.getByText("Not sent.").waitFor();
  assert.ok(await visitor.panel.getByText("No connection.").isVisible());
  await visitor.log.getByRole("button", { name: "Try again" }).click();
  await visitor.log.getByText("Not sent.").waitFor();
  await context.setOffline(false);
  await visitor.answers.nth(1).waitFor();
  assert.match(await said(visitor.answers.nth(1)), new RegExp(WIFI));
  assert.equal(await visitor.log.getByText("Not sent.").count(), 0);
  assert.equal(await visitor.questions.count(), 1);
});

test("what could not be sent is still there after a reload", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  await visitor.page.route("**/messages", (route) => route.abort());
  await visitor.field.fill("do you have wifi");
  await visitor.field.press("Enter");
  await visitor.log.getByText("Not sent.").waitFor();
  await visitor.page.unroute("**/messages");
  await visitor.page.reload();
  await visitor.launcher.click();
  await visitor.answers.nth(1).waitFor();
  assert.match(await said(visitor.answers.nth(1)), new RegExp(WIFI));
  assert.equal(await visitor.questions.count(), 1);
});

test("the server cannot be reached at first", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.route("**/webhooks/web/**", (route) => route.abort());
  await visitor.launcher.click();
  await visitor.panel.getByText("I cannot be reached right now.").waitFor();
  assert.ok(await visitor.panel.getByText("In an emergency, call 911.").first().isVisible());
  await visitor.field.fill("do you have wifi");
  await visitor.field.press("Enter");
  await visitor.log.getByText("Not sent.").waitFor();
  assert.deepEqual(await visitor.faults(), []);
  await visitor.page.unroute("**/webhooks/web/**");
  await visitor.log.getByRole("button", { name: "Try again" }).click();
  await visitor.answers.nth(1).waitFor();
  assert.match(await said(visitor.answers.first()), /automated assistant/);
  assert.match(await said(visitor.answers.last()), new RegExp(WIFI));
});

test("the keyboard is enough", async (t) => {
  const visitor = await Visitor.at(await open(t));
  const { keyboard } = visitor.page;
  for (let n = 0; n < 10 && (await visitor.focused()) !== "Ask a question"; n += 1) {
    await keyboard.press("Tab");
  }
  await keyboard.press("Enter");
  await visitor.answers.first().waitFor();
  assert.equal(await visitor.focused(), "Type your question");
  await keyboard.type("do you have wifi");
  await keyboard.press("Enter");
  await visitor.answers.nth(1).waitFor();
  assert.equal(await visitor.focused(), "Type your question");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Shift+Tab");
  assert.match(await visitor.focused(), /Where this comes from|No, this did not help/);
  await keyboard.press("Escape");
  assert.ok(await visitor.panel.isHidden());
  assert.equal(await visitor.focused(), "Ask a question");
  await keyboard.press("Enter");
  await visitor.panel.waitFor();
  await visitor.chat.getByRole("button", { name: "More options" }).press("Enter");
  await visitor.chat.getByRole("button", { name: "End chat" }).waitFor();
  await keyboard.press("Escape");
  assert.ok(await visitor.panel.isVisible());
  assert.equal(await visitor.focused(), "More options");
});

test("only the new message is announced", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.page.evaluate(() => {
    const log = document.querySelector("dripdesk-chat").shadowRoot.querySelector("[role=log]");
    window.announced = [];
    window.removed = 0;
    new MutationObserver((changes) => {
      for (const { addedNodes, removedNodes, target } of changes) {
        if (target.closest?.("[aria-live=off]")) continue;
        const isElement = ({ nodeType }) => nodeType === 1;
        window.announced.push(...[...addedNodes].filter(isElement).map((one) => one.localName));
        window.removed += [...removedNodes].filter(isElement).length;
      }
    }).observe(log, { childList: true, subtree: true });
  });
  await visitor.ask("is there parking");
  assert.deepEqual(await visitor.page.evaluate(() => window.announced), ["div", "div"]);
  assert.equal(await visitor.page.evaluate(() => window.removed), 0);
  assert.equal(await visitor.log.getAttribute("aria-live"), "polite");
});

test("the chat ends, and the device keeps nothing", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  const other = await Visitor.at(context);
  await visitor.open();
  await visitor.ask("do you have wifi");
  await other.open();
  await other.questions.first().waitFor();
  await visitor.menu("End chat");
  assert.ok(await visitor.panel.isHidden());
  assert.equal(await visitor.focused(), "Ask a question");
  assert.equal(await visitor.page.evaluate(() => localStorage.length), 0);
  await other.questions.first().waitFor({ state: "detached" });
  await visitor.open();
  assert.equal(await visitor.questions.count(), 0);
});

test("after half an hour nothing is there any more", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.page.clock.fastForward(IDLE);
  await visitor.questions.first().waitFor({ state: "detached" });
  assert.equal(await visitor.page.evaluate(() => localStorage.length), 0);
});

test("start over, what is known, forget me", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.menu("What do you know about me?");
  await visitor.log.getByText("Your messages so far: 1.").waitFor();
  await visitor.menu("Start over");
  await visitor.questions.first().waitFor({ state: "detached" });
  assert.match(await said(visitor.answers.first()), /automated assistant/);
  await visitor.ask("do you have wifi");
  await visitor.forget();
  await visitor.log.getByText("I have deleted").waitFor();
  assert.equal(await visitor.questions.count(), 0);
  await visitor.page.reload();
  await visitor.open();
  assert.equal(await visitor.questions.count(), 0);
});

test("nothing is forgotten without a yes", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.menu("Forget me");
  await visitor.chat.getByText("your call-back request if you made one?").waitFor();
  const yes = visitor.chat.getByRole("button", { name: "Yes, delete it all" });
  assert.ok(await yes.evaluate((one) => one.matches(":focus")));
  await visitor.page.keyboard.press("Escape");
  await visitor.menu("Forget me");
  await visitor.chat.getByRole("button", { name: "No, keep it" }).click();
  await yes.waitFor({ state: "detached" });
  await visitor.page.reload();
  await visitor.open();
  await visitor.questions.first().waitFor();
});

test("an answer is rated, and the rating is there after a reload", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  const up = visitor.log.getByRole("button", { name: "Yes, this helped" });
  assert.equal(await up.count(), 1); // the greeting is no answer
  await up.click();
  await visitor.chat.getByText("Thank you.").waitFor();
  assert.equal(await up.getAttribute("aria-pressed"), "true");
  await visitor.page.reload();
  await visitor.launcher.click();
  await up.waitFor();
  assert.equal(await up.getAttribute("aria-pressed"), "true");
});

test("an answer tells where it comes from, and calls nothing reviewed that is not", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.log.getByText("Where this comes from").click();
  assert.ok(await visitor.log.getByText("Source: the clinic's web page").isVisible());
  assert.ok(await visitor.log.getByText("Read on: November 22, 2026").isVisible());
  assert.equal(await visitor.log.getByText("Reviewed on").count(), 0);
});

test("the conversation can be copied and printed", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.menu("Copy the conversation");
  await visitor.chat.getByText("The conversation is copied.").waitFor({ state: "attached" });
  const copied = await visitor.page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /You: do you have wifi\n\nAssistant: We have WiFi/);
  const [sheet] = await Promise.all([
    context.waitForEvent("page"),
    visitor.menu("Print the conversation"),
  ]);
  assert.match(await sheet.locator("body").innerText(), /You: do you have wifi/);
});

test("markup that somebody types is text", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("<img src=x onerror=alert(1)> do you have wifi");
  assert.match(await said(visitor.questions.first()), /^<img src=x/);
  assert.equal(await visitor.log.locator("img").count(), 0);
});

for (const [name, options] of [
  ["1280x800", { viewport: { width: 1280, height: 800 } }],
  ["320x640", { viewport: { width: 320, height: 640 } }],
  ["1280x800-dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }],
  ["320x640-dark", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }],
  ["320x256-zoomed", { viewport: { width: 320, height: 256 } }], // 1280x1024 at 400 %
  ["1280x800-forced-colors", { forcedColors: "active" }],
]) {
  test(`no accessibility fault, nothing cut off: ${name}`, async (t) => {
    const visitor = await Visitor.at(await open(t, options));
    assert.deepEqual(await visitor.faults(), []);
    await visitor.open();
    assert.deepEqual(await visitor.faults(), []);
    await visitor.ask("does the needle stay in my arm the whole time?");
    await visitor.ask("wat time u open");
    await visitor.log.getByText("Where this comes from").last().click();
    assert.deepEqual(await visitor.faults(), []);
    const { width } = visitor.page.viewportSize();
    const scroll = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(scroll <= width, `the page is ${scroll} wide`);
    const panel = await visitor.panel.evaluate((one) => one.scrollWidth - one.clientWidth);
    assert.ok(panel <= 1, `the panel is ${panel} too wide`);
    await shoot(visitor, `chat-${name}`);
    await visitor.chat.getByRole("button", { name: "More options" }).click();
    assert.deepEqual(await visitor.faults(), []);
    await shoot(visitor, `menu-${name}`);
  });
}

test("from right to left", async (t) => {
  const visitor = await Visitor.at(await open(t, { viewport: { width: 320, height: 640 } }));
  await visitor.page.evaluate(() => (document.documentElement.dir = "rtl"));
  await visitor.open();
  await visitor.ask("do you have wifi");
  const panel = await visitor.panel.evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.ok(panel <= 1);
  const send = await visitor.chat.getByRole("button", { name: "Send" }).boundingBox();
  assert.ok(send.x < 60, "the button to send is on the left");
});

test("nothing moves for those who do not want it", async (t) => {
  const context = await open(t, { reducedMotion: "reduce" });
  const visitor = await Visitor.at(context);
  await visitor.open();
  await visitor.page.route("**/messages", () => {}); // never answered
  await visitor.field.fill("do you have wifi");
  await visitor.field.press("Enter");
  const dot = visitor.chat.locator(".typing i").first();
  assert.equal(await dot.evaluate((one) => getComputedStyle(one).animationName), "none");
});

test("without scripts there is the phone", async (t) => {
  const context = await open(t, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(DEMO);
  assert.ok(await page.getByRole("link", { name: "914-460-4891" }).first().isVisible());
  assert.ok(await page.locator("noscript p").isVisible());
});

test("a page of another website, under the strictest policy", async (t) => {
  const policy = [
    "default-src 'none'",
    `script-src ${SERVER}`,
    `connect-src ${SERVER}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  const page = `<!doctype html><html lang="en"><title>Clinic</title><main><h1>Clinic</h1></main>
    <script type="module" src="${SERVER}/webhooks/web/dripdesk.js" data-heading="Our desk"></script>`;
  const site = createServer((_, answer) =>
    answer.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": policy }).end(page),
  );
  await new Promise((done) => site.listen(process.env.DRIPDESK_SITE_PORT, "127.0.0.1", done));
  t.after(() => site.close());
  const context = await open(t);
  const address = `http://127.0.0.1:${process.env.DRIPDESK_SITE_PORT}/`;
  const visitor = await Visitor.at(context, address);
  await visitor.open();
  assert.match((await visitor.ask("do you have wifi")).text, new RegExp(WIFI));
  assert.ok(await visitor.panel.getByRole("heading", { name: "Our desk" }).isVisible());
  assert.deepEqual(await visitor.faults(), []);
  assert.deepEqual(context.violations, []);
  assert.deepEqual([...context.requested].sort(), [new URL(address).origin, SERVER].sort());
});

test("the demo page asks nobody else and breaks no rule of its own", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.menu("What do you know about me?");
  await visitor.log.getByText("Your messages so far").waitFor();
  assert.deepEqual(context.violations, []);
  assert.deepEqual([...context.requested], [SERVER]);
  const rules = (await visitor.page.request.get(DEMO)).headers()["content-security-policy"];
  assert.match(rules, /default-src 'none'.*require-trusted-types-for 'script'/);
});

test("words can be replaced", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.evaluate(
    () => (document.querySelector("dripdesk-chat").strings = { open: "Haga una pregunta" }),
  );
  await visitor.chat.getByRole("button", { name: "Haga una pregunta" }).waitFor();
});

test("an answer that comes after the end is not kept", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  let answer;
  const held = new Promise((release) => (answer = release));
  await visitor.page.route("**/messages", async (route) => {
    await held;
    await route.continue();
  });
  await visitor.field.fill("do you have wifi");
  await visitor.field.press("Enter");
  await visitor.questions.first().waitFor();
  await visitor.menu("End chat");
  const answered = visitor.page.waitForResponse("**/messages");
  answer();
  await (await answered).finished();
  await visitor.page.waitForTimeout(100);
  assert.equal(await visitor.page.evaluate(() => localStorage.length), 0);
  await visitor.open();
  assert.equal(await visitor.questions.count(), 0);
});

test("the checker would tell of a fault", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.panel.evaluate((one) => one.append(document.createElement("button")));
  assert.match((await visitor.faults()).join(), /button-name/);
});
