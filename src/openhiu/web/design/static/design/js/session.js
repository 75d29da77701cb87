// Warns before the session ends, in step across tabs, and locks the page when it has ended.
// The server says how long is left (data-remaining, then GET data-state-url, which extends nothing).

const POLL = 30_000;

export function watchSession() {
  const dialog = document.querySelector("dialog[data-session]");
  if (dialog) new Watch(dialog).start();
}

class Watch {
  constructor(dialog) {
    this.dialog = dialog;
    this.warn = Number(dialog.dataset.warn) * 1000;
    this.left = dialog.querySelector("[data-session-left]");
    this.said = dialog.querySelector("[data-session-said]");
    this.tabs = "BroadcastChannel" in window ? new BroadcastChannel("openhiu-session") : null;
    this.saidAt = null;
  }

  start() {
    this.until(Number(this.dialog.dataset.remaining));
    this.tell();
    this.tabs?.addEventListener("message", ({ data }) => this.hear(data));
    this.dialog.querySelector("[data-session-stay]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.stay(event.target);
    });
    // Escape means "I am here", never "let it run out unseen".
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.stay(this.dialog.querySelector("[data-session-stay]"));
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    window.addEventListener("online", () => this.ask());
    // Posts made by this page (drafts, htmx) extend the session on the server.
    document.addEventListener("openhiu:active", (event) => {
      this.until(event.detail.remaining);
      this.tell();
    });
    window.setInterval(() => this.tick(), 1000);
    window.setInterval(() => this.ask(), POLL);
  }

  until(seconds) {
    if (!Number.isFinite(seconds)) return;
    this.end = Date.now() + seconds * 1000;
  }

  tell() {
    this.tabs?.postMessage({ end: this.end });
  }

  hear({ end, locked }) {
    if (locked) return this.lock(false);
    if (end > this.end) this.end = end;
    this.tick();
  }

  tick() {
    const left = this.end - Date.now();
    if (left <= 0) return this.askOrLock();
    if (left > this.warn) return this.dialog.open && this.dialog.close();
    if (!this.dialog.open) this.dialog.showModal();
    this.left.textContent = inWords(left);
    this.announce(left);
  }

  // Read aloud once a minute, and at 30 and 10 seconds; a count each second would drown all else.
  announce(left) {
    const seconds = Math.ceil(left / 1000);
    const at = seconds > 30 ? Math.ceil(seconds / 60) * 60 : seconds > 10 ? 30 : 10;
    if (at === this.saidAt) return;
    this.saidAt = at;
    this.said.textContent = `This page locks in ${inWords(at * 1000)}`;
  }

  async ask() {
    try {
      const answer = await fetch(this.dialog.dataset.stateUrl, {
        headers: { Accept: "application/json" },
        cache: "no-store",
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        return this.lock();
      }
      if (!answer.ok) return undefined;
      const { remaining } = await answer.json();
      this.until(remaining);
      return remaining;
    } catch {
      return undefined; // no connection: the clock in this page goes on
    }
  }

  // Another tab may have kept the session alive: the server decides.
  async askOrLock() {
    if (this.asking) return;
    this.asking = true;
    const remaining = await this.ask();
    this.asking = false;
    if (!(remaining > 0)) this.lock();
  }

  async stay(form) {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (!answer.ok) return this.lock();
      const { remaining } = await answer.json();
      this.until(remaining);
      this.saidAt = null;
      this.dialog.close();
      this.tell();
    } catch {
      this.said.textContent = "No connection. We could not keep you signed in yet: try again";
      this.left.textContent = `${inWords(this.end - Date.now())} (no connection, try again)`;
    }
  }

  lock(tell = true) {
    if (this.locked) return;
    this.locked = true;
    if (tell) this.tabs?.postMessage({ locked: true });
    document.dispatchEvent(new CustomEvent("openhiu:locking"));
    window.location.assign(this.dialog.dataset.lockUrl);
  }
}

function inWords(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds > 60) return `${Math.ceil(seconds / 60)} minutes`;
  if (seconds === 60) return "1 minute";
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
