// Practice without the mouse, and the clock of a mock interview. Pages work without it.
(() => {
  "use strict";
  // A key presses the button that bears it, unless something is being typed.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, button, a, summary");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  // <time data-clock data-ran="12" data-limit="180">: seconds since the question was opened, and those it should take.
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const began = performance.now() - Number(clock.dataset.ran) * 1000;
  const limit = Number(clock.dataset.limit);
  const show = () => {
    const ran = Math.floor((performance.now() - began) / 1000);
    const over = limit > 0 && ran > limit;
    const rest = limit > 0 ? Math.abs(limit - ran) : ran;
    const two = (n) => String(n).padStart(2, "0");
    clock.textContent = `${over ? "+" : ""}${Math.floor(rest / 60)}:${two(rest % 60)}`;
    clock.classList.toggle("over", over);
  };
  show();
  setInterval(show, 1000);
})();
