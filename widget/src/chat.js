import { LitElement, unsafeCSS } from "lit";
import styles from "./chat.css";
import { Conversation, OVER } from "./conversation.js";
import { ends, keyed, newId } from "./messages.js";
import { print, written } from "./paper.js";
import { STRINGS } from "./strings.js";
import { widget } from "./views.js";

const CHECK = 15 * 1000; // milliseconds between looks whether somebody has gone away
const RETURNS = ["pageshow", "storage"]; // by which a page learns that time has passed without it
const START = 96; // pixels: the first lines of an answer, which say what to do

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
    isForgetting: { state: true },
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
    this.narrow = matchMedia("(max-width: 480px)"); // as in chat.css: the panel covers the page
    this.turned = () => this.requestUpdate();
    this.clear();
  }

  clear() {
    if (this.field) this.field.value = "";
    this.starting = null;
    this.messages = [];
    this.hasMenu = false;
    this.notice = "";
    this.clinic = null;
    this.suggestions = [];
    this.isReady = false;
  }

  get field() {
    return this.renderRoot?.querySelector("textarea");
  }

  connectedCallback() {
    super.connectedCallback();
    // A page may move the element: what waits in the queue belongs to the same conversation.
    const { ends = 0 } = this.conversation ?? {};
    this.conversation = new Conversation(this.server);
    this.conversation.ends = ends;
    if (this.conversation.isOver) this.conversation.end();
    if (!this.lang) this.lang = "en"; // of its words; the page may be in another language
    this.conversation.addEventListener("changed", () => this.isReady && this.refresh());
    this.conversation.addEventListener("forgotten", () => this.inTurn(() => this.forget()));
    this.conversation.addEventListener("ended", () => this.leave());
    this.online = () => {
      this.notice = "";
      if (this.isReady) this.resend();
      else if (this.open) this.start();
    };
    this.offline = () => (this.notice = this.say("offline"));
    addEventListener("online", this.online);
    addEventListener("offline", this.offline);
    this.narrow.addEventListener("change", this.turned);
    // Also for a page that comes back from the browser's cache after the chat was ended elsewhere.
    this.check = () => {
      if (this.conversation.isOver) this.conversation.end();
      else if (this.isReady && !this.conversation.kept) this.conversation.leave();
    };
    this.timer = setInterval(this.check, CHECK);
    for (const event of RETURNS) addEventListener(event, this.check);
    document.addEventListener("visibilitychange", this.check);
    if (this.isReady) this.refresh();
    else if (this.open) this.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("online", this.online);
    removeEventListener("offline", this.offline);
    this.narrow.removeEventListener("change", this.turned);
    clearInterval(this.timer);
    for (const event of RETURNS) removeEventListener(event, this.check);
    document.removeEventListener("visibilitychange", this.check);
    this.conversation.close();
  }

  willUpdate() {
    if (!this.hasMenu) this.isForgetting = false;
  }

  /** Opened by an attribute or a property, it begins as if the launcher was pressed. */
  updated(changed) {
    if (!changed.has("open") || !this.open) return;
    this.start();
    if (this.narrow.matches && !this.renderRoot.activeElement) this.rest();
  }

  /** Notes that somebody is there: half an hour begins anew. */
  stay() {
    if (this.conversation.kept) this.conversation.keep({});
  }

  say(name) {
    return this.strings[name] ?? STRINGS[name];
  }

  // What was said

  /**
   * Does one thing after the other, so that answers come in the order of the questions; what waits
   * when the chat ends is not done.
   */
  inTurn(action) {
    const { ends } = this.conversation;
    this.queue = this.queue
      .then(() => ends === this.conversation.ends && action())
      .catch((failure) => this.warn(failure));
    return this.queue;
  }

  /** Goes on with the conversation that this browser knows, or begins one. */
  start() {
    this.starting ??= this.inTurn(() => this.enter()).then(() => (this.starting = null));
  }

  async enter() {
    if (this.isReady) return;
    try {
      await (this.conversation.kept?.token ? this.restore() : this.begin());
    } catch (failure) {
      this.show([]);
      throw failure;
    }
    this.resend();
  }

  /** Shows what another tab has said, once nothing of this one is on its way. */
  refresh() {
    this.inTurn(() => this.restore());
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

  /** Shows the greeting, what was said, and what could not be sent yet, or waits for its turn. */
  show(said) {
    const { clinic, suggestions, greeting = [] } = this.conversation.kept ?? {};
    const answered = new Set(said.map(({ id }) => id));
    const pending = this.conversation.pending.filter(({ id }) => !answered.has(id));
    const { sending } = this;
    this.conversation.pending = pending;
    this.clinic = clinic ?? null;
    this.suggestions = suggestions ?? [];
    this.messages = keyed([
      ...greeting.map((one) => ({ ...one, from: "assistant", id: "greeting" })),
      ...said,
      ...pending.map((one) => ({ ...one, state: sending.has(one.id) ? "sending" : "failed" })),
    ]);
  }

  add(...messages) {
    this.messages = keyed([...this.messages, ...messages]);
    this.scroll(messages.length);
  }

  change(id, more) {
    this.messages = this.messages.map((one) => (one.id === id ? { ...one, ...more } : one));
  }

  // Asking

  /** Sends what a patient typed, or what stands behind a button. */
  ask(text, send = text) {
    const message = { id: newId(), from: "patient", text, send, at: Date.now() / 1000 };
    this.conversation.keep({}); // half an hour begins anew
    this.hasMenu = false;
    this.conversation.pending = [...this.conversation.pending, message];
    this.add({ ...message, state: "sending" });
    this.deliver(message);
  }

  /** The ids of what is on its way, or waits for its turn. */
  get sending() {
    return new Set(this.messages.filter(({ state }) => state === "sending").map(({ id }) => id));
  }

  /** Sends again what could not be sent. */
  resend() {
    for (const message of this.messages.filter(({ state }) => state === "failed")) {
      this.deliver(message);
    }
  }

  deliver(message) {
    // "Try again" goes when it is pressed: the focus must not go with it.
    if (this.renderRoot.activeElement?.matches(".failed button")) this.rest();
    this.change(message.id, { state: "sending" });
    this.inTurn(() => this.exchange(message));
  }

  async exchange(message) {
    // While this waited, the answer may have come with the conversation.
    if (!this.conversation.pending.some(({ id }) => id === message.id)) return;
    let answer;
    try {
      answer = await this.conversation.send({ id: message.id, text: message.send });
    } catch (failure) {
      if (!failure.isFinal) {
        this.change(message.id, { state: "failed" });
        throw failure;
      }
      answer = { id: "refused", messages: [{ text: failure.message }] };
    }
    this.settle(message.id);
    if (!this.isReady) this.welcome();
    this.notice = "";
    this.take(answer);
  }

  /** Notes that a message needs not be sent again. */
  settle(id) {
    this.change(id, { state: undefined });
    this.conversation.pending = this.conversation.pending.filter((one) => one.id !== id);
  }

  /** Shows an answer, of a new conversation if it begins one. */
  take({ id = "told", text, messages = [{ text }], is_new: isNew }) {
    if (isNew) {
      this.forget();
      this.conversation.forgotten();
    }
    this.hear(messages, id);
    this.conversation.changed();
  }

  /** Leaves nothing of what was said, or could not be sent, but what was asked since. */
  forget() {
    const { sending } = this;
    const isLater = ({ id }) => sending.has(id);
    this.messages = this.messages.filter(isLater);
    this.conversation.pending = this.conversation.pending.filter(isLater);
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
    this.rest();
    this.scroll();
  }

  async close(takesFocus = true) {
    this.open = false;
    this.status = "";
    this.hasMenu = false;
    await this.updateComplete;
    if (takesFocus) this.renderRoot.querySelector(".launcher").focus();
  }

  /** Shows nothing of a conversation that has ended: this device keeps nothing of it. */
  leave() {
    // Half an hour can pass while somebody types elsewhere on the page.
    const hasFocus = this.renderRoot.activeElement !== null;
    this.clear();
    if (this.open) this.close(hasFocus);
    this.status = this.say("ended");
  }

  startOver() {
    this.inTurn(async () => {
      await this.begin();
      this.conversation.changed();
      this.status = this.say("startedOver");
    });
  }

  tell(request) {
    this.inTurn(async () => this.take(await request()));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(written(this.messages, (name) => this.say(name)));
      this.notice = this.say("copied");
    } catch {
      this.notice = this.say("notCopied");
    }
  }

  print() {
    const isPrinted = print(this.messages, (name) => this.say(name));
    if (!isPrinted) this.notice = this.say("notPrinted");
  }

  choose(action) {
    this.hasMenu = false;
    this.rest();
    action();
  }

  /** Asks in the menu before all is deleted: a call back that was asked for goes with it. */
  async askToForget() {
    this.hasMenu = true;
    this.isForgetting = true;
    await this.updateComplete;
    this.renderRoot.querySelector(".menu button").focus();
  }

  keydown(event) {
    event.stopPropagation(); // shortcuts of the page would take letters
    if (isComposing(event)) return;
    if (event.key === "Tab" && this.narrow.matches) this.contain(event);
    if (event.key !== "Escape") return;
    if (!this.hasMenu) return void this.close();
    this.hasMenu = false;
    this.renderRoot.querySelector(".more").focus();
  }

  /** Keeps the focus in the panel while the page behind it cannot be seen. */
  contain(event) {
    // The first and the last are always shown: the header's, and the phone or the form's.
    const stops = [...this.renderRoot.querySelectorAll(".panel button, .panel a")];
    if (event.shiftKey) stops.reverse();
    if (this.renderRoot.activeElement !== stops[stops.length - 1]) return;
    event.preventDefault();
    stops[0].focus();
  }

  type(event) {
    if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const { field } = this;
    const text = field.value.trim();
    if (text) this.ask(ends(text));
    field.value = "";
    this.grow();
    this.rest();
  }

  /** Shows all lines of what is typed, where the browser does not do so by itself. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight + 2}px`; // with its border
  }

  /**
   * Shows the last question with as much of its answer as there is room for; where there is not
   * even room for the start of the answer, the answer. `count` is how many messages are new.
   */
  async scroll(count = 0) {
    await this.updateComplete;
    const log = this.renderRoot.querySelector(".log");
    const all = [...log.children];
    const [asked] = all.filter((one) => one.matches(".patient")).slice(-1);
    const answer = all[all.length - count] ?? asked?.nextElementSibling ?? asked;
    const needed = answer && answer.offsetTop + Math.min(answer.offsetHeight, START);
    const hasRoom = asked && needed <= asked.offsetTop - 8 + log.clientHeight;
    log.scrollTop = answer ? (hasRoom ? asked : answer).offsetTop - 8 : 0;
  }

  reply({ detail }, title, payload) {
    if (detail > 1) return; // of a shaky hand: the next answer's button may be there by now
    this.ask(title, payload);
    this.rest();
  }

  /** Puts the focus where one goes on; on a phone the keyboard would hide the answer. */
  rest() {
    const isDesk = matchMedia("(pointer: fine)").matches;
    (isDesk ? this.field : this.renderRoot.querySelector(".log")).focus();
  }

  render() {
    return widget(this);
  }
}

/** Whether a key belongs to an input method; Safari tells of its last one by this number only. */
const isComposing = (event) => event.isComposing || event.keyCode === 229;
