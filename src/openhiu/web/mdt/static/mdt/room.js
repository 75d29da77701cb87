// The wall: the clock of the slot, next and previous by key, and asking whether it is still right.
const wall = document.querySelector("[data-room]");
const ASK_EVERY = 10_000;

function keepClock(clock) {
  const began = Date.now();
  const allowed = Number(clock.dataset.minutes) * 60;
  const tick = () => {
    const left = allowed - Math.floor((Date.now() - began) / 1000);
    const minutes = Math.floor(Math.abs(left) / 60);
    const seconds = String(Math.abs(left) % 60).padStart(2, "0");
    clock.textContent = left < 0 ? `${minutes}:${seconds} over` : `${minutes}:${seconds}`;
    clock.classList.toggle("app-wall__clock--over", left < 0);
  };
  tick();
  setInterval(tick, 1000);
}

async function ask() {
  try {
    const answer = await fetch(wall.dataset.room, { headers: { Accept: "application/json" } });
    if (answer.status === 404) return location.replace(wall.dataset.away);
    if (answer.redirected || !answer.ok) return hide();
    const { stamp } = await answer.json();
    if (stamp !== wall.dataset.stamp) location.reload();
  } catch {
    hide();
  }
}

// When nobody can say whether it is still right, nothing of anybody stays on the wall: only the bar
// on top and these words. No stamp is right any more, so that it is drawn again once there is an answer.
function hide() {
  const lost = document.createElement("h1");
  lost.className = "app-wall__name";
  lost.textContent = "The connection is lost";
  wall.replaceChildren(wall.querySelector(".app-wall__top"), lost);
  wall.dataset.stamp = "";
}

if (wall) {
  keepClock(wall.querySelector("[data-clock]"));
  setInterval(ask, ASK_EVERY);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = { PageDown: "ArrowRight", PageUp: "ArrowLeft", " ": "ArrowRight" }[event.key] ?? event.key;
    const link = wall.querySelector(`a[data-key="${key}"]`);
    if (link && !(event.key === " " && event.target.closest("a, button"))) {
      event.preventDefault();
      link.click();
    }
  });
}
