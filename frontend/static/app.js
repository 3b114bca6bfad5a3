// All script of our own. Every page works without it; here are conveniences only.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  document.documentElement.classList.add("js");

  // 1. What could not be saved is said in a line that stays, for htmx leaves 5xx answers unswapped.
  const alarm = (text) => { const line = one("#alarm"); if (line) line.textContent = text; };
  const FAILED = "Det gick inte att spara eller hämta. Det du skrivit finns kvar här. Försök igen.";
  const SIGNED_OUT = "Du är utloggad. Logga in igen i en ny flik. Det du skrivit finns kvar här.";
  const GONE = "Det du ändrar finns inte längre. Inget är sparat, texten finns kvar här.";
  const CHANGED = "Det går inte att göra längre, för läget har ändrats. Inget är sparat, texten finns kvar här.";
  const LONG = "Formuläret med all sin text är större än 8 MB. Korta det längsta fältet. Inget är sparat, texten finns kvar här.";
  const REFUSED = "Du får inte göra det här, eller så har sidan varit öppen för länge. Inget är sparat, texten finns kvar här.";
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx?.response?.status ?? 0;
    const said = { 401: SIGNED_OUT, 403: REFUSED, 404: GONE, 409: CHANGED, 413: LONG };
    if (status !== 422) alarm(said[status] ?? FAILED);
    if (status !== 422) saving(event.target, "Inte sparat. Texten finns kvar här.", "bad");
    keep(event.target);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.ctx) alarm(FAILED);
    keep(event.target);
    saving(event.target, "Inte sparat. Kontrollera anslutningen, texten finns kvar här.", "bad");
  });
  // htmx tells of a swap also where it left the answer unswapped.
  const swapped = (event) => {
    const status = event.detail?.ctx?.response?.status ?? 0;
    return status === 422 || (status > 0 && status < 400);
  };
  // What comes live, by itself, says nothing of what could not be saved.
  const live = (event) => event.detail?.ctx?.sourceElement?.hasAttribute?.("hx-sse:connect");
  document.addEventListener("htmx:after:swap", (event) => { if (swapped(event) && !live(event)) alarm(""); });

  // 2. Saved as you type: say so while it happens, and warn before leaving what is not saved.
  //    A button beside a form with text asks first: what stands in the other form would be lost.
  const unsaved = new Set();
  const ASK = "Det du har skrivit i ett annat formulär på sidan är inte sparat, och försvinner. Fortsätta ändå?";
  const keep = (from) => { if (from?.matches?.("form[method=post]")) unsaved.add(from); };
  const saving = (from, text, kind) => {
    const form = from?.closest?.("[data-autosave]");
    const line = form && one(".saved", form);
    if (line) { line.textContent = text; line.className = `saved ${kind}`; }
  };
  document.addEventListener("input", (event) => {
    keep(event.target.form);
    saving(event.target, "Sparar …", "busy");
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const form = event.target.closest?.("[data-autosave]");
    if (form && swapped(event)) { unsaved.delete(form); one(".saved", form)?.classList.remove("busy", "bad"); }
  });
  document.addEventListener("submit", (event) => {
    const others = [...unsaved].some((form) => form !== event.target && form.isConnected);
    if (others && !confirm(ASK)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    unsaved.clear();
  }, true);
  addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.hasAttribute("data-autosave"))) event.preventDefault();
  });

  // 3. A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-autosave")) return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  }, true);
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // 4. Ctrl+K goes to the search field; Escape closes the menu on a small screen.
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const field = one("#find");
      if (field) { event.preventDefault(); field.focus(); }
    }
    const menu = event.key === "Escape" && event.target.closest?.(".nav details[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });

  // 5. The print button.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });

  // 6. A card that is dropped in another column is moved by its own form, as its button does.
  let dragged = null;
  const columnOf = (event) => dragged && event.target.closest?.("[data-column]");
  const over = (column) => {
    for (const each of document.querySelectorAll(".column.over")) each.classList.remove("over");
    column?.classList.add("over");
  };
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]") ?? null;
    if (dragged) event.dataTransfer.setData("text/plain", one("a", dragged)?.textContent ?? "");
  });
  document.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    if (column) { event.preventDefault(); over(column); }
  });
  document.addEventListener("dragend", () => { dragged = null; over(null); });
  document.addEventListener("drop", (event) => {
    const column = columnOf(event), form = dragged && one("form", dragged);
    over(null);
    if (!column || !form) return;
    event.preventDefault();
    if (column.contains(dragged)) return;
    one("select", form).value = column.dataset.column;
    form.requestSubmit();
  });
})();
