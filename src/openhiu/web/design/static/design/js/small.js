// Small things: printing, showing and hiding, filters that apply as one chooses, htmx manners.

function printing() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// <button data-toggle="ID" aria-expanded="false" hidden>Show</button> shows and hides #ID.
function showAndHide() {
  for (const button of document.querySelectorAll("[data-toggle]")) {
    const target = document.getElementById(button.dataset.toggle);
    if (!target) continue;
    const draw = (open) => {
      target.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      const words = open ? button.dataset.hideText : button.dataset.showText;
      if (words) button.textContent = words;
    };
    button.hidden = false;
    button.setAttribute("aria-controls", target.id);
    draw(button.getAttribute("aria-expanded") === "true");
    button.addEventListener("click", () => draw(target.hidden));
  }
}

// <textarea data-copy> buttons: <button data-copy-from="ID"> puts a kept text on the clipboard.
function copying() {
  for (const button of document.querySelectorAll("[data-copy-from]")) {
    const source = document.getElementById(button.dataset.copyFrom);
    if (!source || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.textContent = "Copied";
    });
  }
}

// A page from the back-forward cache would show a record after signing out: ask the server again.
function neverFromMemory() {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[data-session]")) window.location.reload();
  });
}

// A search that is answered by the sign-in page leads there, instead of drawing it into the list;
// one that is not answered says so in the element that [data-live-status] marks.
function liveManners() {
  // htmx notes the page's address for a history that is switched off; nothing stays in the browser.
  document.addEventListener("htmx:load", () => {
    window.sessionStorage.removeItem("htmx-current-path-for-history");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const asked = new URL(pathInfo.requestPath, window.location.href).pathname;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
    }
  });
  const say = (words) => {
    for (const place of document.querySelectorAll("[data-live-status]")) place.textContent = words;
  };
  document.addEventListener("htmx:sendError", () => say("No connection: what you see is from before"));
  document.addEventListener("htmx:responseError", () => say("That did not work: try again"));
  document.addEventListener("htmx:afterSwap", () => say(""));
}

export function startSmall() {
  liveManners();
  printing();
  showAndHide();
  copying();
  neverFromMemory();
}
