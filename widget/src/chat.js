import { LitElement, unsafeCSS } from "lit";
import styles from "./chat.css";
import { Conversation, OVER } from "./conversation.js";
import { keyed, newId } from "./messages.js";
import { print, written } from "./paper.js";
import { STRINGS } from "./strings.js";
import { widget } from "./views.js";

const CHECK = 15 * 1000; // milliseconds between looks whether somebody has gone away

/**
 * A launcher in the corner of a page, and the panel in which patients ask.
 *
 * A message is `{id, from, text, at, key}`; of the patient's, `send` is what is sent if that differs
 * from what is shown, and `state` is sending or failed until it is answered. An answer may have
 * `buttons`, `about` (where it comes from) and `helpful`.
 */
export class Chat extends LitElement {
  static styles = unsafeCSS(styles);

  static properties = {
    server: {},
    heading: {},
    open: { type: Boolean, reflect: true },
    strings: { attribute: false },
    messages: { state: true },
    hasMenu: { state: true },
    notice: { state: true },
    status: { state: true },
    clinic: { state: true },
  };

  constructor() {
    super();
    this.open = false;
    this.strings = {};
    this.queue = Promise.resolve();
    this.status = "";
    this.clear();
  }

  clear() {
    this.messages = [];
    this.hasMenu = false;
    this.notice = "";
    this.clinic = null;
    this.suggestions = [];
    this.isReady = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.conversation = new Conversation(this.server);
    this.conversation.addEventListener("changed", () => this.isReady && this.refresh());
    this.conversation.addEventListener("ended", () => this.clear());
    this.online = () => (this.isReady ? this.resend() : this.open && this.start());
    this.offline = () => (this.notice = this.say("offline"));
    addEventListener("online", this.online);
    addEventListener("offline", this.offline);
    this.timer = setInterval(() => this.conversation.isOver && this.end(), CHECK);
    if (this.conversation.isOver) this.conversation.end();
    if (this.open) this.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("online", this.online);
    removeEventListener("offline", this.offline);
    clearInterval(this.timer);
    this.conversation.close();
  }

  say(name) {
    return this.strings[name] ?? STRINGS[name];
  }

  // What was said

  /** Goes on with the conversation that this browser knows, or begins one. */
  async start() {
    if (this.isReady) return;
    try {
      if (this.conversation.kept?.token) await this.restore();
      else await this.begin();
      this.resend();
    } catch (failure) {
      this.show([]);
      this.warn(failure);
    }
  }

  /** Shows what another tab has said, once nothing of this one is on its way. */
  refresh() {
    this.queue = this.queue.then(() => this.restore()).catch((failure) => this.warn(failure));
  }

  async begin() {
    await this.conversation.begin();
    this.show([]);
    this.isReady = true;
    this.notice = "";
  }

  /** Shows the conversation as the server has it. What is shown again is not read out again. */
  async restore() {
    let said;
    try {
      said = await this.conversation.restore();
    } catch (failure) {
      if (failure.status !== 401) throw failure;
      return await this.begin();
    }
    const log = this.renderRoot.querySelector(".log");
    log?.setAttribute("aria-live", "off");
    this.show(said);
    this.isReady = true;
    this.notice = "";
    await this.updateComplete;
    log?.setAttribute("aria-live", "polite");
    this.scroll();
  }

  /** Shows the greeting, what was said, and what could not be sent yet. */
  show(said) {
    const { clinic, suggestions, greeting = [], pending = [] } = this.conversation.kept ?? {};
    const answered = new Set(said.map(({ id }) => id));
    this.clinic = clinic ?? null;
    this.suggestions = suggestions ?? [];
    this.messages = keyed([
      ...greeting.map((one) => ({ ...one, from: "assistant", id: "greeting" })),
      ...said,
      ...pending.filter(({ id }) => !answered.has(id)).map((one) => ({ ...one, state: "failed" })),
    ]);
  }

  add(...messages) {
    this.messages = keyed([...this.messages, ...messages]);
    this.scroll();
  }

  change(id, more) {
    this.messages = this.messages.map((one) => (one.id === id ? { ...one, ...more } : one));
  }

  // Asking

  /** Sends what a patient typed, or what stands behind a button. */
  ask(text, send = text) {
    const message = { id: newId(), from: "patient", text, send, at: Date.now() / 1000 };
    this.conversation.keep({ pending: [...this.pending, message] });
    this.add({ ...message, state: "sending" });
    this.deliver(message);
  }

  get pending() {
    return this.conversation.kept?.pending ?? [];
  }

  /** Sends again what could not be sent. */
  resend() {
    for (const message of this.messages.filter(({ state }) => state === "failed")) {
      this.deliver(message);
    }
  }

  /** Delivers one message after the other, so that answers come in the order of the questions. */
  deliver(message) {
    this.change(message.id, { state: "sending" });
    this.queue = this.queue.then(() => this.exchange(message));
  }

  async exchange(message) {
    try {
      const answer = await this.conversation.send({ id: message.id, text: message.send });
      this.settle(message.id);
      if (!this.isReady) this.welcome();
      if (answer.is_new) this.messages = [];
      this.hear(answer.messages, answer.id ?? "told");
      this.notice = "";
      this.conversation.changed();
    } catch (failure) {
      if (failure.isFinal) {
        this.settle(message.id);
        this.hear([{ text: failure.message }], "refused");
      } else {
        this.change(message.id, { state: "failed" });
        this.warn(failure);
      }
    }
  }

  /** Notes that a message needs not be sent again. */
  settle(id) {
    this.change(id, { state: undefined });
    this.conversation.keep({ pending: this.pending.filter((one) => one.id !== id) });
  }

  /** Puts the greeting before what was asked while the server could not be reached. */
  welcome() {
    const asked = this.messages;
    this.show([]);
    this.messages = keyed([...this.messages.filter(({ id }) => id === "greeting"), ...asked]);
    this.isReady = true;
  }

  hear(answers, id) {
    const at = Date.now() / 1000;
    this.add(...answers.map((one) => ({ ...one, id, at, from: "assistant" })));
  }

  warn({ status, message }) {
    if (status === OVER) return;
    this.notice = message || this.say(navigator.onLine ? "unreachable" : "offline");
  }

  async rate(message, helpful) {
    try {
      await this.conversation.rate(message.id, helpful);
      this.messages = this.messages.map((one) =>
        one.id === message.id && one.from === "assistant" ? { ...one, helpful } : one,
      );
      this.status = this.say("thanks");
    } catch (failure) {
      this.warn(failure);
    }
  }

  // The panel

  async reveal() {
    this.open = true;
    this.status = "";
    this.start();
    await this.updateComplete;
    this.renderRoot.querySelector("textarea").focus();
    this.scroll();
  }

  async close() {
    this.open = false;
    this.hasMenu = false;
    await this.updateComplete;
    this.renderRoot.querySelector(".launcher").focus();
  }

  /** Ends the conversation: this device keeps nothing of it. */
  end() {
    const wasOpen = this.open;
    this.conversation.end();
    this.clear();
    this.status = this.say("ended");
    if (wasOpen) this.close();
  }

  async startOver() {
    try {
      await this.begin();
    } catch (failure) {
      this.warn(failure);
    }
    this.conversation.changed();
  }

  async tell(request, isNew) {
    try {
      const { text, messages = [{ text }] } = await request;
      if (isNew) {
        this.messages = [];
        this.conversation.changed();
      }
      this.hear(messages, "told");
    } catch (failure) {
      this.warn(failure);
    }
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(written(this.messages, (name) => this.say(name)));
      this.status = this.say("copied");
    } catch {
      this.status = this.say("notCopied");
    }
  }

  print() {
    print(this.messages, (name) => this.say(name));
  }

  choose(action) {
    this.hasMenu = false;
    this.renderRoot.querySelector("textarea").focus();
    action();
  }

  keydown(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (!this.hasMenu) return void this.close();
    this.hasMenu = false;
    this.renderRoot.querySelector(".more").focus();
  }

  type(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const field = this.renderRoot.querySelector("textarea");
    const text = field.value.trim();
    if (text) this.ask(text);
    field.value = "";
    field.focus();
  }

  /** Shows the last question with as much of its answer as there is room for. */
  async scroll() {
    await this.updateComplete;
    const log = this.renderRoot.querySelector(".log");
    const asked = [...log.querySelectorAll(".patient")].at(-1);
    log.scrollTop = asked ? asked.offsetTop - 8 : 0;
  }

  reply(title, payload) {
    this.ask(title, payload);
    const field = this.renderRoot.querySelector("textarea");
    // On a phone the keyboard would hide the answer.
    (matchMedia("(pointer: fine)").matches ? field : this.renderRoot.querySelector(".log")).focus();
  }

  render() {
    return widget(this);
  }
}
