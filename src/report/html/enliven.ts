/**
 * What a page can do with scripts: filter, copy, keys, a theme that is remembered. The source text of the function is put into
 * pages, so it uses nothing outside itself; the whole report can be read without it.
 */

/** Adds behaviour to a page; the function returned removes the key handlers. Elements are found by id or class; missing ones are skipped. */
export function enliven(page: Document, root: HTMLElement): () => void {
  const find = (selector: string): HTMLElement | null => root.querySelector<HTMLElement>(selector);
  const findAll = (selector: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(selector)];
  const box = find("#filter") as HTMLInputElement | null;
  const told = find("#filter-count");

  /** Hides every row without the words, and everything left without rows. */
  const filter = (): void => {
    const words = (box?.value ?? "")
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const matches = (text: string | null): boolean => words.every((word) => (text ?? "").toLowerCase().includes(word));
    const rows = findAll("main tbody tr, main dl > .row");
    let count = 0;
    for (const row of rows) {
      row.hidden = !matches(row.textContent);
      if (!row.hidden) count++;
    }
    for (const table of findAll("main .scroll")) {
      table.hidden = table.querySelector("tbody tr:not([hidden])") === null;
      const heading = table.previousElementSibling;
      if (heading instanceof HTMLElement && heading.tagName === "H3") heading.hidden = table.hidden;
    }
    for (const fold of findAll("main details") as HTMLDetailsElement[]) {
      const hit = fold.querySelector("tbody tr:not([hidden]), .row:not([hidden])") !== null;
      fold.hidden = !hit && words.length > 0;
      if (words.length > 0 && hit) {
        if (!fold.open) fold.dataset["opened"] = "";
        fold.open = true;
      } else if (words.length === 0 && fold.dataset["opened"] !== undefined) {
        fold.open = false;
        delete fold.dataset["opened"];
      }
    }
    if (told !== null) told.textContent = words.length === 0 ? "" : `${count} of ${rows.length} rows`;
  };

  const copy = async (button: HTMLElement): Promise<void> => {
    const source = find(`#${button.dataset["copy"]}`);
    if (source === null) return;
    const label = button.textContent;
    let done = true;
    try {
      await page.defaultView?.navigator.clipboard.writeText(source.textContent ?? "");
    } catch {
      // Without permission, the text is selected instead, ready to be copied by hand.
      for (let above: HTMLElement | null = source; above !== null; above = above.parentElement)
        if (above instanceof HTMLDetailsElement) above.open = true;
      page.defaultView?.getSelection()?.selectAllChildren(source);
      source.scrollIntoView();
      done = page.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Selected";
    page.defaultView?.setTimeout(() => (button.textContent = label), 1500);
  };

  /** A page opened from a file may have no storage; then nothing is remembered. */
  const remember = (theme: string | null): string | null => {
    try {
      if (theme !== null) page.defaultView?.localStorage.setItem("tls-diff-theme", theme);
      return page.defaultView?.localStorage.getItem("tls-diff-theme") ?? null;
    } catch {
      return null;
    }
  };

  const toggle = (name: string): void => {
    const choices = findAll(`input[name=${name}]`) as HTMLInputElement[];
    const next = choices[(choices.findIndex(({ checked }) => checked) + 1) % choices.length];
    if (next !== undefined) next.click();
  };

  const fold = (): void => {
    const folds = findAll("main details.message") as HTMLDetailsElement[];
    const open = folds.some((one) => !one.open);
    for (const one of folds) one.open = open;
  };

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && box !== null && box.value !== "") {
      box.value = "";
      filter();
      return;
    }
    const at = event.target;
    if (at instanceof HTMLInputElement && at.type === "search") return;
    if (event.key === "/") {
      event.preventDefault();
      box?.focus();
      box?.select();
    } else if (event.key === "d") toggle("rows");
    else if (event.key === "t") toggle("theme");
    else if (event.key === "e") fold();
    else if (event.key === "c") find("[data-copy=as-text]")?.click();
    else if (event.key === "m") find("[data-copy=as-markdown]")?.click();
  };

  root.classList.add("lively");
  box?.addEventListener("input", filter);
  page.addEventListener("keydown", press);
  for (const button of findAll("[data-copy]")) button.addEventListener("click", () => void copy(button));
  const theme = remember(null);
  for (const input of findAll("input[name=theme]") as HTMLInputElement[]) {
    if (input.value === theme) input.checked = true;
    input.addEventListener("change", () => remember(input.value));
  }
  return () => page.removeEventListener("keydown", press);
}
