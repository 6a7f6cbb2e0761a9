// That each message arrives once, whatever the line does, and leaves nothing behind on the device.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Visitor, open, said } from "./visitor.js";

const WIFI = /We have WiFi/;
const DANGER = "my throat is closing";
const IDLE = 31 * 60 * 1000;

/** Lets the answers to some requests wait until the function that it returns is called. */
async function hold(visitor, path) {
  let release;
  const released = new Promise((done) => (release = done));
  await visitor.page.route(path, async (route) => {
    const response = await route.fetch();
    await released;
    await route.fulfill({ response }).catch(() => {}); // the page may be gone
  });
  return release;
}

/** Lets one text not arrive. */
async function lose(visitor, text) {
  await visitor.page.route("**/messages", (route) =>
    route.request().postDataJSON().text === text ? route.abort() : route.continue(),
  );
}

/** Notes what is sent. */
function sent(visitor) {
  const texts = [];
  visitor.page.on("request", (request) => {
    if (request.url().endsWith("/messages")) texts.push(request.postDataJSON().text);
  });
  return texts;
}

async function type(visitor, text) {
  await visitor.field.fill(text);
  await visitor.field.press("Enter");
}

async function write(visitor, text) {
  await type(visitor, text);
  await visitor.log.getByText("Not sent.").last().waitFor();
}

/** Returns all that the device keeps, as one text. */
function kept(visitor) {
  return visitor.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
}

test("a question that is asked before the conversation has begun is sent once", async (t) => {
  const visitor = await Visitor.at(await open(t));
  const texts = sent(visitor);
  const release = await hold(visitor, "**/session");
  await visitor.launcher.click();
  await type(visitor, "do you have wifi");
  await visitor.page.waitForTimeout(500);
  assert.equal(await visitor.log.getByText("Not sent.").count(), 0);
  release();
  await visitor.answers.nth(1).waitFor();
  await visitor.page.waitForTimeout(500);
  assert.deepEqual(texts, ["do you have wifi"]);
  assert.equal(await visitor.questions.count(), 1);
  assert.equal(await visitor.answers.count(), 2);
  assert.match(await said(visitor.answers.first()), /automated assistant/);
});

test("a question that waited for a conversation that did not begin is not called unsent", async (t) => {
  const visitor = await Visitor.at(await open(t));
  let fail;
  const failed = new Promise((done) => (fail = done));
  await visitor.page.route("**/session", (route) => failed.then(() => route.abort()));
  await visitor.page.route("**/messages", () => {}); // on its way
  await visitor.launcher.click();
  await type(visitor, "do you have wifi");
  await visitor.questions.first().waitFor();
  const sending = visitor.page.waitForRequest("**/messages");
  fail();
  await sending;
  await visitor.page.waitForTimeout(100);
  assert.equal(await visitor.log.getByText("Not sent.").count(), 0);
});

test("a question that is asked while the page is loaded again stays", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("is there parking");
  await visitor.page.reload();
  const release = await hold(visitor, "**/conversation");
  await visitor.launcher.click();
  await type(visitor, "do you have wifi");
  await visitor.page.waitForTimeout(1000);
  release();
  await visitor.answers.nth(2).waitFor();
  await visitor.page.waitForTimeout(500);
  assert.equal(await visitor.questions.count(), 2);
  assert.equal(await said(visitor.questions.last()), "do you have wifi");
  assert.match(await said(visitor.answers.last()), WIFI);
});

test("what was answered, though the answer did not arrive, is not sent again", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.page.route("**/messages", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await write(visitor, "do you have wifi");
  await visitor.page.unroute("**/messages");
  const texts = sent(visitor);
  await visitor.page.reload();
  await visitor.launcher.click();
  await visitor.answers.nth(1).waitFor();
  assert.equal(await visitor.questions.count(), 1);
  assert.doesNotMatch(await kept(visitor), /wifi/);
  assert.deepEqual(texts, []);
});

test("what waited for its turn is not sent after the end", async (t) => {
  const visitor = await Visitor.at(await open(t));
  const texts = sent(visitor);
  const release = await hold(visitor, "**/session");
  await visitor.launcher.click();
  await type(visitor, "do you have wifi");
  await visitor.menu("Start over");
  await visitor.menu("End chat");
  release();
  await visitor.page.waitForTimeout(500);
  assert.deepEqual(texts, []);
  assert.equal(await kept(visitor), "[{},{}]");
});

test("a chat that is closed and opened while it begins begins once", async (t) => {
  const visitor = await Visitor.at(await open(t));
  let begun = 0;
  let fail;
  const failed = new Promise((done) => (fail = done));
  await visitor.page.route("**/session", async (route) => {
    begun += 1;
    await failed;
    await route.abort();
  });
  await visitor.launcher.click();
  await visitor.chat.getByRole("button", { name: "Close the chat" }).click();
  await visitor.launcher.click();
  fail();
  await visitor.panel.getByText("I cannot be reached right now.").waitFor();
  await visitor.page.waitForTimeout(300);
  assert.equal(begun, 1);
});

test("a chat that ended while it began begins anew", async (t) => {
  const visitor = await Visitor.at(await open(t));
  const release = await hold(visitor, "**/session");
  await visitor.launcher.click();
  await visitor.menu("End chat");
  await visitor.launcher.click();
  release();
  await visitor.answers.first().waitFor({ timeout: 5000 });
});

test("an answer that came with the conversation is not asked for again", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  const other = await Visitor.at(context);
  await visitor.open();
  await other.open();
  await visitor.page.route("**/messages", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await write(visitor, "do you have wifi");
  await visitor.page.unroute("**/messages");
  const release = await hold(visitor, "**/conversation");
  const asked = visitor.page.waitForRequest("**/conversation");
  await other.ask("is there parking");
  await asked;
  await visitor.log.getByRole("button", { name: "Try again" }).click();
  release();
  await visitor.answers.nth(2).waitFor();
  await visitor.page.waitForTimeout(500);
  assert.equal(await visitor.answers.count(), 3);
});

for (const [name, length] of [
  ["long", 2100],
  ["longer than a request may be", 40_000],
]) {
  test(`danger at the end of a text that is ${name} is answered, once`, async (t) => {
    const visitor = await Visitor.at(await open(t));
    await visitor.open();
    const texts = sent(visitor);
    await visitor.field.focus();
    const long = "It is a long story. ".repeat(length / 20);
    await visitor.page.keyboard.insertText(`${long} ${DANGER}`); // as one pastes
    await visitor.field.press("Enter");
    await visitor.answers.nth(1).waitFor();
    assert.match(await said(visitor.answers.last()), /^Call 911 now\./);
    assert.equal(await visitor.log.getByText("Not sent.").count(), 0);
    assert.doesNotMatch(await kept(visitor), /long story/);
    await visitor.page.reload();
    await visitor.open();
    await visitor.page.waitForTimeout(300);
    assert.equal(texts.length, 1);
    assert.ok(texts[0].startsWith("It is a long story.") && texts[0].endsWith(DANGER));
  });
}

test("a long text without danger gets the answer that it is too long", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  const { text } = await visitor.ask("do you have wifi? ".repeat(200));
  assert.match(text, /^Your message is too long for me to read\./);
  assert.equal(await visitor.panel.getByText("Not sent.").count(), 0);
});

test("a browser of 2021 can ask", async (t) => {
  const context = await open(t);
  await context.addInitScript(() => {
    delete AbortSignal.timeout;
    delete Array.prototype.at;
  });
  const visitor = await Visitor.at(context);
  await visitor.open();
  assert.match((await visitor.ask("do you have wifi")).text, WIFI);
  assert.deepEqual(context.failures, []);
});

test("nobody waits for ever", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.open();
  await visitor.page.route("**/messages", () => {}); // never answered
  await type(visitor, "do you have wifi");
  await visitor.questions.first().waitFor();
  await visitor.page.clock.fastForward(21 * 1000);
  await visitor.log.getByText("Not sent.").waitFor({ timeout: 5000 });
});

test("what was not sent stays in its tab, and goes with it", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  await lose(visitor, "do you have wifi");
  await write(visitor, "do you have wifi");
  assert.doesNotMatch(await visitor.page.evaluate(() => JSON.stringify(localStorage)), /wifi/);
  await visitor.page.close();
  const other = await Visitor.at(context);
  await other.open();
  assert.equal(await other.questions.count(), 0);
  assert.doesNotMatch(await kept(other), /wifi/);
});

for (const way of ["menu", "word"]) {
  test(`"forget me" forgets what was not sent, in every tab: by the ${way}`, async (t) => {
    const context = await open(t);
    const visitor = await Visitor.at(context);
    const other = await Visitor.at(context);
    await visitor.open();
    await visitor.ask("is there parking");
    for (const one of [visitor, other]) {
      if (one === other) await other.open();
      await lose(one, "do you have wifi");
      await write(one, "do you have wifi");
    }
    const release = await hold(visitor, way === "menu" ? "**/conversation" : "**/messages");
    if (way === "menu") await visitor.forget();
    else await type(visitor, "forget me");
    await type(visitor, "what does it cost"); // asked afterwards, so it is not lost
    release();
    await visitor.log.getByText("I have deleted").waitFor();
    await visitor.log.getByText("price").waitFor();
    assert.equal(await visitor.questions.count(), 1);
    assert.doesNotMatch(await kept(visitor), /wifi/);
    await other.log.getByText("Not sent.").waitFor({ state: "detached" });
    assert.doesNotMatch(await kept(other), /wifi/);
    await visitor.page.unroute("**/messages");
    await visitor.page.reload();
    await visitor.open();
    await visitor.answers.nth(1).waitFor();
    assert.equal(await visitor.log.getByText("do you have wifi").count(), 0);
  });
}

test("what is on its way when one wants to be forgotten is forgotten too", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  const release = await hold(visitor, "**/messages");
  await type(visitor, "do you have wifi");
  await visitor.forget();
  await visitor.page.waitForTimeout(300);
  release();
  await visitor.log.getByText("I have deleted").waitFor();
  await visitor.page.waitForTimeout(300);
  assert.equal(await visitor.questions.count(), 0);
  assert.equal(await visitor.answers.count(), 1);
});

test("the end empties the field, and what was not sent in another tab", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  const other = await Visitor.at(context);
  for (const one of [visitor, other]) {
    await one.open();
    await lose(one, "do you have wifi");
    await write(one, "do you have wifi");
    await one.field.fill("what I would not say to all");
  }
  await visitor.menu("End chat");
  for (const one of [visitor, other]) {
    await one.questions.first().waitFor({ state: "detached" });
    assert.equal(await one.chat.locator("textarea").inputValue(), "");
    assert.equal(await kept(one), "[{},{}]");
  }
});

test("what an ended conversation left in a tab is not sent in the next one", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await lose(visitor, "do you have wifi");
  await write(visitor, "do you have wifi");
  await visitor.page.evaluate(() => localStorage.clear()); // as when the tab slept through the end
  await visitor.page.unroute("**/messages");
  await visitor.page.reload();
  await visitor.open();
  assert.equal(await visitor.questions.count(), 0);
  assert.doesNotMatch(await kept(visitor), /wifi/);
});

test("offline it is said how long a message is kept, and so it is", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.open();
  await context.setOffline(true);
  await visitor.page.clock.fastForward(IDLE / 2);
  await write(visitor, "do you have wifi");
  assert.ok(await visitor.panel.getByText("What you write is kept for 30 minutes").isVisible());
  await visitor.page.clock.fastForward(IDLE / 2 + 5 * 60 * 1000);
  assert.equal(await visitor.questions.count(), 1);
  assert.match(await kept(visitor), /wifi/);
  await visitor.page.clock.fastForward(IDLE / 2);
  await visitor.questions.first().waitFor({ state: "detached" });
  assert.equal(await kept(visitor), "[{},{}]");
});

test("where the server cannot be reached, it is said how long a message is kept", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await lose(visitor, "do you have wifi");
  await write(visitor, "do you have wifi");
  assert.ok(await visitor.panel.getByText("What you write is kept for 30 minutes").isVisible());
});

test("the notice goes when there is a connection again", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  await context.setOffline(true);
  const notice = visitor.panel.getByText("No connection.");
  await notice.waitFor();
  await context.setOffline(false);
  await notice.waitFor({ state: "detached", timeout: 5000 });
});

test("a chat that ended in another tab is closed here, and says so", async (t) => {
  const context = await open(t);
  const visitor = await Visitor.at(context);
  await visitor.open();
  const other = await Visitor.at(context);
  await other.open();
  await other.menu("End chat");
  await visitor.panel.waitFor({ state: "hidden" });
  assert.ok(await visitor.launcher.isVisible());
  await visitor.chat.getByText("The chat has ended").first().waitFor({ state: "attached" });
});

test("a page of the browser's cache shows nothing of a chat that has ended", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  // As a page finds it that heard of nothing meanwhile.
  await visitor.page.evaluate(() => localStorage.clear());
  await visitor.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow")));
  await visitor.panel.waitFor({ state: "hidden" });
  assert.equal(await visitor.questions.count(), 0);
});

test("a late reply brings no conversation back that was begun anew in another tab", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.launcher.click();
  await visitor.answers.first().waitFor();
  const release = await hold(visitor, "**/messages");
  await type(visitor, "do you have wifi");
  await visitor.page.evaluate(() => {
    for (const [key, value] of Object.entries(localStorage))
      if (value.includes("token"))
        localStorage[key] = JSON.stringify({ ...JSON.parse(value), token: "of another tab" });
  });
  release();
  await visitor.answers.nth(1).waitFor();
  assert.match(await kept(visitor), /of another tab/);
});

test("two quick presses answer once", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  const suggestion = visitor.chat.getByRole("group", { name: "Suggested answers" });
  await suggestion.getByRole("button").nth(1).dblclick();
  await visitor.answers.nth(1).waitFor();
  await visitor.page.waitForTimeout(300);
  assert.equal(await visitor.questions.count(), 1);
});

test("what cannot be copied or printed is told", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.menu("Copy the conversation");
  await visitor.panel.getByText("The conversation is copied.").waitFor();
  await visitor.page.evaluate(() => (window.open = () => null));
  await visitor.menu("Print the conversation");
  await visitor.panel.getByText("It could not be printed.").waitFor();
});

test("what waits is sent also if the page moves the chat", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.menu("End chat");
  await visitor.open();
  for (const text of ["do you have wifi", "is there a tv"]) {
    await visitor.field.fill(text);
    await visitor.field.press("Enter");
  }
  await visitor.chat.evaluate((chat) => {
    chat.remove();
    document.body.append(chat);
  });
  await visitor.answers.nth(2).waitFor();
  assert.equal(await visitor.questions.count(), 2);
});

test("a page that exchanges its body keeps the chat", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.page.evaluate(() => document.body.replaceWith(document.createElement("body")));
  await visitor.answers.nth(1).waitFor();
});
