// Keeps what one types on the server, never in the browser: forms with data-draft="KEY".
// POSTs JSON {key, fields: {name: [texts]}} to data-draft-url; expects {"saved_at": ISO time}.

const PAUSE = 800;
const RETRIES = [2_000, 5_000, 10_000, 30_000, 60_000];
const KEPT_OUT = new Set(["csrfmiddlewaretoken", "posted", "draft", "page"]);
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", timeZone: "Europe/London",
});

export function keepDrafts() {
  const drafts = [...document.querySelectorAll("form[data-draft]")].map((form) => new Draft(form));
  if (!drafts.length) return;
  const flush = () => drafts.forEach((draft) => draft.leave());
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  window.addEventListener("pagehide", flush);
  window.addEventListener("online", () => drafts.forEach((draft) => draft.retryNow()));
  window.addEventListener("beforeunload", (event) => {
    if (drafts.some((draft) => draft.unsaved)) event.preventDefault();
  });
}

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.kept = this.text();
    this.tries = 0;
    this.locked = false;
    document.addEventListener("openhiu:locking", () => { this.locked = true; });
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", () => { this.sent = true; });
    // Back from a failed post: the form is here again and typing goes on.
    window.addEventListener("pageshow", () => { this.sent = false; });
  }

  get unsaved() {
    return !this.sent && !this.locked && this.text() !== this.kept;
  }

  text() {
    const fields = {};
    for (const [name, value] of new FormData(this.form)) {
      const control = this.form.elements.namedItem(name);
      if (KEPT_OUT.has(name) || value instanceof File || control?.type === "password") continue;
      (fields[name] ??= []).push(value);
    }
    return JSON.stringify(fields);
  }

  typed() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), PAUSE);
  }

  request(text, options = {}) {
    return fetch(this.form.dataset.draftUrl, {
      method: "POST",
      redirect: "manual",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": this.form.elements.namedItem("csrfmiddlewaretoken").value,
      },
      body: JSON.stringify({ key: this.form.dataset.draft, fields: JSON.parse(text) }),
      ...options,
    });
  }

  // One request at a time, so that an older text never lands after a newer one.
  async save() {
    window.clearTimeout(this.timer);
    const text = this.text();
    if (text === this.kept || this.sent || this.locked) return;
    if (this.busy) return void this.typed();
    this.busy = true;
    try {
      const answer = await this.request(text);
      await this.answered(answer, text);
    } catch {
      this.again("Not saved: no connection. We will try again, keep this page open");
    } finally {
      this.busy = false;
    }
  }

  async answered(answer, text) {
    if (answer.ok) {
      const { saved_at: at, remaining } = await answer.json().catch(() => ({}));
      this.kept = text;
      this.tries = 0;
      this.say(`Saved as a draft at ${CLOCK.format(at ? new Date(at) : new Date())}`);
      if (remaining) {
        document.dispatchEvent(new CustomEvent("openhiu:active", { detail: { remaining } }));
      }
      if (this.unsaved) this.typed();
    } else if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      this.say("Not saved: you have been signed out. Sign in in another tab, then type again", true);
    } else if (answer.status === 413) {
      this.say("Not saved as a draft: this is too long. Save the form itself", true);
    } else {
      this.again("Not saved: something went wrong here. We will try again, keep this page open");
    }
  }

  again(words) {
    this.say(words, true);
    const wait = RETRIES[Math.min(this.tries, RETRIES.length - 1)];
    this.tries += 1;
    this.timer = window.setTimeout(() => this.save(), wait);
  }

  retryNow() {
    this.tries = 0;
    if (this.unsaved) this.save();
  }

  // The page is going away: `keepalive` lets the request finish without it (up to 64 KB).
  leave() {
    if (!this.unsaved) return;
    const text = this.text();
    if (text.length > 60_000) return void this.save();
    this.request(text, { keepalive: true })
      .then((answer) => this.answered(answer, text))
      .catch(() => {});
  }

  say(words, trouble = false) {
    if (!this.status) return;
    this.status.textContent = words;
    this.status.classList.toggle("app-draft--trouble", trouble);
  }
}
