/**
 * The file that a clinic's page loads, with one line:
 *
 *   <script type="module" src="https://chat.clinic.example/webhooks/web/dripdesk.js"></script>
 *
 * It puts a <dripdesk-chat> at the end of the page, unless the page has one. What the line has as
 * data-... becomes an attribute of it: data-heading, data-open.
 */
import { Chat } from "./chat.js";

customElements.define("dripdesk-chat", Chat);

const script = [...document.querySelectorAll("script[src]")].find(
  (one) => one.src === import.meta.url,
);
if (!document.querySelector("dripdesk-chat")) {
  const chat = document.createElement("dripdesk-chat");
  chat.setAttribute("server", new URL(".", import.meta.url).href.replace(/\/$/, ""));
  for (const [name, value] of Object.entries(script?.dataset ?? {})) chat.setAttribute(name, value);
  document.body.append(chat);
  // Some pages exchange their body as visitors go on; a script runs once.
  new MutationObserver(() => chat.isConnected || document.body?.append(chat)).observe(
    document.documentElement,
    { childList: true },
  );
}
