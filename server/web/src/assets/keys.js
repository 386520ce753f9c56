/* "/" leads to the search, unless somebody is typing. Without this script the link and the access key do the same. */
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const at = event.target;
  if (at instanceof Element && at.closest("input, textarea, select, [contenteditable]")) return;
  const fields = [...document.querySelectorAll("input[data-search]")].filter((field) => field.offsetParent !== null);
  const field = fields.find((field) => field.id === "q") ?? fields[0];
  event.preventDefault();
  if (field) {
    field.focus();
    field.select();
  } else {
    document.querySelector("a[data-search]")?.click();
  }
});
