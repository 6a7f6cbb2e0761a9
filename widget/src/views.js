import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { CHAT, CLOSE, DOWN, MORE, SEND, UP } from "./icons.js";
import { parts } from "./links.js";

/** Returns all of the widget: its launcher, and its panel. */
export function widget(chat) {
  return html`
    <button class="launcher" ?hidden=${chat.open} aria-haspopup="dialog" @click=${() => chat.reveal()}>
      ${CHAT}<span>${chat.say("open")}</span>
    </button>
    <section
      class="panel"
      role="dialog"
      aria-labelledby="title"
      aria-modal=${chat.open && chat.narrow.matches ? "true" : nothing}
      ?hidden=${!chat.open}
      @keydown=${(event) => chat.keydown(event)}
      @keypress=${stop}
      @keyup=${stop}
      @input=${() => chat.stay()}
      @pointerdown=${() => chat.stay()}
      @focusin=${({ target }) => target.closest(".menu, .more") || (chat.hasMenu = false)}
    >
      ${header(chat)}
      <p class="alarm">${linked(chat.say("emergency"))}</p>
      ${menu(chat)}
      <div
        class="log"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label=${chat.say("log")}
        tabindex="0"
      >
        ${repeat(
          chat.messages,
          ({ key }) => key,
          (one) => message(chat, one),
        )}
      </div>
      ${foot(chat)}
      ${status(chat.open && chat.status)}
    </section>
    ${status(!chat.open && chat.status)}
  `;
}

const stop = (event) => event.stopPropagation();

// Once in the panel and once beside it: where the panel is modal nothing else is read out.
const status = (text) => html`<p class="unseen" role="status">${text || nothing}</p>`;

function header(chat) {
  return html`
    <div class="header">
      <h2 id="title">
        ${chat.heading || chat.clinic?.name || chat.say("title")}
        <small>${chat.say("subtitle")}</small>
      </h2>
      <button
        class="icon more"
        aria-label=${chat.say("more")}
        aria-expanded=${chat.hasMenu}
        aria-controls="menu"
        @click=${() => (chat.hasMenu = !chat.hasMenu)}
      >
        ${MORE}
      </button>
      <button class="icon" aria-label=${chat.say("close")} @click=${() => chat.close()}>${CLOSE}</button>
    </div>
  `;
}

function menu(chat) {
  const entries = [
    ["startOver", () => chat.startOver()],
    ["copy", () => chat.copy()],
    ["print", () => chat.print()],
    ["known", () => chat.tell(() => chat.conversation.known())],
    ["forget", () => chat.askToForget()],
    ["end", () => chat.conversation.end()],
  ];
  const answers = [
    ["forgetAll", () => chat.tell(() => chat.conversation.forget())],
    ["keepAll", () => {}],
  ];
  return html`
    <div class="below">
      <div
        class="menu"
        id="menu"
        role="group"
        aria-label=${chat.say(chat.isForgetting ? "forgets" : "more")}
        ?hidden=${!chat.hasMenu}
      >
        ${chat.isForgetting ? html`<p>${chat.say("forgets")}</p>` : nothing}
        ${(chat.isForgetting ? answers : entries).map(
          ([name, action]) =>
            html`<button @click=${() => chat.choose(action)}>${chat.say(name)}</button>`,
        )}
      </div>
    </div>
  `;
}

function message(chat, one) {
  const who = one.from === "patient" ? "you" : "assistant";
  return html`
    <div class="message ${one.from} ${one.state ?? ""}">
      <p class="bubble"><span class="unseen">${chat.say(who)}: </span><bdi>${linked(one.text)}</bdi></p>
      ${one.state === "failed"
        ? html`<p class="failed">
            ${chat.say("notSent")}
            <button @click=${() => chat.deliver(one)}>${chat.say("retry")}</button>
          </p>`
        : nothing}
      <div class="tools" aria-live="off">
        ${one.at ? html`<time datetime=${iso(one.at)}>${clock(one.at)}</time>` : nothing}
        ${one.isRated ? thumbs(chat, one) : nothing}
        ${one.about ? origin(chat, one.about) : nothing}
      </div>
    </div>
  `;
}

function thumbs(chat, one) {
  const thumb = (helpful, name, icon) => html`
    <button
      class="icon"
      aria-label=${chat.say(name)}
      aria-pressed=${one.helpful === helpful}
      @click=${() => chat.rate(one, helpful)}
    >
      ${icon}
    </button>
  `;
  return html`<span aria-hidden="true">${chat.say("helpful")}</span>
    ${thumb(true, "yes", UP)} ${thumb(false, "no", DOWN)}`;
}

function origin(chat, { sources, as_of: asOf, reviewed_on: reviewedOn }) {
  const line = (name, value) => (value ? html`<p>${chat.say(name)}: ${value}</p>` : nothing);
  return html`<details>
    <summary>${chat.say("source")}</summary>
    ${line("from", sources)} ${line("asOf", asOf)} ${line("reviewed", reviewedOn)}
  </details>`;
}

function foot(chat) {
  const [last] = chat.messages.slice(-1);
  const replies =
    last?.id === "greeting"
      ? chat.suggestions.map((title) => ({ title, payload: title }))
      : (last?.buttons ?? []);
  return html`
    ${chat.messages.some(({ state }) => state === "sending")
      ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`
      : nothing}
    ${status(chat.messages.some(({ state }) => state === "sending") && chat.say("typing"))}
    <div class="replies" role="group" aria-label=${chat.say("replies")} ?hidden=${!replies.length}>
      ${replies.map(
        ({ title, payload }) =>
          html`<button @click=${(event) => chat.reply(event, title, payload)}>${title}</button>`,
      )}
    </div>
    <p class="notice" role="status">${chat.notice}</p>
    <form @submit=${(event) => chat.submit(event)}>
      <textarea
        rows="1"
        enterkeyhint="send"
        aria-label=${chat.say("placeholder")}
        placeholder=${chat.say("placeholder")}
        dir="auto"
        @keydown=${(event) => chat.type(event)}
        @input=${() => chat.grow()}
      ></textarea>
      <button class="send" aria-label=${chat.say("send")}>${SEND}</button>
    </form>
    ${chat.clinic?.tel
      ? html`<p class="call">
          ${chat.say("call")} <a href="tel:${chat.clinic.tel}">${chat.clinic.phone}</a>
        </p>`
      : nothing}
  `;
}

function linked(text) {
  return parts(text).map((part) => {
    if (typeof part === "string") return part;
    const isPage = part.href.startsWith("http");
    return isPage
      ? html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.text}</a>`
      : html`<a class="number" href=${part.href}>${part.text}</a>`;
  });
}

const iso = (at) => new Date(at * 1000).toISOString();
const clock = (at) =>
  new Date(at * 1000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
