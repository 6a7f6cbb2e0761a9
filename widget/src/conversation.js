/** The conversation with the server: one in a browser, shared by its tabs until it ends. */

const IDLE = 30 * 60 * 1000; // milliseconds, as the server's tokens
const PATIENCE = 20 * 1000; // milliseconds that a request may take

/** The status of a request whose conversation has ended meanwhile. */
export const OVER = -1;

/** A request that was not served. Its text, if it has one, is for the patient. */
export class Failure extends Error {
  constructor(status, text, isFinal = false) {
    super(text);
    this.status = status;
    this.isFinal = isFinal;
  }
}

/**
 * Talks to the server. Dispatches `changed` when another tab has said something, `forgotten` when
 * the server has forgotten the conversation there, and `ended` when it has ended, here or there.
 */
export class Conversation extends EventTarget {
  /** @param {string} server the address of the channel, without a slash at its end */
  constructor(server) {
    super();
    this.server = server;
    this.key = `dripdesk ${server}`;
    this.store = storage("localStorage");
    this.unsent = storage("sessionStorage"); // of this tab alone, and gone with it
    // What an earlier conversation left is not sent in the next one.
    if (!this.kept) this.pending = [];
    this.tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(this.key) : null;
    this.ends = 0;
    this.tabs?.addEventListener("message", ({ data }) => {
      if (data === "ended") this.leave();
      else this.dispatchEvent(new Event(data));
    });
  }

  /** Ends the listening to other tabs. */
  close() {
    this.tabs?.close();
  }

  /** What this browser keeps: token, clinic, greeting, suggestions. */
  get kept() {
    const kept = JSON.parse(this.store.getItem(this.key) ?? "null");
    return kept && Date.now() - kept.at < IDLE ? kept : null;
  }

  keep(more) {
    this.store.setItem(this.key, JSON.stringify({ ...this.kept, ...more, at: Date.now() }));
  }

  /** The messages of this tab that are not sent yet. They go when the conversation is over. */
  get pending() {
    return JSON.parse(this.unsent.getItem(this.key) ?? "[]");
  }

  set pending(messages) {
    if (messages.length) this.unsent.setItem(this.key, JSON.stringify(messages));
    else this.unsent.removeItem(this.key);
  }

  /** Whether somebody has gone away, and what is kept here must go. */
  get isOver() {
    return this.store.getItem(this.key) !== null && this.kept === null;
  }

  /** Begins a conversation; what was not sent yet goes over into it. */
  async begin() {
    const begun = await this.request("POST", "/session", {});
    const { token, clinic, messages, suggestions } = begun;
    this.keep({ token, clinic, suggestions, greeting: messages });
  }

  /** Returns the conversation so far. */
  async restore() {
    return (await this.request("GET", "/conversation")).messages;
  }

  /** Sends a message; returns the answer. The same message may be sent again. */
  async send({ id, text }) {
    try {
      return await this.request("POST", "/messages", { id, text });
    } catch (failure) {
      if (failure.status !== 401) throw failure;
      await this.begin(); // it was too old
      return await this.request("POST", "/messages", { id, text });
    }
  }

  /** Tells what the server keeps. */
  known() {
    return this.request("GET", "/known");
  }

  /** Deletes what the server keeps. */
  forget() {
    return this.request("DELETE", "/conversation");
  }

  /** Says whether an answer helped. */
  rate(id, helpful) {
    return this.request("POST", "/feedback", { id, helpful });
  }

  /** Tells the other tabs that something was said. */
  changed() {
    this.tabs?.postMessage("changed");
  }

  /** Tells the other tabs that nothing said so far is to be sent any more. */
  forgotten() {
    this.tabs?.postMessage("forgotten");
  }

  /** Takes note that the conversation has ended, here or in another tab. */
  leave() {
    this.ends += 1;
    this.pending = [];
    this.dispatchEvent(new Event("ended"));
  }

  /** Forgets the conversation on this device. */
  end() {
    this.leave();
    this.store.removeItem(this.key);
    this.tabs?.postMessage("ended");
  }

  async request(method, path, body) {
    const { ends } = this;
    const sent = this.kept?.token;
    const headers = { Authorization: `Bearer ${sent ?? ""}` };
    if (body) headers["Content-Type"] = "application/json";
    const limit = new AbortController(); // AbortSignal.timeout is too new for many phones
    const timer = setTimeout(() => limit.abort(), PATIENCE);
    let answer;
    let content;
    try {
      answer = await fetch(this.server + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        credentials: "omit",
        signal: limit.signal,
      });
      content = await answer.json();
    } catch {
      throw new Failure(ends === this.ends ? 0 : OVER, ""); // no connection, or not our server's answer
    } finally {
      clearTimeout(timer);
    }
    // What comes after the end must not be kept on this device.
    if (ends !== this.ends) throw new Failure(OVER, "");
    // Another tab may have begun anew meanwhile: then this belongs to what is over.
    const isOurs = path === "/session" || this.kept?.token === sent;
    if (content.token && isOurs) this.keep({ token: content.token });
    if (answer.ok) return content;
    throw new Failure(answer.status, content.error?.text ?? "", [400, 413].includes(answer.status));
  }
}

/** Returns a storage of the browser; where it allows none, one of this page alone. */
function storage(name) {
  try {
    const store = globalThis[name];
    store.setItem("dripdesk", "1");
    store.removeItem("dripdesk");
    return store;
  } catch {
    const kept = new Map();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    };
  }
}
