// What is wrong with the page as it is laid out now: a list of sentences. Runs in the page, by the driver.
const wrong = [];
const name = (element) => {
  const text = (element.innerText || element.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ").slice(0, 40);
  return `<${element.tagName.toLowerCase()}${element.id ? " id=" + element.id : ""}> "${text}"`;
};
const shown = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
// Words for screen readers alone are one pixel wide, and clipped on purpose.
const hidden = (element) => {
  const box = element.getBoundingClientRect();
  return box.width <= 1.5 || box.height <= 1.5;
};

const page = document.documentElement;
if (page.scrollWidth > page.clientWidth + 1) {
  const beyond = [...document.body.querySelectorAll("*")]
    .filter((element) => shown(element) && !element.closest(".scroll, svg svg") && element.getBoundingClientRect().right > page.clientWidth + 1)
    .slice(0, 3);
  wrong.push(`scrolls sideways: ${page.scrollWidth} in ${page.clientWidth}: ${beyond.map(name).join(", ")}`);
}

// Words cut off: an element with text of its own that is wider than its box, which hides what sticks out.
for (const element of document.body.querySelectorAll("*")) {
  if (!shown(element) || hidden(element) || element.closest("svg, textarea, select, input, .scroll, iframe, .vh, .skip")) continue;
  const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
  if (!own) continue;
  const style = getComputedStyle(element);
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  if (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut off at its side: ${name(element)}`);
  if (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 3) wrong.push(`cut off below: ${name(element)}`);
}

// A column of letters: a line of words that has no more room than a few of them.
for (const element of document.body.querySelectorAll("h1, h2, h3, p, li, td, dd, button, a")) {
  if (!shown(element) || hidden(element) || element.closest("svg, .vh, .skip, .up")) continue;
  const box = element.getBoundingClientRect();
  const size = parseFloat(getComputedStyle(element).fontSize);
  if (element.innerText.trim().length > 15 && box.width < 3 * size && box.height > 6 * size) wrong.push(`a column of letters: ${name(element)}`);
}

// What can be clicked lies on nothing else that can. Bars that stand still while the page moves below them are left out,
// and so is what belongs together: a field and its own label.
const stands = (element) => {
  for (let at = element; at instanceof Element; at = at.parentElement) {
    if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return true;
  }
  return false;
};
const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => shown(element) && !hidden(element) && !stands(element) && !element.closest(".skip"));
const boxes = targets.flatMap((element) => {
  // A node of a drawing is as large as its sign; its label has room of its own, which the layout's tests hold.
  const drawn = element.closest("svg") ? element.querySelector("use, circle, rect") : null;
  const rects = drawn ? [drawn.getBoundingClientRect()] : [...element.getClientRects()];
  return rects.map((box) => ({ element, box }));
});
const related = (a, b) => a.contains(b) || b.contains(a) || (a.labels && [...a.labels].some((label) => label.contains(b))) ||
  (b.labels && [...b.labels].some((label) => label.contains(a)));
let overlaps = 0;
for (let i = 0; i < boxes.length; i += 1) {
  for (let j = i + 1; j < boxes.length && overlaps < 5; j += 1) {
    const [a, b] = [boxes[i], boxes[j]];
    if (a.element === b.element || related(a.element, b.element)) continue;
    const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    if (wide > 2 && high > 2) {
      overlaps += 1;
      wrong.push(`one lies on the other: ${name(a.element)} and ${name(b.element)}`);
    }
  }
}

if (document.querySelectorAll("main").length !== 1) wrong.push("there is not one main");
if (document.querySelectorAll("h1").length !== 1) wrong.push("there is not one h1");
return wrong;
