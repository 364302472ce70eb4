/** Handshakes as pictures: two lifelines, an arrow for each message, its packet on the left and its time on the right. */
import type { Handshake } from "../../handshake/handshake.ts";
import type { Party } from "../document.ts";
import { sign } from "../document.ts";
import { endText } from "../sentence.ts";
import { countText, endpointText } from "../words.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { steps } from "./steps.ts";
import type { Step } from "./steps.ts";

/** The pictures side by side, and a legend. */
export function sequenceHtml(parties: readonly Party[]): Markup {
  return html`<section class="sequence">
    <h3>Sequence</h3>
    <div class="pictures">${parties.map(pictureHtml)}</div>
    <p class="legend">
      <span class="in-clear">in the clear</span> <span class="sealed">encrypted</span> <span class="opened">decrypted</span>
      <span class="below">transport</span> <span class="fatal">alert, reset</span> <span class="odd">not TLS, lost or sent again</span>
    </p>
  </section> `;
}

/** Units of the picture; a phone shows it at about nine tenths. */
const WIDTH = 420;
const CLIENT = 46;
const SERVER = 346;
const TOP = 56;
const STEP = 30;
/** Characters of the longest text over an arrow. */
const LONGEST = 40;

function pictureHtml({ name, handshake }: Party): Markup {
  const { shown, left } = steps(handshake);
  const height = TOP + shown.length * STEP + (left > 0 ? STEP : 0) + 14;
  const addresses = addressesHtml(handshake);
  const more = left > 0 ? html`<text class="aside" x="${MIDDLE}" y="${height - 16}">${sign("more")} ${left} more</text>` : null;
  return html`<figure>
    <figcaption>
      <span class="${name.tone ?? ""}">${name.text}</span> <small class="${handshake.outcome}">${endText(handshake)}</small>
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${spokenText(shown)}">
      <text class="peer" x="${CLIENT}" y="16">client</text>
      <text class="peer" x="${SERVER}" y="16">server</text>
      ${addresses}
      <path class="life" d="M${CLIENT} 46V${height}M${SERVER} 46V${height}" />
      ${shown.map((step, index) => stepHtml(step, TOP + index * STEP + 14))}${more}
    </svg>
  </figure> `;
}

const MIDDLE = (CLIENT + SERVER) / 2;

/** The addresses; a snapshot, or a recorded client, has none. */
function addressesHtml({ snapshot, reference, transport: { client, server } }: Handshake): Markup | null {
  if (snapshot === true || reference !== undefined) return null;
  const [left, right] = [endpointText(client), endpointText(server)];
  // Two IPv6 addresses would overlap.
  const isLong = left.length + right.length > 58;
  // Each is centred over its line, but moved inwards if it would cross the edge.
  return html`<text class="address" x="${Math.max(CLIENT, halfOf(left))}" y="32">${left}</text>
    <text class="address" x="${Math.min(SERVER, WIDTH - halfOf(right))}" y="${isLong ? 43 : 32}">${right}</text> `;
}

/** Half the width of an address, in units of the picture. */
function halfOf(address: string): number {
  return Math.ceil(address.length * 3.1);
}

function stepHtml(step: Step, y: number): Markup {
  const isClient = step.from === "client";
  const [start, end] = isClient ? [CLIENT, SERVER] : [SERVER, CLIENT];
  const tip = isClient ? end - 7 : end + 7;
  const lost = step.look === "trouble" && step.text.startsWith("gap");
  const packet = step.packet > 0 ? html`<text class="packet" x="${CLIENT - 12}" y="${y + 4}">${step.packet}</text>` : null;
  const time = step.packet > 0 ? html`<text class="time" x="${WIDTH}" y="${y + 4}">${timeText(step.after)}</text>` : null;
  const head = lost
    ? html`<path class="head cross" d="M${MIDDLE - 4} ${y - 4}l8 8m0-8l-8 8" />`
    : html`<path class="head" d="M${end} ${y}L${tip} ${y - 4}V${y + 4}Z" />`;
  return html`<g class="step ${step.look}"
    ><title>${titleText(step)}</title>${packet}<path class="line" d="M${start} ${y}H${lost ? MIDDLE : tip}" />${head}<text
      class="label"
      x="${MIDDLE}"
      y="${y - 6}"
      >${labelText(step)}</text
    >${time}</g
  > `;
}

function labelText({ text, count, look }: Step): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}${sign("more")}` : text;
  const times = count > 1 ? ` (${look === "plaintext" ? `${count} lines` : count})` : "";
  return look === "encrypted" ? `encrypted ${short}${times}` : look === "decrypted" ? `${short}, decrypted${times}` : `${short}${times}`;
}

function titleText(step: Step): string {
  const more = step.count > 1 ? `, ${countText(step.count, "time")}` : "";
  return `${step.packet > 0 ? `packet ${step.packet}, ` : ""}${step.from}: ${step.look === "encrypted" ? "encrypted " : ""}${step.text}${more}`;
}

/** `+0.463 ms` in at most nine characters. */
function timeText(microseconds: number): string {
  if (Number.isNaN(microseconds)) return "";
  if (microseconds < 0) return "earlier";
  const milliseconds = microseconds / 1000;
  return milliseconds < 1000 ? `+${milliseconds.toFixed(milliseconds < 100 ? 2 : 0)} ms` : `+${(milliseconds / 1000).toFixed(1)} s`;
}

function spokenText(shown: readonly Step[]): string {
  return shown.map((step) => `${step.from}: ${labelText(step)}`).join("; ");
}
