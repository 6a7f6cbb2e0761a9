// Where the focus is, and what of an answer is in view.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Visitor, open, said } from "./visitor.js";

const IDLE = 31 * 60 * 1000;
const PHONE = { viewport: { width: 320, height: 640 } };
const SMALL = { viewport: { width: 320, height: 500 } };

/** Returns whether the beginning of a message lies within what is seen of the log. */
function isSeen(bubble) {
  return bubble.evaluate((one) => {
    const seen = one.closest("[role=log]").getBoundingClientRect();
    const { top } = one.getBoundingClientRect();
    return top >= seen.top && top + 40 <= seen.bottom;
  });
}

for (const [name, options] of [
  ["on a desktop", {}],
  ["on a phone", PHONE],
]) {
  test(`the answer to a long message of danger is in view: ${name}`, async (t) => {
    const visitor = await Visitor.at(await open(t, options));
    await visitor.open();
    const { text } = await visitor.ask(`${"It began this morning. ".repeat(25)}My throat is closing.`);
    assert.match(text, /^Call 911 now\./);
    assert.ok(await isSeen(visitor.answers.last()));
    await visitor.page.reload();
    await visitor.launcher.click();
    await visitor.answers.nth(1).waitFor();
    await visitor.page.waitForTimeout(300);
    assert.match(await said(visitor.answers.last()), /^Call 911 now\./);
    assert.ok(await isSeen(visitor.answers.last()));
  });
}

test("each answer is in view, also to questions that were asked at once", async (t) => {
  const visitor = await Visitor.at(await open(t, SMALL));
  await visitor.open();
  for (const text of ["does the needle stay in?", "do you have wifi", "my throat is closing"]) {
    await visitor.field.fill(text);
    await visitor.field.press("Enter");
  }
  await visitor.answers.nth(3).waitFor();
  await visitor.page.waitForTimeout(100);
  assert.match(await said(visitor.answers.last()), /^Call 911 now\./);
  assert.ok(await isSeen(visitor.answers.last()));
});

test("a short question stays in view beside its answer", async (t) => {
  const visitor = await Visitor.at(await open(t, SMALL));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.ask("does the needle stay in?");
  assert.ok(await isSeen(visitor.questions.last()));
  assert.ok(await isSeen(visitor.answers.last()));
});

test('after "Try again" one can go on typing', async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.page.route("**/messages", (route) => route.abort());
  await visitor.field.fill("do you have wifi");
  await visitor.field.press("Enter");
  await visitor.log.getByRole("button", { name: "Try again" }).press("Enter");
  assert.equal(await visitor.focused(), "Type your question");
});

test("who types elsewhere on the page is left there when the chat ends", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.open();
  await visitor.page.evaluate(() => {
    const field = document.createElement("input");
    field.setAttribute("aria-label", "Search");
    document.body.prepend(field);
    field.focus();
  });
  await visitor.page.clock.fastForward(IDLE);
  await visitor.panel.waitFor({ state: "hidden" });
  await visitor.page.waitForTimeout(100);
  assert.equal(await visitor.page.evaluate(() => document.activeElement.localName), "input");
});

test("the focus that was in the chat goes to its button when the chat ends", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.open();
  await visitor.page.clock.fastForward(IDLE);
  await visitor.panel.waitFor({ state: "hidden" });
  await visitor.page.waitForTimeout(100);
  assert.equal(await visitor.focused(), "Ask a question");
});

for (const key of ["Tab", "Shift+Tab"]) {
  test(`where the chat covers the page the focus stays in it: ${key}`, async (t) => {
    const visitor = await Visitor.at(await open(t, PHONE));
    await visitor.page.evaluate(() => {
      const after = document.createElement("button"); // the page goes on behind the chat
      after.textContent = "Behind";
      document.body.append(after);
    });
    await visitor.open();
    assert.equal(await visitor.panel.getAttribute("aria-modal"), "true");
    const reached = [];
    for (let n = 0; n < 25; n += 1) {
      await visitor.page.keyboard.press(key);
      reached.push(await visitor.page.evaluate(() => document.activeElement.localName));
      reached.push(await visitor.focused());
    }
    const places = reached.filter((_, place) => place % 2);
    assert.deepEqual(new Set(reached.filter((_, place) => !(place % 2))), new Set(["dripdesk-chat"]));
    for (const name of ["More options", "Close the chat", "Conversation", "Send", "914-460-4891"]) {
      assert.ok(places.includes(name), `${name} was not reached`);
    }
  });
}

test("where the chat stands beside the page the focus may leave it", async (t) => {
  const visitor = await Visitor.at(await open(t, PHONE));
  await visitor.open();
  await visitor.page.setViewportSize({ width: 1280, height: 800 });
  await visitor.page.waitForFunction(
    () => !document.querySelector("dripdesk-chat").shadowRoot.querySelector("[aria-modal]"),
  );
  const places = new Set();
  for (let n = 0; n < 20; n += 1) {
    await visitor.page.keyboard.press("Shift+Tab");
    places.add(await visitor.page.evaluate(() => document.activeElement.localName));
  }
  assert.ok(places.size > 1, "the focus never left the chat");
});

test("what is said beside the log is said inside a chat that covers the page", async (t) => {
  const visitor = await Visitor.at(await open(t, PHONE));
  await visitor.open();
  await visitor.ask("do you have wifi");
  await visitor.log.getByRole("button", { name: "Yes, this helped" }).click();
  await visitor.panel.getByText("Thank you.").waitFor({ timeout: 5000 });
  await visitor.field.press("Escape");
  await visitor.panel.waitFor({ state: "hidden" });
  assert.equal(await visitor.chat.getByText("Thank you.").count(), 0); // nor said twice
  await visitor.launcher.click();
  await visitor.menu("End chat");
  await visitor.chat.getByText("The chat has ended").waitFor({ timeout: 5000 });
});

test("who types in the chat is there: half an hour begins anew", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.open();
  await visitor.page.clock.fastForward(IDLE - 5 * 60 * 1000);
  await visitor.field.pressSequentially("I wanted to ask about ");
  await visitor.page.clock.fastForward(10 * 60 * 1000);
  assert.equal(await visitor.field.inputValue(), "I wanted to ask about ");
  await visitor.page.clock.fastForward(IDLE);
  await visitor.panel.waitFor({ state: "hidden" });
});

test("the page hears no key that is pressed in the chat", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.evaluate(() => {
    globalThis.heard = [];
    for (const kind of ["keydown", "keypress", "keyup"]) {
      document.addEventListener(kind, ({ key }) => globalThis.heard.push(key));
    }
  });
  await visitor.open();
  await visitor.field.pressSequentially("and/or");
  assert.equal(await visitor.field.inputValue(), "and/or");
  assert.deepEqual(await visitor.page.evaluate(() => globalThis.heard), []);
});

test("a key of an input method neither sends nor closes", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  await visitor.field.fill("half");
  for (const key of ["Enter", "Escape"]) {
    await visitor.field.evaluate(
      (field, name) =>
        field.dispatchEvent(
          new KeyboardEvent("keydown", { key: name, keyCode: 229, bubbles: true, composed: true }),
        ),
      key,
    );
  }
  assert.equal(await visitor.field.inputValue(), "half");
  assert.ok(await visitor.panel.isVisible());
});

test("the menu goes when one goes on", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.open();
  const entry = visitor.chat.getByRole("button", { name: "Start over" });
  for (const goOn of [
    () => visitor.field.focus(),
    () => visitor.chat.getByRole("button", { name: "What should I bring?" }).click(),
  ]) {
    await visitor.chat.getByRole("button", { name: "More options" }).click();
    assert.ok(await entry.isVisible());
    await goOn();
    await entry.waitFor({ state: "hidden" });
  }
});

test("a chat that the page opens begins, and has the focus where it covers the page", async (t) => {
  const visitor = await Visitor.at(await open(t, PHONE));
  await visitor.chat.evaluate((chat) => (chat.open = true));
  await visitor.answers.first().waitFor();
  assert.equal(await visitor.page.evaluate(() => document.activeElement.localName), "dripdesk-chat");
});

test("the page's styles change nothing, and its prints are without the chat", async (t) => {
  const visitor = await Visitor.at(await open(t));
  await visitor.page.evaluate(() => {
    const sheet = new CSSStyleSheet(); // the demo page's own rules allow no other style
    sheet.replaceSync(`body > * { position: relative; z-index: 1; display: inline }
      body { text-transform: uppercase; letter-spacing: 9px; text-align: center }`);
    document.adoptedStyleSheets = [sheet];
  });
  await visitor.open();
  const style = (name) =>
    visitor.answers.first().evaluate((one, key) => getComputedStyle(one)[key], name);
  assert.equal(await style("textTransform"), "none");
  assert.equal(await style("letterSpacing"), "normal");
  const placed = () => visitor.chat.evaluate((one) => getComputedStyle(one).position);
  assert.equal(await placed(), "fixed");
  await visitor.page.emulateMedia({ media: "print" });
  assert.ok(await visitor.panel.isHidden());
});
