// Starts the portal, and shows a screen in plain markup when it cannot start or falls over.
// The hashed addresses of its two parts stand in index.html, so this file needs no templating.

const show = (id) => {
  document.getElementById("portal").hidden = true;
  const screen = document.getElementById(id);
  screen.hidden = false;
  screen.focus();
};

for (const button of document.querySelectorAll("[data-reload]")) {
  button.addEventListener("click", () => location.reload());
}

// A click beside a name goes on to the name's link, in a new tab with the keys that ask for one. The design system
// has a script for it and for much else; this is all of it that the portal uses.
addEventListener("click", ({ target, ctrlKey, metaKey }) => {
  const cell = target.closest?.("[data-clickdelegatefor]");
  if (!cell || target.closest("a, button")) return;
  const link = document.getElementById(cell.dataset.clickdelegatefor);
  if (ctrlKey || metaKey) open(link.href);
  else link.click();
});

// The portal's own hook shows the panic screen. A trap that is no panic (memory, stack) comes this way.
const trapped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) show("panic");
};
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

try {
  const { default: start } = await import(document.getElementById("portal-js").href);
  await start({ module_or_path: document.getElementById("portal-wasm").href });
} catch (error) {
  console.error("the portal could not be started", error);
  if (document.getElementById("panic").hidden) show("not-loaded");
}
