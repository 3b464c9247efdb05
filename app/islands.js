// Wakes the islands of a page: loads the wasm when the browser has nothing better to do, and calls each island's function by its name.
// The page works without it.
const { glue, wasm } = document.getElementById("islands").dataset;

async function wake() {
  const module = await import(glue);
  await module.default({ module_or_path: wasm });
  module.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    module[island.dataset.component](island);
  }
}

if ("requestIdleCallback" in window) {
  requestIdleCallback(wake, { timeout: 2000 });
} else {
  wake();
}
