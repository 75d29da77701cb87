// Opens the sealed page in the reader's own browser: no server is asked, nothing is kept.
"use strict";

const sealed = JSON.parse(document.getElementById("sealed").textContent);
const form = document.getElementById("ask");
const typed = document.getElementById("password");
const said = document.getElementById("said");
const inside = document.getElementById("inside");
const open = document.getElementById("open");
// Left lying open, it closes.
const IDLE_MS = 5 * 60 * 1000;
let idle = 0;
let last = 0;

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function words(text) {
  return new TextEncoder().encode(text);
}

function whyNot() {
  if (!globalThis.crypto?.subtle) {
    return "This browser cannot open it. Save the file, and open it with Chrome, Edge or Firefox.";
  }
  if (Date.now() >= Date.parse(sealed.until)) {
    return "This copy is past its time. Delete it, and take a new one.";
  }
  if (Date.now() < Date.parse(sealed.made) - 60 * 60 * 1000) {
    return "The clock of this device is wrong. Put it right, and try again.";
  }
  return "";
}

async function unsealed(password) {
  const raw = await crypto.subtle.importKey("raw", words(password), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: bytes(sealed.salt), iterations: sealed.rounds },
    raw,
    { name: "AES-GCM", length: 256 },
    false,
    ["decrypt"],
  );
  const about = words(`${sealed.made} ${sealed.until}`);
  const how = { name: "AES-GCM", iv: bytes(sealed.nonce), additionalData: about };
  return new TextDecoder().decode(await crypto.subtle.decrypt(how, key, bytes(sealed.inside)));
}

function say(what) {
  said.textContent = what;
  said.hidden = !what;
  typed.setAttribute("aria-invalid", String(Boolean(what)));
}

function close() {
  clearTimeout(idle);
  inside.replaceChildren();
  inside.hidden = true;
  form.hidden = false;
  typed.value = "";
}

// A device that slept stopped the timer: the clock is asked as well.
function look() {
  if (inside.hidden) {
    return;
  }
  if (whyNot() || Date.now() - last >= IDLE_MS) {
    close();
    say(whyNot());
  }
}

function stillHere() {
  look();
  if (inside.hidden) {
    return;
  }
  last = Date.now();
  clearTimeout(idle);
  idle = setTimeout(close, IDLE_MS);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say(whyNot());
  if (!said.hidden) {
    return;
  }
  open.disabled = true;
  open.textContent = "Opening";
  try {
    const page = await unsealed(typed.value);
    // Ours, and unchanged since it was sealed: the seal would not have opened otherwise.
    inside.innerHTML = page;
    form.hidden = true;
    inside.hidden = false;
    typed.value = "";
    inside.querySelector("#close").addEventListener("click", close);
    inside.querySelector("h1").focus();
    last = Date.now();
    stillHere();
  } catch {
    say("That is not the password of this copy, or the file was damaged.");
    typed.focus();
  } finally {
    open.disabled = false;
    open.textContent = "Open";
  }
});

for (const kind of ["click", "keydown", "scroll"]) {
  document.addEventListener(kind, stillHere, { passive: true });
}
document.addEventListener("visibilitychange", look);
window.addEventListener("pageshow", look);
say(whyNot());
